"""Whom something is for."""

from collections.abc import Iterable
from typing import Protocol

from activities.models import Audience
from activities.models.audience import ForGrades
from readers.models import Reader


class InGrade(Protocol):
    """A class with its grade, as `readers.queries.classes.NamedClass` has them."""

    @property
    def pk(self) -> int: ...
    @property
    def stage(self) -> str: ...
    @property
    def position(self) -> int: ...


def grades_match(row: ForGrades, school_class: InGrade) -> bool:
    """Whether the class is in one of the grades that the row names; a row without a stage names all."""
    if not row.stage:
        return True
    if row.stage != school_class.stage:
        return False
    if row.from_position is None or row.to_position is None:
        return True
    return row.from_position <= school_class.position <= row.to_position


def in_audience(audiences: Iterable[Audience], *, category: str, school_class: InGrade | None) -> bool:
    """Whether somebody of this category and class is meant; nobody named is everybody."""
    rows = list(audiences)
    return not rows or any(_meant(row, category, school_class) for row in rows)


def _meant(row: Audience, category: str, school_class: InGrade | None) -> bool:
    if row.category != category:
        return False
    if category != Reader.Category.STUDENT:
        return True
    if school_class is None:
        return row.school_class_id is None and not row.stage
    return row.school_class_id in (None, school_class.pk) and grades_match(row, school_class)
