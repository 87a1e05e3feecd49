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


# Numbered through the stages, as children say it: 7.1 is the first class of the junior school.
STAGE_OFFSET = {Stage.PRIMARY: 0, Stage.JUNIOR: 6, Stage.SENIOR: 9}


def short_name(text: str) -> str:
    """A class as typed, less the signs that say nothing: 三(1)班 and 三年级1班 become 三1."""
    kept = "".join(sign for sign in text if sign not in "()（）班年")
    return kept.replace("级", "") if not kept[:4].isdigit() else kept


def short_names(*, grade: str, stage: str, position: int, number: int) -> list[str]:
    """Every short way to write a class: 三1, 3.1, 31."""
    year = STAGE_OFFSET[Stage(stage)] + position
    return [f"{grade}{number}", f"{year}.{number}", f"{year}{number}"]


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
