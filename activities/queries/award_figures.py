"""The figures of a semester that awards go by, for all pupils, classes or teachers in a fixed number of statements.

Loans and notes as in `activities.queries.reading`. Counts of classes go by the class stored at the time, so that they
stay; those of pupils and teachers need names, and cannot be had once these were forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from activities.models import Activity, ActivityRegistration, AwardRule, Badge, Honour
from activities.queries.activities import SHOWN
from activities.queries.reading import class_loans, class_notes, loans_between, notes_between
from activities.rules.awards import CLASS, PUPIL, Candidate, Number
from circulation.models import CirculationEvent, RetentionRun, Visit
from circulation.queries.late_totals import lateness
from circulation.queries.missed_periods import missed_periods
from circulation.queries.visits import enrolment, visits_between
from library_site.shared.figures import ratio
from library_site.shared.reference import Reference
from readers.models import Reader, Semester
from readers.queries.classes import classes_on
from readers.queries.enrolment import enrolled_on

Counts = Mapping[int, int]


@dataclass(frozen=True)
class Days:
    """The days of a semester that count so far, the last one included."""

    starts_on: date
    ends_on: date
    now: datetime


def days_of(semester: Semester, now: datetime) -> Days:
    return Days(semester.starts_on, min(semester.ends_on, timezone.localdate(now)), now)


def forgotten_since(semester: Semester) -> bool:
    """Whether names were already forgotten of loans of this semester. One statement."""
    runs = RetentionRun.objects.filter(kind=RetentionRun.Kind.RETENTION)
    before = runs.aggregate(last=Max("before"))["last"]
    return before is not None and before > semester.starts_on


def candidates(whom: str, semester: Semester, reference: Reference, now: datetime) -> list[Candidate]:
    """All who could be honoured at the semester's end, or today while it runs, with their figures."""
    days = days_of(semester, now)
    if whom == CLASS:
        return _classes(days, reference)
    return _pupils(days, reference) if whom == PUPIL else _teachers(days)


def candidate_of(
    rule: AwardRule, semester: Semester, reference: Reference, now: datetime, *, key: int
) -> Candidate | None:
    """One of them: of the reader's key, or of the class's for an award of classes."""
    rows = candidates(rule.whom, semester, reference, now)
    return next((row for row in rows if key == (row.class_id if rule.whom == CLASS else row.reader_id)), None)


def _pupils(days: Days, reference: Reference) -> list[Candidate]:
    grades = {row.pk: row.grade for row in classes_on(reference, days.ends_on)}
    members = enrolled_on(days.ends_on).order_by("school_class_id", "reader__number", "reader_id")
    counts = _of_people(days) | {"days": _visit_days(days), "badges": _badges(days)}
    counts |= {"best": _best(days), "lost": _lost(days), "activities": _registered(days)}
    return [
        Candidate(reader, key, grades.get(key, ""), {name: of.get(reader, 0) for name, of in counts.items()})
        for reader, key in members.values_list("reader_id", "school_class_id")
    ]


def _teachers(days: Days) -> list[Candidate]:
    present = Q(left_on=None) | Q(left_on__gt=days.ends_on)
    rows = Reader.objects.filter(present, category=Reader.Category.TEACHER).order_by("number", "pk")
    counts = _of_people(days) | {"periods": _periods(days), "activities": _answered(days)}
    return [
        Candidate(pk, None, "", {name: of.get(pk, 0) for name, of in counts.items()})
        for pk in rows.values_list("pk", flat=True)
    ]


def _of_people(days: Days) -> dict[str, Counts]:
    loans = loans_between(days.starts_on, days.ends_on).filter(reader__isnull=False)
    notes = notes_between(days.starts_on, days.ends_on).filter(reader__isnull=False)
    late = Q(returned_at__date__gt=F("due_on")) | Q(returned_at=None, due_on__lt=timezone.localdate(days.now))
    return {
        "loans": _by_reader(loans),
        "notes": _by_reader(notes),
        "late": _by_reader(loans.filter(late)),
        "prizes": _by_reader(_prizes(days).filter(reader__isnull=False)),
    }


def _by_reader(rows: "QuerySet") -> dict[int, int]:
    return dict(rows.order_by().values_list("reader_id").annotate(number=Count("*")))


def _best(days: Days) -> dict[int, int]:
    return _by_reader(notes_between(days.starts_on, days.ends_on).filter(is_best=True, reader__isnull=False))


def _visit_days(days: Days) -> dict[int, int]:
    rows = visits_between(days.starts_on, days.ends_on).filter(kind=Visit.Kind.CARD, reader__isnull=False)
    return dict(rows.order_by().values_list("reader_id").annotate(days=Count(TruncDate("at"), distinct=True)))


def _badges(days: Days) -> dict[int, int]:
    rows = Badge.objects.filter(reached_on__range=(days.starts_on, days.ends_on), is_class=False, reader__isnull=False)
    return _by_reader(rows)


def _registered(days: Days) -> dict[int, int]:
    rows = ActivityRegistration.objects.filter(cancelled_at=None, reader__isnull=False, activity__state__in=SHOWN)
    return _by_reader(rows.filter(activity__starts_on__range=(days.starts_on, days.ends_on)))


def _answered(days: Days) -> dict[int, int]:
    rows = Activity.objects.filter(
        state__in=SHOWN, starts_on__range=(days.starts_on, days.ends_on), responsible__isnull=False
    )
    return dict(rows.order_by().values_list("responsible_id").annotate(number=Count("*")))


def _periods(days: Days) -> dict[int, int]:
    rows = visits_between(days.starts_on, days.ends_on).filter(kind=Visit.Kind.PERIOD, teacher__isnull=False)
    return dict(rows.order_by().values_list("teacher_id").annotate(number=Count("*")))


def _lost(days: Days) -> dict[int, int]:
    """Reported lost, and neither taken back nor found again."""
    events = CirculationEvent.objects
    undone = events.filter(undoes=OuterRef("pk"))
    found = events.filter(loan=OuterRef("loan"), kind=CirculationEvent.Kind.FOUND, pk__gt=OuterRef("pk"))
    rows = events.filter(~Exists(undone), ~Exists(found), kind=CirculationEvent.Kind.LOST)
    rows = rows.filter(loan__in=loans_between(days.starts_on, days.ends_on), loan__reader__isnull=False).order_by()
    return dict(rows.values_list("loan__reader_id").annotate(number=Count("loan", distinct=True)))


def _prizes(days: Days) -> QuerySet[Honour]:
    """Won in activities and outside; awards by figures are none."""
    return Honour.objects.filter(awarded_on__range=(days.starts_on, days.ends_on), revoked_on=None, proposal=None)


def _classes(days: Days, reference: Reference) -> list[Candidate]:
    classes = classes_on(reference, days.ends_on)
    pupils = enrolment(days.ends_on)
    loans, notes = class_loans(days.starts_on, days.ends_on), class_notes(days.starts_on, days.ends_on)
    borrowers = _borrowers(days)
    late = lateness(days, [row.pk for row in classes], now=days.now)
    missed = {row.class_id: len(row.missed) for row in missed_periods(reference, days, days.now)}
    prizes = _prizes(days).filter(reader=None, class_name="", school_class__isnull=False).order_by()
    won = dict(prizes.values_list("school_class_id").annotate(number=Count("*")))
    badges = Badge.objects.filter(reached_on__range=(days.starts_on, days.ends_on), is_class=True).order_by()
    earned = dict(badges.values_list("school_class_id").annotate(number=Count("*")))

    def figures(key: int) -> dict[str, Number]:
        lent, number, of = loans.get(key, 0), pupils.get(key, 0), late[key]
        return {
            "each": ratio(lent, number),
            "rate": ratio(borrowers.get(key, 0), number, percent=True),
            "notes_each": ratio(notes.get(key, 0), number),
            "late_rate": ratio(of.late + of.overdue, lent, percent=True),
            "lost": of.lost,
            "missed": missed.get(key),
            "prizes": won.get(key, 0),
            "badges": earned.get(key, 0),
        }

    return [Candidate(None, row.pk, row.grade, figures(row.pk)) for row in classes if pupils.get(row.pk)]


def _borrowers(days: Days) -> dict[int | None, int]:
    rows = loans_between(days.starts_on, days.ends_on).filter(category=Reader.Category.STUDENT).order_by()
    return dict(rows.values_list("school_class_id").annotate(number=Count("borrower_key", distinct=True)))


def kept(figures: Mapping[str, Number]) -> dict[str, str | int | None]:
    """Figures as a line of a proposal keeps them: decimals as text, so that they stay exact."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in figures.items()}
