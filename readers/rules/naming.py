"""Names of classes, which follow from the school year."""

from collections.abc import Mapping
from typing import Protocol

from library_site.models.school import Stage

GradeNames = Mapping[tuple[str, int], str]  # (stage, year within the stage) -> name


class ClassIdentity(Protocol):
    stage: str
    entry_year: int
    number: int


def position_in_stage(entry_year: int, start_year: int) -> int:
    """Which year of its stage a class is in (1 is the first) in the school year beginning in `start_year`."""
    return start_year - entry_year + 1


def class_name(school_class: ClassIdentity, *, start_year: int, grades: GradeNames) -> str:
    """三(1)班 and the like; a class that has left or not yet come is named by its entry year: 2015级1班."""
    position = position_in_stage(school_class.entry_year, start_year)
    grade = grades.get((school_class.stage, position))
    if grade is None:
        return f"{school_class.entry_year}级{school_class.number}班"
    return f"{grade}({school_class.number})班"


def default_grades(stages: list[str], system: str) -> list[tuple[str, int, str]]:
    """The usual names for a school's stages and system ("6-3" or "5-4"), as (stage, position, name)."""
    names = {
        Stage.PRIMARY: "一二三四五" if system == "5-4" else "一二三四五六",
        Stage.JUNIOR: "六七八九" if system == "5-4" else "七八九",
    }
    rows = [
        (stage, position, name)
        for stage in stages
        for position, name in enumerate(names.get(Stage(stage), ()), start=1)
    ]
    if Stage.SENIOR in stages:
        rows += [(Stage.SENIOR, position, f"高{name}") for position, name in enumerate("一二三", start=1)]
    return rows
