"""Visits as pages show them: those of today, teachers' periods, and the counts of a semester."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from circulation.models import Visit
from circulation.queries.settings import open_days
from circulation.rules.timetable import week_of
from library_site.shared.figures import ratio
from library_site.shared.reference import Reference
from readers.models import Reader, Semester
from readers.queries.classes import class_names_then, classes_on
from readers.queries.enrolment import enrolled_on

LAST = 15
Kind = Visit.Kind


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The first moment of `first` and the first one after `last`, in the school's time."""
    begins = timezone.make_aware(datetime.combine(first, time.min))
    return begins, timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def visits_between(first: date, last: date) -> QuerySet[Visit]:
    """The visits that stand, from a day to a day."""
    begins, ends = bounds(first, last)
    return Visit.objects.filter(at__gte=begins, at__lt=ends, voided_at=None)


@dataclass(frozen=True)
class VisitLine:
    """A visit with the name of whom it counts."""

    visit: Visit
    name: str
    class_name: str


@dataclass(frozen=True)
class Today:
    """People counted today by kind, in the electronic reading room apart; `lines` are the last ones."""

    card: int
    of_classes: int
    electronic: int
    lines: Sequence[VisitLine]

    @property
    def total(self) -> int:
        return self.card + self.of_classes


def today(reference: Reference, day: date) -> Today:
    """The counts of a day and its last visits, the newest first. Two statements."""
    here, rows = Q(is_electronic=False), visits_between(day, day)
    counts = rows.aggregate(
        card=Sum("heads", filter=here & Q(kind=Kind.CARD), default=0),
        of_classes=Sum("heads", filter=here & ~Q(kind=Kind.CARD), default=0),
        electronic=Sum("heads", filter=~here, default=0),
    )
    names = class_names_then(reference, day)
    last = rows.select_related("reader", "teacher", "room").order_by("-pk")[:LAST]
    return Today(**counts, lines=[visit_line(row, names) for row in last])


def visit_line(visit: Visit, names: dict[int, str]) -> VisitLine:
    """A visit with the names of person and class; `names` are those of the classes."""
    who = visit.reader or visit.teacher
    return VisitLine(visit, who.name if who else "", names.get(visit.school_class_id or 0, ""))


def counted_by_card(visit: Visit, within: timedelta) -> int:
    """How many of the class of a class's visit were counted by card shortly before it. One statement."""
    rows = Visit.objects.filter(voided_at=None, kind=Kind.CARD, is_electronic=visit.is_electronic)
    return rows.filter(school_class=visit.school_class_id, at__gt=visit.at - within, at__lte=visit.at).count()


def teaching_periods(first: date, last: date) -> QuerySet[Visit]:
    """Teachers' periods from a day to a day, the newest first."""
    rows = visits_between(first, last).filter(kind=Kind.PERIOD).select_related("teacher", "room")
    return rows.order_by("-at", "-pk")


def period_lines(visits: Sequence[Visit], reference: Reference) -> list[VisitLine]:
    """Teachers' periods with the class as it was called then. No statement."""
    return [visit_line(row, class_names_then(reference, timezone.localdate(row.at))) for row in visits]


def enrolment(day: date) -> dict[int, int]:
    """{class: pupils in it on a day}. One statement."""
    rows = enrolled_on(day).values_list("school_class_id").annotate(number=Count("reader", distinct=True)).order_by()
    return dict(rows)


@dataclass
class ClassVisits:
    """A class in the semester so far: people by card and with the class, and the periods it had."""

    name: str
    students: int = 0
    card: int = 0
    with_class: int = 0
    times: int = 0
    electronic: int = 0
    weeks: int = 0

    @property
    def people(self) -> int:
        return self.card + self.with_class

    @property
    def per_week(self) -> Decimal | None:
        """Visits of each student a week, the electronic reading room left out."""
        return ratio(self.people, self.students * self.weeks)


@dataclass(frozen=True)
class TeacherVisits:
    name: str
    periods: int
    people: int
    weeks: int

    @property
    def per_week(self) -> Decimal | None:
        return ratio(self.periods, self.weeks)


@dataclass(frozen=True)
class DayVisits:
    """A day's people by kind; `electronic` is counted apart."""

    day: date
    card: int
    with_class: int
    electronic: int

    @property
    def total(self) -> int:
        return self.card + self.with_class


@dataclass(frozen=True)
class VisitFigures:
    """A semester's visits up to `until`; `weeks` are those with an open day. Electronic ones are in no other sum."""

    first: date
    until: date
    weeks: int
    days: Sequence[DayVisits]
    classes: Sequence[ClassVisits]
    teachers: Sequence[TeacherVisits]
    teachers_in_all: int
    others: int
    by_week: Sequence[tuple[int, int]] = field(default_factory=list)

    @property
    def people(self) -> int:
        return sum(row.total for row in self.days)

    @property
    def electronic(self) -> int:
        return sum(row.electronic for row in self.days)

    @property
    def students(self) -> int:
        return sum(row.students for row in self.classes)

    @property
    def student_visits(self) -> int:
        return sum(row.people for row in self.classes)

    @property
    def periods(self) -> int:
        return sum(row.periods for row in self.teachers)

    @property
    def per_student(self) -> Decimal | None:
        return ratio(self.student_visits, self.students * self.weeks)

    @property
    def per_teacher(self) -> Decimal | None:
        return ratio(self.periods, self.teachers_in_all * self.weeks)


def visit_figures(semester: Semester, reference: Reference, today: date) -> VisitFigures:
    """All counts of a semester up to today, in five statements whatever the number of visits."""
    until = max(semester.starts_on, min(semester.ends_on, today))
    rows = visits_between(semester.starts_on, until)
    weeks = weeks_so_far(semester, reference, until)
    days = _days(rows)
    classes, others = _classes(rows, semester, reference, until, weeks)
    return VisitFigures(
        first=semester.starts_on,
        until=until,
        weeks=weeks,
        days=days,
        classes=classes,
        others=others,
        teachers=_teachers(rows, weeks),
        teachers_in_all=_teachers_in_all(semester),
        by_week=_by_week(days, semester, until),
    )


def weeks_so_far(semester: Semester, reference: Reference, until: date) -> int:
    """Weeks of the semester with an open day so far; at least one."""
    is_open = open_days(reference).is_open
    days = (semester.starts_on + timedelta(days=n) for n in range((until - semester.starts_on).days + 1))
    return max(1, len({week_of(semester, day) for day in days if is_open(day)}))


def _days(rows: QuerySet[Visit]) -> list[DayVisits]:
    here = Q(is_electronic=False)
    found = rows.annotate(day=TruncDate("at")).values("day").order_by("-day")
    counted = found.annotate(
        card=Sum("heads", filter=here & Q(kind=Kind.CARD), default=0),
        with_class=Sum("heads", filter=here & ~Q(kind=Kind.CARD), default=0),
        electronic=Sum("heads", filter=~here, default=0),
    )
    return [DayVisits(**row) for row in counted]


def _by_week(days: Sequence[DayVisits], semester: Semester, until: date) -> list[tuple[int, int]]:
    sums = Counter(dict.fromkeys(range(1, week_of(semester, until) + 1), 0))
    for row in days:
        sums[week_of(semester, row.day)] += row.total
    return sorted(sums.items())


def _classes(
    rows: QuerySet[Visit], semester: Semester, reference: Reference, until: date, weeks: int
) -> tuple[list[ClassVisits], int]:
    """The classes of the semester, and the visits of people in none of them (teachers, staff)."""
    students = enrolment(until)
    found = {
        row.pk: ClassVisits(row.name, students=students.get(row.pk, 0), weeks=weeks)
        for row in classes_on(reference, semester.starts_on)
    }
    others: defaultdict[int | None, ClassVisits] = defaultdict(lambda: ClassVisits(""))
    by_class = rows.values_list("school_class_id", "kind", "is_electronic").order_by()
    for class_id, kind, electronic, people, times in by_class.annotate(people=Sum("heads"), times=Count("pk")):
        row = found[class_id] if class_id in found else others[class_id]
        if electronic:
            row.electronic += people
        elif kind == Kind.CARD:
            row.card += people
        else:
            row.with_class += people
            row.times += times
    return list(found.values()), sum(row.people for row in others.values())


def _teachers(rows: QuerySet[Visit], weeks: int) -> list[TeacherVisits]:
    held = rows.filter(kind=Kind.PERIOD).values_list("teacher__name", "teacher_id").order_by()
    counted = held.annotate(periods=Count("pk"), people=Sum("heads"))
    found = [TeacherVisits(name or "—", periods, people, weeks) for name, _pk, periods, people in counted]
    return sorted(found, key=lambda row: (-row.periods, row.name))


def _teachers_in_all(semester: Semester) -> int:
    teachers = Reader.objects.filter(category=Reader.Category.TEACHER)
    return teachers.filter(Q(left_on=None) | Q(left_on__gt=semester.starts_on)).count()
