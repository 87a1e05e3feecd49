"""Barcodes as SVG paths: exact at any size, and nothing in them that a strict page must refuse."""

from dataclasses import dataclass

from django.db.models import TextChoices

QUIET = 10  # modules of white at either side, as ISO/IEC 15417 and 16388 ask


class Symbology(TextChoices):
    """The codes that library scanners read out of the box; their names are the same in every language."""

    CODE128 = "code128", "Code 128"
    CODE39 = "code39", "Code 39"


@dataclass(frozen=True)
class Bars:
    """`path` draws the bars in a box of `width` × 1 modules."""

    width: int
    path: str


def bars_of(text: str, symbology: str = Symbology.CODE128) -> Bars | None:
    """The bars of a text; None for signs that the code does not have.

    Code 39 bears no check sign: most scanners would read it as part of the number.
    """
    from barcode import Code39, Code128
    from barcode.errors import BarcodeError

    try:
        code = Code39(text, add_checksum=False) if symbology == Symbology.CODE39 else Code128(text)
        return _drawn(code.build()[0])
    except BarcodeError:
        return None


def code128(text: str) -> Bars | None:
    """As `bars_of`, for cards: they have one code."""
    return bars_of(text)


def _drawn(modules: str) -> Bars:
    path, start = [], 0
    while (begin := modules.find("1", start)) >= 0:
        end = modules.find("0", begin)
        end = len(modules) if end < 0 else end
        path.append(f"M{begin + QUIET} 0h{end - begin}v1h{begin - end}z")
        start = end
    return Bars(len(modules) + 2 * QUIET, "".join(path))
