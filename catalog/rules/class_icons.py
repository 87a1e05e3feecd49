"""A picture for each main class, for children who cannot read its name yet; names are those of bootstrap-icons."""

CLASS_ICONS = {
    "A": "flag", "B": "yin-yang", "C": "people", "D": "bank", "E": "shield", "F": "coin", "G": "mortarboard",
    "H": "translate", "I": "feather", "J": "palette", "K": "globe-asia-australia", "N": "lightbulb",
    "O": "calculator", "P": "moon-stars", "Q": "flower1", "R": "heart-pulse", "S": "tree", "T": "gear",
    "U": "train-front", "V": "rocket-takeoff", "X": "recycle", "Z": "collection",
}  # fmt: skip
