"""School years, classes, readers, cards."""

import itertools
from datetime import date

from readers.models import Card, ClassMembership, Grade, Reader, SchoolClass, SchoolYear, Semester

_numbers = itertools.count(1)
GRADE_NAMES = {"primary": "一二三四五六", "junior": "七八九"}


def make_school_year(start_year: int = 2026) -> SchoolYear:
    """The school year with both semesters, and the names of the grades."""
    year, _created = SchoolYear.objects.get_or_create(
        start_year=start_year, defaults={"starts_on": date(start_year, 9, 1), "ends_on": date(start_year + 1, 8, 31)}
    )
    Semester.objects.get_or_create(
        school_year=year,
        number=1,
        defaults={"starts_on": date(start_year, 9, 1), "ends_on": date(start_year + 1, 1, 31)},
    )
    Semester.objects.get_or_create(
        school_year=year,
        number=2,
        defaults={"starts_on": date(start_year + 1, 2, 10), "ends_on": date(start_year + 1, 7, 10)},
    )
    for stage, names in GRADE_NAMES.items():
        for position, name in enumerate(names, start=1):
            Grade.objects.get_or_create(stage=stage, position=position, defaults={"name": name})
    return year


def make_class(entry_year: int = 2024, number: int = 1, stage: str = "primary") -> SchoolClass:
    """In the year 2026 the default is 三(1)班."""
    school_class, _created = SchoolClass.objects.get_or_create(stage=stage, entry_year=entry_year, number=number)
    return school_class


def make_reader(
    name: str = "",
    *,
    category: str = "student",
    school_class: SchoolClass | None = None,
    since: date = date(2020, 9, 1),
    card: str | None = None,
    **fields: object,
) -> Reader:
    """A reader; with a class, a current member of it; with `card`, a valid card of that number."""
    number = next(_numbers)
    fields.setdefault("number", f"S{number:06d}")
    reader = Reader.objects.create(name=name or f"学生{number}", category=category, **fields)
    if school_class is not None:
        ClassMembership.objects.create(reader=reader, school_class=school_class, since=since)
    if card is not None:
        Card.objects.create(reader=reader, barcode=card, issued_on=since)
    return reader
