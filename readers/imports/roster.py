"""The import of rosters, as the engine knows it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from django.utils import timezone

from library_site.imports.engine import reading_of, staged_rows
from library_site.imports.fields import Reader as RowReader
from library_site.imports.fields import Values
from library_site.models import ImportRun, School, User
from library_site.shared.reference import current_reference
from library_site.shared.spreadsheets import Sheet, open_sheets
from library_site.shared.spreadsheets.limits import MAX_BYTES
from readers.imports.by_name import Grades
from readers.imports.fields import DROPPED, FIELDS
from readers.imports.matching import RosterPlan
from readers.imports.people import Listed
from readers.imports.reading import RosterReader
from readers.imports.texts import TEXTS
from readers.models import Grade
from readers.queries.classes import school_year_on, school_years, semester_on
from readers.rules.class_text import ClassKey, ClassReader
from readers.rules.identity import without_identity_numbers
from readers.rules.naming import GradeNames, class_name

# A roster that comes this early in a semester tells how the classes were from its first day.
EARLY = timedelta(days=45)
# In the holidays before a school year, a roster is that of the year to come.
SOON = timedelta(days=75)


class RosterKind:
    """See `library_site.imports.fields.Kind`."""

    name = "roster"
    fields = FIELDS
    texts = TEXTS
    dropped = DROPPED

    columns: Mapping[str, int] = {}
    max_bytes = MAX_BYTES

    def open(self, path: Path) -> Iterator[Sheet]:
        return open_sheets(path)

    def scrub(self, text: str) -> str:
        return without_identity_numbers(text)

    def reader(self, run: ImportRun) -> RowReader:
        column = run.columns.get("number")
        cells = staged_rows(run).values_list("cells", flat=True) if column is not None else ()
        numbers = [row[column] for row in cells if len(row) > column]
        return RosterReader(
            ClassReader(_start_year(day_of(run)), _grades()),
            category=run.options.get("category") or "student",
            numbers=numbers,
        )

    def plan(self, run: ImportRun, *, keep: bool) -> RosterPlan:
        start_year, grades = _start_year(day_of(run)), _grades()
        return RosterPlan(
            run,
            Listed.of(_said(run)),
            day=day_of(run),
            grades=Grades(start_year, grades),
            class_names=_class_names(start_year, grades),
        )

    def finish(self, run: ImportRun, *, by: User | None) -> None:
        """Nothing is left to do: pinyin is written with the reader."""


KIND = RosterKind()


def day_of(run: ImportRun) -> date:
    """The first day on which the roster holds: as chosen, else the one to offer."""
    if chosen := run.options.get("since"):
        return date.fromisoformat(chosen)
    return offered_day(timezone.localdate())


def offered_day(today: date) -> date:
    """The semester's first day if it is young; in the summer the first of the next school year; else today."""
    reference = current_reference()
    semester = semester_on(reference, today)
    if semester is None:
        return today
    if semester.starts_on <= today <= semester.starts_on + EARLY:
        return semester.starts_on
    coming = [year.starts_on for year in school_years(reference) if today < year.starts_on <= today + SOON]
    return coming[0] if coming and today > semester.ends_on else today


def _said(run: ImportRun) -> Iterator[tuple[int, Values]]:
    """Every row of the sheet as read, bad ones included."""
    rows = reading_of(run)
    for row in staged_rows(run).values_list("pk", "sheet", "number", "cells"):
        values = rows(*row).values
        if values.get("name"):
            yield row[0], values


def _grades() -> dict[tuple[str, int], str]:
    school = School.objects.first()
    grades = Grade.objects.filter(stage__in=school.stages) if school else Grade.objects.all()
    return {(grade.stage, grade.position): grade.name for grade in grades}


def _start_year(day: date) -> int:
    """The school year whose class names the roster uses: that of the day from which it holds."""
    year = school_year_on(current_reference(), day)
    is_entered = year is not None and year.starts_on <= day <= year.ends_on
    return year.start_year if year and is_entered else day.year - (day.month < 9)


def _class_names(start_year: int, grades: GradeNames) -> Callable[[ClassKey | None], str]:
    def name(key: ClassKey | None) -> str:
        if key is None:
            return ""
        stage, entry_year, number = key
        identity = SimpleNamespace(stage=stage, entry_year=entry_year, number=number)
        return class_name(identity, start_year=start_year, grades=grades)

    return name
