"""The counts that the figures of a period are made of, in a fixed number of statements whatever the loans."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum

from circulation.models import Loan
from circulation.queries.settings import open_days
from circulation.queries.visits import visits_between
from library_site.shared.reference import Reference
from readers.models import Card, Reader
from readers.queries.classes import school_year_on
from readers.queries.enrolment import enrolled_on
from reports.queries.holdings import added_between, holdings_on
from reports.queries.loans import (
    ADULTS,
    IN_A_READERS_NAME,
    ClassKey,
    Lent,
    LoanCounts,
    borrowers_by_week,
    first_loan_on,
    loan_counts,
)
from reports.queries.reading import ReadingCounts, reading_counts
from reports.queries.rolled import Rolled, consistently
from reports.queries.settings import report_options
from reports.queries.subjects import copies_lent
from reports.queries.trends import first_visit_on
from reports.rules.figures import Period, monday_of


@dataclass
class ClassFacts(Lent):
    """One class in the period: who was in it at its end, and what was lent to those who were in it on the day.

    `cards` are its students with a valid card, `visits` those by its pupils and with the class. Teachers and staff
    are counted in the same way.
    """

    students: int = 0
    cards: int = 0
    visits: int = 0


@dataclass(frozen=True)
class Facts:
    """Counts of a period. `borrowers` are distinct students, however many classes they borrowed in.

    `corner_loans` are those of `student_loans` that were made at a book corner; `class_loans` (in a class's name) and
    `room_uses` are in none of the other counts. `all_borrowers` are distinct people of any category. Where
    `loans_known` (`visits_known`) is false, the system has no loan (no visit) that early: nothing is known, not 0.
    `week_borrowers` sums the students who borrowed in each of the `weeks` with open days. What is held counts at the
    end of the period, or today.
    """

    period: Period
    loans_known: bool
    visits_known: bool
    students: int
    student_loans: int
    teacher_loans: int
    borrowers: int
    all_borrowers: int
    all_loans: int
    corner_loans: int
    class_loans: int
    room_uses: int
    copies_lent: int
    weeks: int
    week_borrowers: int
    months: int
    cards: int
    visits: int
    student_visits: int
    circulating_copies: int
    copies_held: int
    titles_held: int
    value_held: Decimal
    additions: int
    additions_in_year: int
    reading: ReadingCounts
    circulation_variant: str
    classes: dict[ClassKey, ClassFacts]
    adults: dict[str, ClassFacts]  # by reader category: teachers, staff


@dataclass(frozen=True)
class ClassCounts:
    """What the table of the classes is made of, and nothing more; the names are those of `Facts`."""

    period: Period
    loans_known: bool
    classes: dict[ClassKey, ClassFacts]
    adults: dict[str, ClassFacts]


def class_counts(period: Period) -> ClassCounts:
    """Loans, borrowers and students by class, of teachers and staff together: the same numbers as in `facts_of`."""
    loans = consistently(partial(loan_counts, period))
    known = first_loan_on(period.until) is not None
    return ClassCounts(period, known, _classes(period, loans), _adults(period, loans))


def facts_of(period: Period, *, reference: Reference, today: date) -> Facts:
    """Counts loans, borrowers, students, cards, visits and holdings of a period, as of `today` while it runs.

    Use in the room and what is lent in a class's name are counted apart; what a pupil gets from the book corner is
    the pupil's loan. Nothing that happens to a reader, a class, a copy or a title later changes a past count.
    """
    loans, lent, by_week = consistently(partial(_lent_in, period))
    last = period.until
    classes = _classes(period, loans)
    visits = _count_visits(period, classes)
    held = holdings_on(last, today=today)
    year = school_year_on(reference, last)
    additions, in_year = added_between(period.starts_on, last, year=year.starts_on if year else period.starts_on)
    weeks = _open_weeks(period, reference)
    return Facts(
        period=period,
        loans_known=first_loan_on(last) is not None,
        visits_known=first_visit_on(last) is not None,
        students=sum(row.students for row in classes.values()),
        student_loans=sum(row.loans for row in classes.values()),
        teacher_loans=loans.of(IN_A_READERS_NAME, ADULTS),
        borrowers=len(loans.borrowers()),
        all_borrowers=len(loans.everybody()),
        all_loans=loans.of(IN_A_READERS_NAME),
        corner_loans=sum(row.corner for row in classes.values()),
        class_loans=loans.of((Loan.Kind.CLASS,)),
        room_uses=loans.of((Loan.Kind.ROOM,)),
        copies_lent=lent,
        weeks=len(weeks),
        week_borrowers=sum(by_week.get(monday, 0) for monday in weeks),
        months=len({day.replace(day=1) for day in _open_days(period, reference)}),
        cards=sum(row.cards for row in classes.values()),
        visits=visits,
        student_visits=sum(row.visits for key, row in classes.items() if key is not None),
        circulating_copies=held.circulating_copies,
        copies_held=held.copies,
        titles_held=held.titles,
        value_held=held.value,
        additions=additions,
        additions_in_year=in_year,
        reading=reading_counts(period),
        circulation_variant=report_options(reference).circulation_rate,
        classes=classes,
        adults=_adults(period, loans),
    )


def _lent_in(period: Period, rolled: Rolled) -> tuple[LoanCounts, int, dict[date, int]]:
    return loan_counts(period, rolled), copies_lent(period, rolled), borrowers_by_week(period, rolled)


def _classes(period: Period, loans: LoanCounts) -> dict[ClassKey, ClassFacts]:
    """Students enrolled are members of a class on the last day of the period, or today while it runs."""
    classes = defaultdict(ClassFacts, {key: _facts_of(row) for key, row in loans.students.items()})
    members = enrolled_on(period.until).order_by().values_list("school_class")
    with_card = Count("reader", distinct=True, filter=Exists(_cards_on(period.until)))
    for key, students, cards in members.annotate(students=Count("reader", distinct=True), cards=with_card):
        classes[key].students, classes[key].cards = students, cards
    return dict(classes)


def _adults(period: Period, loans: LoanCounts) -> dict[str, ClassFacts]:
    """Teachers and staff: those who had not left by the last day. When they came is not known."""
    adults = {category.value: _facts_of(loans.others[category]) for category in ADULTS}
    present = Q(left_on=None) | Q(left_on__gt=period.until)
    rows = Reader.objects.filter(present, category__in=ADULTS).order_by().values_list("category")
    for category, number in rows.annotate(number=Count("pk")):
        adults[category].students = number
    return adults


def _facts_of(row: Lent) -> ClassFacts:
    return ClassFacts(loans=row.loans, corner=row.corner, borrowers=row.borrowers)


def _cards_on(day: date) -> Any:
    """The card of a member that was valid at the end of a day."""
    valid = Q(ended_on=None) | Q(ended_on__gt=day)
    return Card.objects.filter(valid, reader=OuterRef("reader"), issued_on__lte=day)


def _count_visits(period: Period, classes: dict[ClassKey, ClassFacts]) -> int:
    """People in the reading rooms; those of a class are added to it."""
    rows = visits_between(period.starts_on, period.until).filter(is_electronic=False)
    found = dict(rows.order_by().values_list("school_class_id").annotate(heads=Sum("heads")))
    for key, heads in found.items():
        if key is not None:
            classes.setdefault(key, ClassFacts()).visits = heads
    return sum(found.values())


def _open_days(period: Period, reference: Reference) -> list[date]:
    is_open = open_days(reference).is_open
    days = (period.starts_on + timedelta(days=n) for n in range((period.until - period.starts_on).days + 1))
    return [day for day in days if is_open(day)]


def _open_weeks(period: Period, reference: Reference) -> set[date]:
    """The Mondays of the weeks with open days; the week that still runs is not over yet and left out."""
    running = {monday_of(period.until)} if period.running else set()
    return {monday_of(day) for day in _open_days(period, reference)} - running
