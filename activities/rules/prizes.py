"""From scores to places: means, ties, and which prizes follow from them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class Scored:
    """A work with its scores by judge; `missing` are judges who have given none."""

    entry_id: int
    scores: Mapping[int, Decimal]
    missing: Collection[int] = ()

    @property
    def mean(self) -> Decimal | None:
        """To three decimals, rounded once; None without a score."""
        if not self.scores:
            return None
        return (sum(self.scores.values(), Decimal(0)) / len(self.scores)).quantize(THOUSANDTH, ROUND_HALF_UP)

    @property
    def spread(self) -> Decimal | None:
        """How far the judges are apart."""
        return max(self.scores.values()) - min(self.scores.values()) if len(self.scores) > 1 else None


@dataclass(frozen=True)
class Ranked:
    """A work with its place: works of the same mean share one, and the next place is left out (1, 2, 2, 4)."""

    scored: Scored
    place: int
    is_tied: bool


@dataclass(frozen=True)
class PlacesOf:
    """A prize and how many of it there are, None for as many as are given by hand."""

    prize_id: int
    places: int | None


@dataclass(frozen=True)
class Proposal:
    """Which work gets which prize by the means alone, and works that share a mean across the end of a prize."""

    given: dict[int, int] = field(default_factory=dict)
    undecided: list[int] = field(default_factory=list)


def ranking(works: Iterable[Scored]) -> list[Ranked]:
    """The scored works by mean, the highest first; those without a score are left out."""
    scored = sorted((work for work in works if work.mean is not None), key=_by_mean)
    means = [work.mean for work in scored]
    return [Ranked(work, means.index(work.mean) + 1, means.count(work.mean) > 1) for work in scored]


def proposed(ranked: Sequence[Ranked], prizes: Sequence[PlacesOf]) -> Proposal:
    """Deals the prizes from the top. A tie that fits is dealt; one that does not is left to people, and with it
    whatever lies below, since its places depend on how that is decided."""
    proposal, left = Proposal(), list(ranked)
    for prize in prizes:
        for _free in range(prize.places or 0):
            group = [row for row in left if row.place == left[0].place] if left else []
            if not group:
                return proposal
            free = (prize.places or 0) - sum(1 for given in proposal.given.values() if given == prize.prize_id)
            if free == 0:
                break
            if len(group) > free:
                proposal.undecided.extend(row.scored.entry_id for row in group)
                return proposal
            proposal.given.update({row.scored.entry_id: prize.prize_id for row in group})
            left = left[len(group) :]
    return proposal


def _by_mean(work: Scored) -> tuple[Decimal, int]:
    return -(work.mean or Decimal(0)), work.entry_id
