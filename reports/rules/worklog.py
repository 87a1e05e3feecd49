"""The work log (工作日志): what was done on each day, added up by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Work:
    """What was done on a day or in a month. What the system cannot know is None.

    `lent` are loans in anybody's name, renewals left out; `returned` and `renewed` those of such loans. `class_lent`
    and `in_room` are counted apart. `mended` are books that came back from repair or were mended by a pupil, `cash`
    is what came into the box less what was paid back, in yuan, `care` the lines of room care.
    """

    lent: int | None = None
    returned: int | None = None
    renewed: int | None = None
    class_lent: int | None = None
    in_room: int | None = None
    visits: int | None = None
    new_copies: int | None = None
    mended: int | None = None
    cash: Decimal | None = None
    care: int | None = None

    @property
    def is_nothing(self) -> bool:
        return not any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True)
class WorkRow:
    """A day (`is_open`: the library was), or a month by its first day."""

    first: date
    work: Work
    is_open: bool = True
    note: str = ""


def total_of(parts: Iterable[Work]) -> Work:
    """The sums; what is unknown in every part stays unknown."""
    every = list(parts)
    return Work(**{field.name: _sum([getattr(part, field.name) for part in every]) for field in fields(Work)})


def by_month(rows: Sequence[WorkRow], months: Sequence[date]) -> list[WorkRow]:
    """The days added up under the first days of their months."""
    return [WorkRow(month, total_of(row.work for row in rows if row.first.replace(day=1) == month)) for month in months]


def worth_a_line(row: WorkRow) -> bool:
    """A closed day on which nothing was done has no line in the log."""
    return row.is_open or not row.work.is_nothing or bool(row.note)


def _sum(values: Sequence[Any]) -> Any:
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if known else None
