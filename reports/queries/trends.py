"""A period week by week and month by month."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from circulation.models import Loan
from circulation.queries.visits import visits_between
from reports.queries.loans import (
    ADULTS,
    IN_A_READERS_NAME,
    STUDENT,
    borrowers_by_month,
    borrowers_by_week,
    first_loan_on,
    loans_by_day,
)
from reports.queries.rolled import consistently
from reports.rules.figures import Period, monday_of


@dataclass(frozen=True)
class TrendRow:
    """A week (`first` its Monday) or a month (`first` its first day), as far as it lies in the period.

    `borrowers` are distinct students, `visits` people in the reading rooms. What the system cannot know, since its
    first loan (first visit) came later, is None.
    """

    first: date
    student_loans: int | None
    teacher_loans: int | None
    corner_loans: int | None
    class_loans: int | None
    room_uses: int | None
    borrowers: int | None
    visits: int | None

    @property
    def all_loans(self) -> int | None:
        return None if self.student_loans is None else self.student_loans + (self.teacher_loans or 0)


def by_week(period: Period) -> list[TrendRow]:
    """A row for each week up to the period's `until`, those without loans included."""
    return _rows(period, period.mondays(), monday_of, consistently(partial(borrowers_by_week, period)))


def loans_by_week(period: Period) -> list[tuple[date, int | None]]:
    """(Monday, `all_loans`) of each row of `by_week`, without counting who borrowed and who came."""
    loans: Counter[date] = Counter()
    for day, counted in loans_by_day(period).items():
        loans[monday_of(day)] += sum(number for (kind, _who), number in counted.items() if kind in IN_A_READERS_NAME)
    first = first_loan_on(period.until)
    return [(monday, loans[monday] if first and monday_of(first) <= monday else None) for monday in period.mondays()]


def by_month(period: Period) -> list[TrendRow]:
    """A row for each month up to the period's `until`, those without loans included."""
    return _rows(period, period.months(), _month_of, consistently(partial(borrowers_by_month, period)))


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _rows(
    period: Period, firsts: Sequence[date], first_of: Callable[[date], date], borrowers: dict[date, int]
) -> list[TrendRow]:
    loans: dict[date, Counter[tuple[str, str]]] = {first: Counter() for first in firsts}
    for day, counted in loans_by_day(period).items():
        if first_of(day) in loans:
            loans[first_of(day)] += counted
    visits = _visits(period, first_of)
    first_loan, first_visit = first_loan_on(period.until), first_visit_on(period.until)
    return [
        TrendRow(
            first,
            **_loans(loans[first], borrowers.get(first, 0), known=first_loan and first_of(first_loan) <= first),
            visits=visits[first] if first_visit and first_of(first_visit) <= first else None,
        )
        for first in firsts
    ]


def _loans(counted: Counter[tuple[str, str]], borrowers: int, *, known: object) -> dict[str, int | None]:
    names = ("student_loans", "teacher_loans", "corner_loans", "class_loans", "room_uses", "borrowers")
    if not known:
        return dict.fromkeys(names)
    of_students = {kind: counted[kind, STUDENT] for kind in IN_A_READERS_NAME}
    return {
        "student_loans": sum(of_students.values()),
        "teacher_loans": sum(counted[kind, category] for kind in IN_A_READERS_NAME for category in ADULTS),
        "corner_loans": of_students[Loan.Kind.CORNER],
        "class_loans": sum(number for (kind, _category), number in counted.items() if kind == Loan.Kind.CLASS),
        "room_uses": sum(number for (kind, _category), number in counted.items() if kind == Loan.Kind.ROOM),
        "borrowers": borrowers,
    }


def _visits(period: Period, first_of: Callable[[date], date]) -> Counter[date]:
    rows = visits_between(period.starts_on, period.until).filter(is_electronic=False)
    found: Counter[date] = Counter()
    for day, heads in rows.annotate(day=TruncDate("at")).values_list("day").annotate(heads=Sum("heads")).order_by():
        found[first_of(day)] += heads
    return found


def first_visit_on(by: date) -> date | None:
    """The day of the first visit in the system, None if there was none up to the day `by`."""
    first = visits_between(date(1980, 1, 1), by).order_by("at").values_list("at", flat=True).first()
    return timezone.localdate(first) if first else None
