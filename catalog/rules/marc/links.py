"""Links in records (856, the same in both formats): which of them lead to a picture of the cover."""

from collections.abc import Iterable

from catalog.rules.marc.records import FieldRow

_WORDS = ("cover", "封面", "umschlag", "couverture")
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif")
_SAID = "3qxyz"  # subfields that say what stands at the address


def picture_addresses(rows: Iterable[FieldRow]) -> list[str]:
    """Those called a cover first, then those that look like a picture by their address; others are left out."""
    links = [row[2] for row in rows if row[0] == "856" and len(row) == 3]
    found = [(_likelihood(subfields, value), value) for subfields in links for code, value in subfields if code == "u"]
    return [address for likelihood, address in sorted(found, key=lambda pair: -pair[0]) if likelihood]


def _likelihood(subfields: Iterable[Iterable[str]], address: str) -> int:
    words = " ".join(value for code, value in subfields if code in _SAID).lower()
    if any(word in words for word in _WORDS):
        return 2
    return 1 if address.partition("?")[0].lower().endswith(_PICTURES) else 0
