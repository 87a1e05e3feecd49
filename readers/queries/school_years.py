"""School years with their semesters, and the classes of the running one with pupils and teachers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from library_site.shared.reference import Reference
from readers.models import ClassMembership, ClassTeacher, Reader, SchoolClass, SchoolYear, Semester
from readers.queries.classes import NamedClass, classes_on, school_years, semesters
from readers.rules.school_years import YearDates


@dataclass(frozen=True)
class YearRow:
    year: SchoolYear
    semesters: Sequence[Semester]
    running: bool


def year_rows(reference: Reference, today: date) -> list[YearRow]:
    """All school years, the newest first."""
    by_year: dict[int, list[Semester]] = {}
    for semester in semesters(reference):
        by_year.setdefault(semester.school_year_id, []).append(semester)
    return [
        YearRow(year, by_year.get(year.pk, []), running=year.starts_on <= today <= year.ends_on)
        for year in reversed(school_years(reference))
    ]


def dates_of(row: YearRow) -> YearDates | None:
    """The dates of a year as they are; None where a semester is missing."""
    if len(row.semesters) != 2:
        return None
    first, second = row.semesters
    return YearDates(row.year.starts_on, (first.starts_on, first.ends_on), (second.starts_on, second.ends_on))


@dataclass(frozen=True)
class ClassRow:
    """A class of the running year; `teacher` is who leads it now, an empty name for nobody."""

    named: NamedClass
    pupils: int
    teacher: str


def class_rows(reference: Reference, today: date) -> list[ClassRow]:
    """The classes at the school with their pupils counted and their teachers. Two statements."""
    members = ClassMembership.objects.filter(until=None, reader__status=Reader.Status.ACTIVE)
    pupils = dict(members.order_by().values_list("school_class").annotate(n=Count("pk")))
    teachers = dict(ClassTeacher.objects.filter(until=None).values_list("school_class", "reader__name"))
    return [ClassRow(row, pupils.get(row.pk, 0), teachers.get(row.pk, "")) for row in classes_on(reference, today)]


def class_counts(entry_year: int) -> dict[str, int]:
    """How many classes each stage took in that year, as {stage: number}."""
    rows = SchoolClass.objects.filter(entry_year=entry_year).order_by().values_list("stage")
    return dict(rows.annotate(n=Count("pk")))


def teachers_of(class_id: int) -> list[ClassTeacher]:
    """Who has led a class, the present one first. One statement."""
    rows = ClassTeacher.objects.filter(school_class=class_id).select_related("reader")
    return list(rows.order_by("-since", "-pk"))


def pupils_of(class_id: int) -> list[ClassMembership]:
    """Who is in a class now, by number and name. One statement."""
    rows = ClassMembership.objects.filter(school_class=class_id, until=None, reader__status=Reader.Status.ACTIVE)
    return list(rows.select_related("reader").order_by("reader__number", "reader__name", "pk"))


def grown_ups() -> list[tuple[int, str]]:
    """Teachers and staff who are here, as (pk, name); teachers first."""
    rows = Reader.objects.filter(
        category__in=[Reader.Category.TEACHER, Reader.Category.STAFF], status=Reader.Status.ACTIVE
    )
    return list(rows.order_by("-category", "pinyin", "name").values_list("pk", "name"))
