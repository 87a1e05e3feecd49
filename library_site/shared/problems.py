"""Why something cannot be done, as a value: the page previews the same list that the write refuses with."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError


@dataclass(frozen=True)
class Problem:
    """One reason against an act.

    `code` is stable (tests, overrides, statistics), `message` is for the person at the desk, `way_out` says what to
    do now, `overridable` whether someone with the right may go on with a reason, `link` leads to where it is mended,
    `field` names the input of a form that it is about.
    """

    code: str
    message: Any
    way_out: Any = ""
    overridable: bool = False
    link: str = ""
    field: str = ""


class Refused(Exception):
    """An act was refused and changed nothing; carries every problem, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))


def standing(problems: Iterable[Problem], overrides: Collection[str]) -> list[Problem]:
    """The problems that stand although the codes in `overrides` are set aside."""
    return [problem for problem in problems if not (problem.overridable and problem.code in overrides)]


def violated(error: IntegrityError) -> str:
    """The name of the constraint that the database refused by; empty if it does not say."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
