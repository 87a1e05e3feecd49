"""How many notes were written: by class and week against what is asked for, and by pupil for the class teacher.

A note counts on its day, in the class and category of that day, once it was handed in.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Max, Q, QuerySet

from activities.models import ReadingNote
from activities.queries.notes import HANDED_IN, PUPILS, WAITING
from activities.queries.pupils import class_pupils
from activities.queries.quotas import quota_of
from library_site.shared.figures import ratio
from library_site.shared.reference import Reference
from readers.models import Reader, Semester
from readers.queries.classes import NamedClass
from readers.queries.enrolment import enrolled_on


@dataclass(frozen=True)
class ClassCount:
    """A class in a semester: `weeks` are counts by week, `asked` the notes that each pupil owes, None without any."""

    school_class: NamedClass
    pupils: int
    notes: int
    waiting: int
    weeks: Sequence[int]
    asked: int | None

    @property
    def per_pupil(self) -> Decimal | None:
        return ratio(self.notes, self.pupils)

    @property
    def reached(self) -> Decimal | None:
        """Per cent of what the whole class owes."""
        return ratio(self.notes, self.pupils * self.asked, percent=True) if self.asked else None


@dataclass(frozen=True)
class PupilCount:
    """A pupil of a class in a semester; `missing` notes are still owed, None where none are asked for."""

    reader: Reader
    notes: int
    waiting: int
    last_on: date | None
    missing: int | None


@dataclass(frozen=True)
class TeacherCount:
    """A teacher's notes of a semester against what is asked for."""

    reader: Reader
    notes: int
    last_on: date | None
    missing: int | None


def weeks_of(semester: Semester, today: date) -> list[date]:
    """The Mondays of the semester's weeks up to today's."""
    first = semester.starts_on - timedelta(days=semester.starts_on.weekday())
    last = max(first, min(semester.ends_on, today))
    return [first + timedelta(days=7 * number) for number in range((last - first).days // 7 + 1)]


def in_semester(semester: Semester) -> QuerySet[ReadingNote]:
    """What was handed in with a day of the semester."""
    return ReadingNote.objects.filter(HANDED_IN, written_on__range=(semester.starts_on, semester.ends_on))


def class_counts(
    classes: Sequence[NamedClass], semester: Semester, reference: Reference, today: date
) -> list[ClassCount]:
    """Each of the classes with its weeks. Three statements, whatever their number."""
    ids = [row.pk for row in classes]
    mondays = weeks_of(semester, today)
    rows = in_semester(semester).filter(PUPILS, school_class__in=ids)
    by_day = rows.values_list("school_class", "written_on").annotate(n=Count("pk")).order_by()
    counted: Counter[tuple[int, date]] = Counter()
    for class_id, day, number in by_day:
        counted[class_id, day - timedelta(days=day.weekday())] += number
    waiting = dict(rows.filter(WAITING).values_list("school_class").annotate(n=Count("pk")).order_by())
    day = min(max(today, semester.starts_on), semester.ends_on)
    sizes = Counter(enrolled_on(day).filter(school_class__in=ids).values_list("school_class_id", flat=True))
    return [
        _class_count(row, [counted[row.pk, monday] for monday in mondays], sizes[row.pk], waiting.get(row.pk, 0),
                     semester, reference)
        for row in classes
    ]  # fmt: skip


def pupil_counts(school_class: NamedClass, semester: Semester, reference: Reference, today: date) -> list[PupilCount]:
    """The pupils who are in the class now, by number: what each wrote while in it. Two statements."""
    pupils = class_pupils(school_class.pk, today)
    rows = in_semester(semester).filter(PUPILS, school_class=school_class.pk, reader__in=pupils)
    found = {row[0]: row[1:] for row in _by_reader(rows)}
    asked = _asked(reference, semester, school_class=school_class)
    counted = ((pupil, *found.get(pupil.pk, (0, 0, None))) for pupil in pupils)
    return [PupilCount(pupil, notes, waiting, last, _missing(asked, notes)) for pupil, notes, waiting, last in counted]


def teacher_counts(semester: Semester, reference: Reference) -> list[TeacherCount]:
    """The teachers of the school by name. Two statements."""
    active = Reader.objects.filter(category=Reader.Category.TEACHER, status=Reader.Status.ACTIVE)
    rows = in_semester(semester).filter(category=Reader.Category.TEACHER, reader__isnull=False)
    found = {row[0]: row[1:] for row in _by_reader(rows)}
    asked = _asked(reference, semester, category=Reader.Category.TEACHER)
    counted = ((row, *found.get(row.pk, (0, 0, None))) for row in active.order_by("pinyin", "name", "pk"))
    return [TeacherCount(row, notes, last, _missing(asked, notes)) for row, notes, _waiting, last in counted]


def own_count(reader: Reader, school_class: NamedClass | None, semester: Semester, reference: Reference) -> PupilCount:
    """One reader's own count of a semester. One statement."""
    row = next(_by_reader(in_semester(semester).filter(reader=reader)), (reader.pk, 0, 0, None))
    asked = _asked(reference, semester, school_class=school_class, category=reader.category)
    return PupilCount(reader, row[1], row[2], row[3], _missing(asked, row[1]))


def _by_reader(rows: QuerySet[ReadingNote]):  # type: ignore[no-untyped-def]
    counts = rows.values_list("reader").annotate(
        notes=Count("pk"), waiting=Count("pk", filter=Q(state=ReadingNote.State.HANDED_IN)), last=Max("written_on")
    )
    return iter(counts.order_by())


def _class_count(
    row: NamedClass, weeks: list[int], pupils: int, waiting: int, semester: Semester, reference: Reference
) -> ClassCount:
    return ClassCount(row, pupils, sum(weeks), waiting, weeks, _asked(reference, semester, school_class=row))


def _asked(
    reference: Reference, semester: Semester, *, school_class: NamedClass | None = None, category: str = ""
) -> int | None:
    year = semester.school_year.start_year
    quota = quota_of(reference, start_year=year, school_class=school_class, category=category)
    return quota.notes if quota else None


def _missing(asked: int | None, notes: int) -> int | None:
    return None if asked is None else max(asked - notes, 0)
