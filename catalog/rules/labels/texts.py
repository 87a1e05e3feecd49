"""How wide a text is, near enough to place it: the fonts of the school's computers are not known here."""

import unicodedata
from collections.abc import Sequence

_NARROW = frozenset(".,:;'|!()[]-/ ")
_BREAKS = ".=-+(:"
# Capitals and digits of common sans faces are 0.56 to 0.60 of the size, Chinese signs are square.
_WIDE_EM, _NARROW_EM, _LATIN_EM = 1.0, 0.36, 0.61


def em_width(text: str) -> float:
    """The width of a text in units of its size."""
    return round(sum(_sign_width(sign) for sign in text), 3)


def _sign_width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in {"W", "F", "A"}:
        return _WIDE_EM
    return _NARROW_EM if sign in _NARROW else _LATIN_EM


def shortened(text: str, *, size: float, width: float) -> str:
    """As much of a text as fits, with … for the rest; all of it where it fits."""
    if em_width(text) * size <= width:
        return text
    room, kept = width / size - _WIDE_EM, ""
    for sign in text:
        room -= _sign_width(sign)
        if room < 0:
            break
        kept += sign
    return f"{kept.rstrip()}…" if kept else ""


def size_of_lines(lines: Sequence[str], *, width: float, height: float, largest: float, leading: float) -> float:
    """The largest size at which all lines stand under each other in the room given; 0 without lines."""
    if not lines:
        return 0.0
    widest = max(em_width(line) for line in lines)
    return round(min(largest, width / widest, height / (len(lines) * leading)), 3)


def broken_number(number: str) -> list[str]:
    """A long CLC number on two lines: the second begins with the sign (a dot, =, -, …) nearest to the middle."""
    places = [place for place, sign in enumerate(number) if place and sign in _BREAKS]
    if not places:
        return [number]
    place = min(places, key=lambda place: abs(place - len(number) / 2))
    return [number[:place], number[place:]]
