"""Who is proposed for an award: figures, criteria, and how many there may be."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.models import AwardRule

PUPIL, CLASS, TEACHER = AwardRule.For.PUPIL, AwardRule.For.CLASS, AwardRule.For.TEACHER
Share = AwardRule.Share
Number = int | Decimal | None
# Beside those proposed, so many of the next are kept for the eye in each class, grade, or in the school.
NEXT = 5


# Numbers of a person or class in a semester, by whom the award is for; `activities.queries.award_figures` counts them.
# What is not known meets no criterion.
FIGURES: dict[str, dict[str, str | Promise]] = {
    PUPIL: {
        "loans": _("Books borrowed"),
        "notes": _("Notes handed in"),
        "best": _("Best notes"),
        "days": _("Days in the reading room, by card"),
        "late": _("Brought back late or overdue"),
        "lost": _("Books lost"),
        "activities": _("Activities registered for"),
        "prizes": _("Prizes won"),
        "badges": _("Challenge badges"),
    },
    CLASS: {
        "each": _("Books per pupil"),
        "rate": _("Borrowing rate in %"),
        "notes_each": _("Notes per pupil"),
        "late_rate": _("Late of 100 lent"),
        "lost": _("Books lost"),
        "missed": _("Periods missed"),
        "prizes": _("Prizes won by the class"),
        "badges": _("Challenge badges of the class"),
    },
    TEACHER: {
        "loans": _("Books borrowed"),
        "notes": _("Notes handed in"),
        "periods": _("Reading periods held"),
        "activities": _("Activities answered for"),
        "prizes": _("Prizes won"),
        "late": _("Brought back late or overdue"),
    },
}


@dataclass(frozen=True)
class Candidate:
    """A pupil or teacher (`reader_id`), or a class; `class_id` is the class of a pupil or the class itself."""

    reader_id: int | None
    class_id: int | None
    grade: str
    figures: Mapping[str, Number]


@dataclass(frozen=True)
class Outcome:
    """A candidate that is kept for the eye. One that is `tied` meets all, but for the last places there are several."""

    candidate: Candidate
    is_proposed: bool
    is_tied: bool = False


def meets(criteria: Sequence[Mapping[str, Any]], figures: Mapping[str, Number]) -> bool:
    """Whether the figures reach every "least" and stay within every "most"."""
    return all(_holds(one, figures.get(one["figure"])) for one in criteria if "order" not in one)


def _holds(one: Mapping[str, Any], value: Number) -> bool:
    if value is None:
        return False
    enough = "least" not in one or value >= Decimal(str(one["least"]))
    return enough and ("most" not in one or value <= Decimal(str(one["most"])))


def order_of(criteria: Sequence[Mapping[str, Any]], figures: Mapping[str, Number]) -> tuple[Decimal, ...]:
    """What ranks a candidate, the best smallest: by the first order, then by the next. What is unknown comes last."""
    return tuple(_weight(one, figures.get(one["figure"])) for one in criteria if "order" in one)


def _weight(one: Mapping[str, Any], value: Number) -> Decimal:
    if value is None:
        return Decimal("Infinity")
    return -Decimal(value) if one["order"] == "most" else Decimal(value)


def propose(
    candidates: Sequence[Candidate], criteria: Sequence[Mapping[str, Any]], *, most: int | None, share: str
) -> list[Outcome]:
    """The best of those who meet the criteria, at most so many in each class, grade, or in the school.

    Where more are equal than places are left, none of these is proposed: people settle it. The next few follow.
    """
    groups: defaultdict[object, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if meets(criteria, candidate.figures):
            groups[group_of(candidate, share)].append(candidate)
    return [outcome for group in groups.values() for outcome in _of_group(group, criteria, most)]


def group_of(candidate: Candidate, share: str) -> object:
    """Within what the places are counted."""
    return {Share.CLASS: candidate.class_id, Share.GRADE: candidate.grade}.get(Share(share))


def _of_group(group: list[Candidate], criteria: Sequence[Mapping[str, Any]], most: int | None) -> list[Outcome]:
    def order(candidate: Candidate) -> tuple[Decimal, ...]:
        return order_of(criteria, candidate.figures)

    found: list[Outcome] = []
    left = len(group) if most is None else most
    further = NEXT
    for _order, equal in groupby(sorted(group, key=order), key=order):
        rows = list(equal)
        if len(rows) <= left:
            found += [Outcome(row, is_proposed=True) for row in rows]
            left -= len(rows)
        elif left > 0:
            found += [Outcome(row, is_proposed=False, is_tied=True) for row in rows]
            left = 0
        else:
            found += [Outcome(row, is_proposed=False) for row in rows[:further]]
            further -= len(rows)
            if further <= 0:
                break
    return found
