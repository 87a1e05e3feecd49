"""Code 128 as an SVG path: exact at any size, and nothing in it that a strict page must refuse."""

from dataclasses import dataclass

QUIET = 10  # modules of white at either side, as ISO/IEC 15417 asks


@dataclass(frozen=True)
class Bars:
    """`path` draws the bars in a box of `width` × 1 modules."""

    width: int
    path: str


def code128(text: str) -> Bars | None:
    """The bars of a barcode; None for signs that Code 128 does not have."""
    from barcode import Code128
    from barcode.errors import BarcodeError

    try:
        modules = Code128(text).build()[0]
    except BarcodeError:
        return None
    path, start = [], 0
    while (begin := modules.find("1", start)) >= 0:
        end = modules.find("0", begin)
        end = len(modules) if end < 0 else end
        path.append(f"M{begin + QUIET} 0h{end - begin}v1h{begin - end}z")
        start = end
    return Bars(len(modules) + 2 * QUIET, "".join(path))
