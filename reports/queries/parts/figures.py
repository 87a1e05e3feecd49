"""Figures of a semester in sentences and tables, from the one place that reckons them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.models import Goal
from reports.queries.semester_figures import ShownFigure
from reports.queries.settings import goal_for
from reports.rules.numbers import written
from reports.rules.papers import Cell, Grid, Note

Shown = Mapping[str, ShownFigure]


def value_of(row: ShownFigure | None, value: Decimal | None = None) -> str:
    """The figure (or another `value` of its kind, such as a goal) as text with its unit; a dash if unknown."""
    if row is None:
        return written(None)
    return written(row.value if value is None else value, whole=row.spec.whole_number, unit=_unit(row))


def number(shown: Shown, code: str) -> str | None:
    """The figure as it stands in a sentence; None if unknown: then there is no such sentence."""
    row = shown.get(code)
    return value_of(row) if row is not None and row.value is not None else None


def sentence(words: str, shown: Shown, **codes: str) -> str:
    """`words` with its figures filled in, {name: code}; nothing if one of them is unknown."""
    found = {name: number(shown, code) for name, code in codes.items()}
    return words % found if None not in found.values() else ""


def figures_table(codes: Sequence[str], shown: Shown, last: Shown, goals: Sequence[Goal], *, caption: str) -> Grid:
    """Figure, value, how it was reckoned, goal and last semester; figures without facts are left out.

    So are the columns of goals and of last semester where they would be empty.
    """
    rows = [shown[code] for code in codes if code in shown and shown[code].value is not None]
    head = [_("Figure"), _("This semester"), _("How it is reckoned")]
    lines: list[list[Cell]] = [[row.spec.name, value_of(row), _reckoned(row)] for row in rows]
    beside = [
        (_("Goal"), [_goal(row, goals) for row in rows]),
        (_("Last semester"), [_before(row, last) for row in rows]),
    ]
    for name, column in beside:
        if any(column):
            head.append(name)
            lines = [[*line, value] for line, value in zip(lines, column, strict=True)]
    return Grid(head, lines, caption, (3, 2, 6, 2, 2)[: len(head)], right=frozenset({1, 3, 4}))


def _goal(row: ShownFigure, goals: Sequence[Goal]) -> str:
    goal = goal_for(goals, row.spec.code, Goal.Per.SEMESTER, variant=row.variant)
    return value_of(row, goal.target) if goal and goal.target is not None else ""


def _before(row: ShownFigure, last: Shown) -> str:
    """That of last semester, if it was reckoned by the same formula."""
    before = last.get(row.spec.code)
    return value_of(before) if before and before.value is not None and before.variant == row.variant else ""


def _reckoned(row: ShownFigure) -> str:
    """The formula with its two numbers; of a figure entered by hand, the note."""
    if row.entered is not None:
        return _("entered by hand: %(note)s") % {"note": row.entered.note}
    words = str(row.spec.formula_of(row.variant))
    figure = row.figure
    if figure is None or figure.denominator is None:
        return words
    return f"{words}: {written(figure.numerator, whole=True)} ÷ {written(figure.denominator, whole=True)}"


def as_of(shown: Shown) -> Note | None:
    """The day up to which the figures reach."""
    until = max((row.figure.period.until for row in shown.values() if row.figure is not None), default=None)
    return Note(_("Figures as of %(day)s.") % {"day": f"{until:%Y-%m-%d}"}) if until else None


def _unit(row: ShownFigure) -> str:
    return "%" if row.spec.is_percent(row.variant) else ""
