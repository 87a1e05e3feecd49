"""Entering a school year, its new classes, and the names of the grades."""

from collections.abc import Mapping

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import Grade, SchoolClass, SchoolYear, Semester
from readers.rules.naming import GradeNames
from readers.rules.school_years import YearDates, year_problems


def save_school_year(
    *,
    start_year: int,
    dates: YearDates,
    new_classes: Mapping[str, int],
    by: User | None,
    address: str | None = None,
) -> SchoolYear:
    """Enters the school year that begins in `start_year`, or changes its dates; makes the classes of its entry year.

    `new_classes` is {stage: number of classes}: those of 1 to the number that are not there yet are made, none is
    taken away. Refused (`Refused`) with every date that cannot be.
    """
    try:
        with act("save_school_year", by=by, address=address):
            others = SchoolYear.objects.exclude(start_year=start_year)
            if problems := year_problems(dates, start_year, others):
                raise Refused(problems)
            year = _write_year(start_year, dates)
            for stage, count in new_classes.items():
                make_classes(stage=stage, entry_year=start_year, count=count)
            return year
    except IntegrityError as error:  # of two who enter the same year at once, the second is told
        raise Refused([Problem("year_entered", _("Somebody else has just entered this school year."))]) from error


def _write_year(start_year: int, dates: YearDates) -> SchoolYear:
    days = {"starts_on": dates.begins, "ends_on": dates.ends}
    year = SchoolYear.objects.select_for_update(no_key=True).filter(start_year=start_year).first()
    if year is None:
        year = SchoolYear.objects.create(start_year=start_year, **days)
    elif (year.starts_on, year.ends_on) != (dates.begins, dates.ends):
        year.starts_on, year.ends_on = dates.begins, dates.ends
        year.save(update_fields=["starts_on", "ends_on"])
    for number, (starts_on, ends_on) in enumerate((dates.first, dates.second), start=1):
        _write_semester(year, number, {"starts_on": starts_on, "ends_on": ends_on})
    return year


def _write_semester(year: SchoolYear, number: int, days: dict[str, object]) -> None:
    known = Semester.objects.filter(school_year=year, number=number)
    if not known.exists():
        Semester.objects.create(school_year=year, number=number, **days)
    elif not known.filter(**days).exists():
        known.update(**days)


def make_classes(*, stage: str, entry_year: int, count: int) -> None:
    """Makes the classes 1 to `count` of an entry year that are not there yet; inside an act."""
    SchoolClass.objects.bulk_create(
        [SchoolClass(stage=stage, entry_year=entry_year, number=number) for number in range(1, count + 1)],
        ignore_conflicts=True,
    )


def name_grades(*, names: GradeNames, by: User | None, address: str | None = None) -> None:
    """Gives grades new names, as {(stage, position): name}. Refused if two grades would be called the same."""
    with act("name_grades", by=by, address=address):
        grades = {(grade.stage, grade.position): grade for grade in Grade.objects.select_for_update().order_by("pk")}
        after = {key: names.get(key, grade.name) for key, grade in grades.items()}
        if len(set(after.values())) < len(after):
            raise Refused([Problem("grade_names", _("Two grades would have the same name."))])
        for key, grade in grades.items():
            if grade.name != after[key]:
                grade.name = after[key]
                grade.save(update_fields=["name"])
