"""Sets of volumes: the share of each in the price, and which volumes are missing."""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, Decimal

CENT = Decimal("0.01")
_PLACES = {"上": 1, "中": 2, "下": -1}  # the last of two or three
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_NUMBER = re.compile(r"[0-9]+")
_CHINESE = re.compile(rf"[{''.join(_DIGITS)}十]+")


def split_price(price: Decimal | None, volumes: int) -> list[Decimal | None]:
    """The price of a set in equal shares of whole cents; the last volume takes the rest. Unknown stays unknown."""
    if price is None:
        return [None] * volumes
    share = (price / volumes).quantize(CENT, ROUND_DOWN)
    return [*[share] * (volumes - 1), price - share * (volumes - 1)]


def volume_prices(price: Decimal | None, volumes: Sequence[str], *, of: int | None) -> list[Decimal | None]:
    """The share of each of these volumes in the price of a set of `of` volumes (None: of as many as are named).

    Without volumes the price is one copy's. Volumes that do not say which they are share equally.
    """
    if not volumes:
        return [price]
    total = of or len(volumes)
    numbers = [volume_number(volume, total) for volume in volumes]
    if not all(number and number <= total for number in numbers):
        return split_price(price, len(volumes))
    shares = split_price(price, total)
    return [shares[number - 1] for number in numbers if number]


def volume_number(text: str, volumes: int) -> int | None:
    """Which volume of a set of so many is meant: "3", "第十二册", "v.2"; 下 is the last. None if it does not say."""
    plain = text.strip()
    if found := _NUMBER.search(plain):
        return int(found[0])
    if found := _CHINESE.search(plain):
        return _chinese_number(found[0])
    for sign, place in _PLACES.items():
        if sign in plain:
            return volumes if place < 0 else place
    return None


def missing_volumes(held: Iterable[str], volumes: int) -> list[int]:
    """The volumes of the set of which no copy is held, in order."""
    have = {volume_number(volume, volumes) for volume in held}
    return [number for number in range(1, volumes + 1) if number not in have]


def next_volume(held: Sequence[str], volumes: int) -> int:
    """The first volume of which the fewest copies are held: what a further copy most likely is."""
    counts = dict.fromkeys(range(1, volumes + 1), 0)
    for volume in held:
        number = volume_number(volume, volumes)
        if number in counts:
            counts[number] += 1
    return min(counts, key=lambda number: (counts[number], number))


def _chinese_number(text: str) -> int:
    tens, found, ones = text.rpartition("十")
    value = int("".join(str(_DIGITS[sign]) for sign in ones)) if ones else 0
    return value + (_DIGITS.get(tens, 1) * 10 if found else 0)
