"""The classes of a school year, under the names they have in it."""

from dataclasses import dataclass
from datetime import date

from library_site.shared.reference import Reference
from readers.models import Grade, SchoolClass, SchoolYear, Semester
from readers.rules.class_text import ClassReader
from readers.rules.naming import GradeNames, class_name, position_in_stage

STAGE_ORDER = {"primary": 0, "junior": 1, "senior": 2}


@dataclass(frozen=True)
class NamedClass:
    """A class as it is called in one school year."""

    pk: int
    name: str
    stage: str
    position: int
    number: int
    grade: str


def _load_years() -> list[SchoolYear]:
    return list(SchoolYear.objects.order_by("start_year"))


def _load_semesters() -> list[Semester]:
    return list(Semester.objects.select_related("school_year").order_by("starts_on"))


def _load_grades() -> GradeNames:
    return {(grade.stage, grade.position): grade.name for grade in Grade.objects.all()}


def _load_classes() -> list[SchoolClass]:
    return list(SchoolClass.objects.all())


def school_years(reference: Reference) -> list[SchoolYear]:
    """All school years, the oldest first."""
    return reference.get(_load_years)


def grade_names(reference: Reference) -> GradeNames:
    """The names of the school's grades, as {(stage, year of the stage): name}."""
    return reference.get(_load_grades)


def school_year_on(reference: Reference, day: date) -> SchoolYear | None:
    """The school year that `day` lies in; between two years, the one before; None if none was entered."""
    begun = [year for year in reference.get(_load_years) if year.starts_on <= day]
    years = begun or reference.get(_load_years)[:1]
    return years[-1] if years else None


def semesters(reference: Reference) -> list[Semester]:
    """All semesters, the oldest first, each with its school year."""
    return reference.get(_load_semesters)


def semester_on(reference: Reference, day: date) -> Semester | None:
    """The semester that `day` lies in; in the holidays, the one before; None if none was entered."""
    begun = [semester for semester in reference.get(_load_semesters) if semester.starts_on <= day]
    semesters = begun or reference.get(_load_semesters)[:1]
    return semesters[-1] if semesters else None


def classes_on(reference: Reference, day: date) -> list[NamedClass]:
    """The classes that are at the school on `day`, by stage, grade and number."""
    year = school_year_on(reference, day)
    if year is None:
        return []
    grades = reference.get(_load_grades)
    named = [_named(row, year.start_year, grades) for row in reference.get(_load_classes)]
    present = [row for row in named if (row.stage, row.position) in grades]
    return sorted(present, key=lambda row: (STAGE_ORDER[row.stage], row.position, row.number))


def class_meant(text: str, reference: Reference, day: date) -> int | None:
    """The class that a text names as of `day`, written in whatever way (三(1)班, 三1, 3.1, 301); None if none."""
    year = school_year_on(reference, day)
    if year is None:
        return None
    key = ClassReader(year.start_year, reference.get(_load_grades)).read(text)
    keys = {(row.stage, row.entry_year, row.number): row.pk for row in reference.get(_load_classes)}
    return keys.get(key) if key else None


def class_names_on(reference: Reference, day: date) -> dict[int, str]:
    """Names of all classes, past ones included, as of `day`: {pk: name}."""
    year = school_year_on(reference, day)
    return _class_names(reference, year.start_year if year else day.year)


def class_names_then(reference: Reference, day: date) -> dict[int, str]:
    """As `class_names_on`, also for days before the first school year that was entered: years begin in September."""
    year = school_year_on(reference, day)
    if year is not None and year.starts_on <= day:
        return _class_names(reference, year.start_year)
    return _class_names(reference, day.year - (day.month < 9))


def _class_names(reference: Reference, start_year: int) -> dict[int, str]:
    grades = reference.get(_load_grades)
    return {row.pk: class_name(row, start_year=start_year, grades=grades) for row in reference.get(_load_classes)}


def _named(row: SchoolClass, start_year: int, grades: GradeNames) -> NamedClass:
    position = position_in_stage(row.entry_year, start_year)
    return NamedClass(
        pk=row.pk,
        name=class_name(row, start_year=start_year, grades=grades),
        stage=row.stage,
        position=position,
        number=row.number,
        grade=grades.get((row.stage, position), ""),
    )
