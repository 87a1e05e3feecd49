"""Parts of the collection as lines of a table: what is held, what of it is lent, and the share of each in the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from library_site.shared.figures import HUNDREDTH, ratio

# Years since publication, the last one open: this year's books and those of the four years before, and so on.
AGES = ((0, 4), (5, 9), (10, 14), (15, 19), (20, None))
# Copies of a title, the last one open.
COPIES = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 10), (11, 20), (21, None))
Band = tuple[int, int | None]


@dataclass(frozen=True)
class Sums:
    """What is held of something, and how often it was lent. `value` counts the prices that are known.

    `titles` of a sum is that of the whole where a title can stand in several lines. `loans` is None where the system
    knows of none yet: that is not 0.
    """

    titles: int = 0
    copies: int = 0
    circulating: int = 0
    value: Decimal = Decimal(0)
    loans: int | None = 0

    @property
    def rate(self) -> Decimal | None:
        """流通率 = loans in the period ÷ copies that may be taken home × 100 %."""
        return None if self.loans is None else ratio(self.loans, self.circulating, percent=True)


@dataclass(frozen=True)
class Part(Sums):
    """A line. `kind` is division, class, other (in no class) or total; shares are those of `whole`."""

    code: str = ""
    name: str = ""
    kind: str = "class"
    whole: Sums = field(default_factory=Sums, compare=False)

    @property
    def share_of_copies(self) -> Decimal | None:
        return ratio(self.copies, self.whole.copies, percent=True)

    @property
    def share_of_loans(self) -> Decimal | None:
        return None if self.loans is None else ratio(self.loans, self.whole.loans or 0, percent=True)

    @property
    def difference(self) -> Decimal | None:
        """Share of the loans less that of the copies, in percentage points: below 0, more is held than is asked for."""
        if self.loans is None or not self.whole.copies or not self.whole.loans:
            return None
        exact = Decimal(self.loans) / self.whole.loans - Decimal(self.copies) / self.whole.copies
        return (exact * 100).quantize(HUNDREDTH, ROUND_HALF_UP)


def added(parts: Iterable[Sums]) -> Sums:
    """The sums of lines that have no title in common."""
    parts = list(parts)
    loans = [part.loans for part in parts if part.loans is not None]
    return Sums(
        titles=sum(part.titles for part in parts),
        copies=sum(part.copies for part in parts),
        circulating=sum(part.circulating for part in parts),
        value=sum((part.value for part in parts), Decimal(0)),
        loans=sum(loans) if len(loans) == len(parts) else None,
    )


def part_of(whole: Sums, sums: Sums, *, code: str = "", name: str = "", kind: str = "class") -> Part:
    """A line of the table whose last line is `whole`."""
    numbers = (sums.titles, sums.copies, sums.circulating, sums.value, sums.loans)
    return Part(*numbers, code=code, name=name, kind=kind, whole=whole)


def band_of(number: int, bands: Sequence[Band]) -> int:
    """The place of the band that a number lies in; below the first, the first (books of next year)."""
    found = [place for place, (least, _most) in enumerate(bands) if number >= least]
    return found[-1] if found else 0
