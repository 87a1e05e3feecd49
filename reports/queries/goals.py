"""The goals of a school year as their page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from library_site.shared.reference import Reference
from readers.queries.classes import grade_names
from reports.models import Goal
from reports.queries.goal_means import means_on
from reports.queries.settings import all_goals, key_of, standing
from reports.rules.catalogue import CATALOGUE
from reports.rules.goals import formula_of, unreachable, words_of
from reports.rules.numbers import written

ORDER = {code: place for place, code in enumerate(CATALOGUE)}


@dataclass(frozen=True)
class GoalLine:
    """A goal in words, with the sum that speaks against it."""

    goal: Goal
    name: Any
    formula: Any
    words: str
    target: str
    reasons: Sequence[str] = ()


def goal_lines(reference: Reference, start_year: int, today: date) -> list[GoalLine]:
    """The goals that hold in a school year, in the order of the report, each with why it is out of reach today."""
    held = [goal for goal in standing(all_goals(reference), start_year) if goal.target is not None]
    means = means_on(reference, today) if held else None
    lines = [line_of(goal, reference, unreachable(goal, means) if means else ()) for goal in held]
    return sorted(lines, key=lambda line: (ORDER.get(line.goal.figure, 99), line.goal.per, *_grades(line.goal)))


def past_lines(reference: Reference, start_year: int) -> list[GoalLine]:
    """Goals that were replaced or ended by that school year, or come after it: the newest first."""
    now = {goal.pk for goal in standing(all_goals(reference), start_year) if goal.target is not None}
    others = [goal for goal in all_goals(reference) if goal.pk not in now]
    return [line_of(goal, reference) for goal in sorted(others, key=lambda goal: (-goal.from_year, key_of(goal)[:3]))]


def line_of(goal: Goal, reference: Reference, reasons: Sequence[str] = ()) -> GoalLine:
    """A goal in words. No statement."""
    spec = CATALOGUE.get(goal.figure)
    unit = str(spec.unit_of(goal.variant)) if spec else ""
    text = written(goal.target, whole=bool(spec and spec.whole_number), unit=unit if unit == "%" else "")
    return GoalLine(
        goal=goal,
        name=spec.name if spec else goal.figure,
        formula=formula_of(goal),
        words=words_of(goal, grade_names(reference)),
        target=text,
        reasons=reasons,
    )


def _grades(goal: Goal) -> tuple[str, int]:
    return goal.stage, goal.from_position or 0


def figure_choices() -> list[tuple[str, Any]]:
    """Every figure that can have a goal; one with several formulas once for each, since a goal is tied to one."""
    choices: list[tuple[str, Any]] = []
    for spec in CATALOGUE.values():
        if spec.per and spec.variants:
            for variant, formula in spec.variants.items():
                choices.append(
                    (f"{spec.code}.{variant}", format_lazy(_("{name} ({formula})"), name=spec.name, formula=formula))
                )
        elif spec.per:
            choices.append((f"{spec.code}.", spec.name))
    return choices


def formulas_of(code: str) -> list[tuple[str, Any]]:
    """The formulas that schools mean by a figure's name, to choose from."""
    return list(CATALOGUE[code].variants.items())
