"""What to buy to meet a standard: the smallest number of copies, by main class.

Shares bound each other: whatever is bought for one class makes the whole larger, and so every other share smaller.
The smallest whole is found first, by going from one that cannot do to the next that could; then what each set of
classes needs at least; what is left goes where most is read. Sets of classes stand in one another or apart, like
divisions and classes; one that crosses another is left out and said so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.rules.classification import MAIN_CLASSES

WHOLE = 10_000  # shares are counted in hundredths of a per cent
TRIES = 20_000
NO_BOUND = 10**12


@dataclass(frozen=True)
class Share:
    """At least and at most so many per cent of the classified copies are of these classes."""

    classes: frozenset[str]
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(100)


@dataclass(frozen=True)
class Purchase:
    """Copies to buy of each class, so that the classified copies are `total` in all.

    `left_out` are shares that cross others, which were not reckoned with. None as `bought`: nothing meets all of them.
    """

    bought: Mapping[str, int] | None
    total: int
    left_out: Sequence[Share] = ()


@dataclass
class _Set:
    """A set of classes with its bounds, the sets within it, and the classes that are in none of those."""

    classes: frozenset[str]
    least: int = 0
    most: int = WHOLE
    within: list["_Set"] = field(default_factory=list)
    own: list[str] = field(default_factory=list)


class _Impossible(Exception):
    """No total can do."""


class _Next(Exception):
    """This total cannot do; the next that could."""

    def __init__(self, total: int) -> None:
        self.total = total


def purchase(
    have: Mapping[str, int],
    shares: Sequence[Share],
    *,
    at_least: int,
    wanted: Mapping[str, int],
    tolerance: Decimal = Decimal(0),
) -> Purchase:
    """The smallest purchase after which there are `at_least` copies and every share is kept, give or take `tolerance`
    percentage points. `have` are the copies by main class, `wanted` says how much each is read.
    """
    root, left_out = _tree(shares, tolerance)
    present = sum(have.values())
    try:
        total = _smallest(root, have, max(at_least, present))
        counts: dict[str, int] = {}
        _share_out(root, total, have, wanted, counts)
    except _Impossible:
        return Purchase(None, present, left_out)
    return Purchase({letter: counts[letter] - have.get(letter, 0) for letter in MAIN_CLASSES}, total, left_out)


def _tree(shares: Sequence[Share], tolerance: Decimal) -> tuple[_Set, list[Share]]:
    root = _Set(frozenset(MAIN_CLASSES))
    sets, left_out = [root], []
    for share in sorted(shares, key=lambda share: (-len(share.classes), sorted(share.classes))):
        found = next((known for known in sets if known.classes == share.classes), None)
        if found is None:
            if any(_cross(known.classes, share.classes) for known in sets):
                left_out.append(share)
                continue
            found = _Set(share.classes)
            around = min(
                (known for known in sets if known.classes > share.classes), key=lambda known: len(known.classes)
            )
            around.within.append(found)
            sets.append(found)
        found.least = max(found.least, int((share.least - tolerance) * 100))
        found.most = min(found.most, int((share.most + tolerance) * 100))
    for known in sets:
        known.own = sorted(known.classes.difference(*(part.classes for part in known.within)))
    return root, left_out


def _cross(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) and not one <= other and not other <= one


def _smallest(root: _Set, have: Mapping[str, int], total: int) -> int:
    least, most = _limits(root)
    if not least <= WHOLE <= most:
        raise _Impossible
    for _try in range(TRIES):
        try:
            low, high = _bounds(root, have, total)
        except _Next as better:
            total = max(total + 1, better.total)
            continue
        if low <= total <= high:
            return total
        total = max(total + 1, low)
    raise _Impossible


def _limits(node: _Set) -> tuple[int, int]:
    """The shares that the set must and may have, however much is bought."""
    parts = [_limits(part) for part in node.within]
    least = max(node.least, sum(part[0] for part in parts))
    most = node.most if node.own else min(node.most, sum(part[1] for part in parts))
    if least > most:
        raise _Impossible
    return least, most


def _bounds(node: _Set, have: Mapping[str, int], total: int) -> tuple[int, int]:
    """How many copies of its classes there must and may be in so large a whole."""
    parts = [_bounds(part, have, total) for part in node.within]
    own = sum(have.get(letter, 0) for letter in node.own)
    low = max(-(-node.least * total // WHOLE), own + sum(part[0] for part in parts))
    high = node.most * total // WHOLE
    if not node.own:
        high = min(high, sum(part[1] for part in parts))
    if low > high:
        if node.most == 0:
            raise _Impossible
        raise _Next(-(-low * WHOLE // node.most))
    return low, high


def _share_out(
    node: _Set, amount: int, have: Mapping[str, int], wanted: Mapping[str, int], counts: dict[str, int], total: int = 0
) -> None:
    """Gives `amount` to the classes of the set: what each needs first, the rest by what is read."""
    total = total or amount
    bounds = [_bounds(part, have, total) for part in node.within]
    starts = [low for low, _high in bounds] + [have.get(letter, 0) for letter in node.own]
    rooms = [high - low for low, high in bounds] + [NO_BOUND] * len(node.own)
    weights = [sum(wanted.get(letter, 0) for letter in part.classes) for part in node.within]
    weights += [wanted.get(letter, 0) for letter in node.own]
    more = shared(amount - sum(starts), weights, rooms)
    given = [start + extra for start, extra in zip(starts, more, strict=True)]
    for part, number in zip(node.within, given, strict=False):
        _share_out(part, number, have, wanted, counts, total)
    counts.update(zip(node.own, given[len(node.within) :], strict=True))


def shared(amount: int, weights: Sequence[int], rooms: Sequence[int]) -> list[int]:
    """`amount` in whole numbers by weight, none more than its room; evenly where nothing weighs anything."""
    given = [0] * len(weights)
    while amount:
        open_ = [place for place in range(len(weights)) if given[place] < rooms[place]]
        heavy = {place: weights[place] for place in open_ if weights[place]} or dict.fromkeys(open_, 1)
        whole = sum(heavy.values())
        parts = {place: min(rooms[place] - given[place], amount * weight // whole) for place, weight in heavy.items()}
        if not any(parts.values()):
            first = max(heavy, key=lambda place: (amount * heavy[place] % whole, -place))
            parts = {first: 1}
        for place, number in parts.items():
            given[place] += number
        amount -= sum(parts.values())
    return given
