"""The import of rosters, as the engine knows it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace

from django.utils import timezone

from library_site.imports.engine import reading_of, staged_rows
from library_site.imports.fields import Reader as RowReader
from library_site.imports.fields import Values
from library_site.models import ImportRun, School, User
from library_site.shared.reference import current_reference
from readers.imports.fields import DROPPED, FIELDS
from readers.imports.matching import Listed, RosterPlan
from readers.imports.reading import RosterReader
from readers.imports.texts import TEXTS
from readers.models import Grade
from readers.queries.classes import school_year_on, semester_on
from readers.rules.class_text import ClassKey, ClassReader
from readers.rules.identity import without_identity_numbers
from readers.rules.naming import class_name

# A roster that comes this early in a semester tells how the classes were from its first day.
EARLY = timedelta(days=45)


class RosterKind:
    """See `library_site.imports.fields.Kind`."""

    name = "roster"
    fields = FIELDS
    texts = TEXTS
    dropped = DROPPED

    def scrub(self, text: str) -> str:
        return without_identity_numbers(text)

    def reader(self, run: ImportRun) -> RowReader:
        column = run.columns.get("number")
        cells = staged_rows(run).values_list("cells", flat=True) if column is not None else ()
        numbers = [row[column] for row in cells if len(row) > column]
        return RosterReader(_classes(), category=run.options.get("category") or "student", numbers=numbers)

    def plan(self, run: ImportRun, *, keep: bool) -> RosterPlan:
        return RosterPlan(
            Listed.of(_said(run)),
            day=day_of(run),
            give_cards=bool(run.options.get("give_cards")),
            leavers=run.options.get("leavers", ()),
            class_names=_class_names(),
        )

    def finish(self, run: ImportRun, *, by: User | None) -> None:
        """Nothing is left to do: pinyin is written with the reader."""


KIND = RosterKind()


def day_of(run: ImportRun) -> date:
    """The first day on which the roster holds: as chosen, else the semester's first if it is young, else today."""
    if chosen := run.options.get("since"):
        return date.fromisoformat(chosen)
    today = timezone.localdate()
    semester = semester_on(current_reference(), today)
    is_young = semester is not None and semester.starts_on <= today <= semester.starts_on + EARLY
    return semester.starts_on if semester and is_young else today


def _said(run: ImportRun) -> Iterator[Values]:
    """Every row of the sheet as read, bad ones included."""
    rows = reading_of(run)
    for row in staged_rows(run).values_list("pk", "sheet", "number", "cells"):
        values = rows(*row).values
        if values.get("name"):
            yield values


def _grades() -> dict[tuple[str, int], str]:
    school = School.objects.first()
    grades = Grade.objects.filter(stage__in=school.stages) if school else Grade.objects.all()
    return {(grade.stage, grade.position): grade.name for grade in grades}


def _start_year() -> int:
    today = timezone.localdate()
    year = school_year_on(current_reference(), today)
    return year.start_year if year else today.year - (today.month < 9)


def _classes() -> ClassReader:
    return ClassReader(_start_year(), _grades())


def _class_names() -> Callable[[ClassKey | None], str]:
    start_year, grades = _start_year(), _grades()

    def name(key: ClassKey | None) -> str:
        if key is None:
            return ""
        stage, entry_year, number = key
        identity = SimpleNamespace(stage=stage, entry_year=entry_year, number=number)
        return class_name(identity, start_year=start_year, grades=grades)

    return name
