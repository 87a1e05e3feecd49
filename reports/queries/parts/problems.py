"""What the figures themselves show to be wanting: goals and standards that were not met, late books, missed periods."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.models import Goal
from reports.queries.class_table import TOTAL, ClassRow
from reports.queries.parts.figures import Shown, value_of
from reports.queries.settings import goal_for
from reports.rules.numbers import written
from reports.rules.papers import Block, Sentence


def problems(shown: Shown, goals: Sequence[Goal], rows: Sequence[ClassRow], unmet: Sequence[str]) -> list[Block]:
    """A sentence each; nothing where nothing is wanting, or nothing is known. `unmet`: demands of standards."""
    found = [*_goals_missed(shown, goals), *unmet, *_of_classes(rows)]
    return [Sentence(words) for words in found]


def _goals_missed(shown: Shown, goals: Sequence[Goal]) -> list[str]:
    words = _("%(figure)s is %(value)s; the goal is %(goal)s.")
    return [
        words % {"figure": row.spec.name, "value": value_of(row), "goal": value_of(row, target)}
        for row in shown.values()
        if row.value is not None
        for target in [_target(goals, row.spec.code, row.variant)]
        if target is not None and (row.value < target if row.spec.higher_is_better else row.value > target)
    ]


def _target(goals: Sequence[Goal], code: str, variant: str) -> Decimal | None:
    goal = goal_for(goals, code, Goal.Per.SEMESTER, variant=variant)
    return goal.target if goal else None


def _of_classes(rows: Sequence[ClassRow]) -> list[str]:
    total = next((row for row in rows if row.kind == TOTAL), None)
    if total is None:
        return []
    words = []
    if total.late:
        words.append(_("%(count)s books came back late or are overdue.") % {"count": written(total.late, whole=True)})
    if total.lost:
        words.append(_("%(count)s books were reported lost.") % {"count": written(total.lost, whole=True)})
    if total.due and total.missed:
        values = {"missed": written(total.missed, whole=True), "due": written(total.due, whole=True)}
        words.append(_("Classes missed %(missed)s of their %(due)s periods in the library.") % values)
    return words
