"""What the dashboard shows beside the figures themselves, counted by the functions of the reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.classes import classes_on, semesters
from reports.models import Goal
from reports.queries.class_table import CLASS, ClassRow, class_table, rows_of
from reports.queries.contest import MEASURES, ContestLine, contest_of
from reports.queries.facts import Facts
from reports.queries.periods import period_of, semester_before
from reports.queries.semester_figures import ShownFigure
from reports.queries.settings import goal_for
from reports.queries.snapshots import snapshot_of
from reports.queries.trends import by_week
from reports.rules.cards import FigureCard, GoalBeside
from reports.rules.figures import Period, monday_of

HEADLINE = ("books_per_student", "borrowing_rate", "circulation_rate", "visits")
LEADERS = 8
MEASURE = MEASURES["per_student"]


@dataclass(frozen=True)
class WeekLine:
    """A semester's loans in anybody's name, week after week; None before the first loan in the system.

    The week that still runs is not among them: half a week beside whole ones would look like a fall. It is `so_far`.
    """

    semester: Semester
    loans: Sequence[int | None]
    so_far: int | None = None

    @property
    def is_known(self) -> bool:
        return any(number is not None for number in self.loans)


@dataclass(frozen=True)
class Leaders:
    """The first classes of the school, and those on the first place in each grade. Nobody is shown from the end."""

    school: Sequence[ContestLine]
    grades: Sequence[ContestLine]
    classes: int


@dataclass(frozen=True)
class GoalLine:
    """A goal of the whole school for the semester, with how far it is reached, in per cent of it."""

    name: Any
    beside: GoalBeside
    percent: Decimal | None


def headline(shown: Mapping[str, ShownFigure], last: Mapping[str, ShownFigure], period: Period) -> list[FigureCard]:
    """The four figures that stand above everything else."""
    return [_card(shown[code], last.get(code), period) for code in HEADLINE]


def _card(shown: ShownFigure, last: ShownFigure | None, period: Period) -> FigureCard:
    figure = shown.figure
    return FigureCard(
        code=shown.spec.code,
        name=shown.spec.name,
        formula=shown.spec.formula_of(shown.variant),
        value=shown.value,
        numerator=figure.numerator if figure else None,
        denominator=figure.denominator if figure else None,
        first=period.starts_on,
        last_day=period.until,
        unit=str(shown.spec.unit_of(shown.variant)),
        whole=shown.spec.whole_number,
        last=last.value if last and last.variant == shown.variant else None,
        note=shown.entered.note if shown.entered else "",
        counted=figure.value if figure and shown.entered else None,
        is_closed=shown.is_closed,
    )


def goal_lines(shown: Mapping[str, ShownFigure], goals: Sequence[Goal]) -> list[GoalLine]:
    """The goals of the whole school for a semester, in the order of the report."""
    found = ((one, goal_for(goals, code, Goal.Per.SEMESTER)) for code, one in shown.items())
    return [_goal_line(one, goal) for one, goal in found if goal is not None and goal.variant in ("", one.variant)]


def _goal_line(shown: ShownFigure, goal: Goal) -> GoalLine:
    target = goal.target or Decimal(0)
    beside = GoalBeside(
        words=str(goal.get_per_display()),
        target=target,
        value=shown.value,
        is_reached=None if shown.value is None else shown.value >= target,
        unit=str(shown.spec.unit_of(shown.variant)) if shown.percent else "",
        whole=shown.spec.whole_number,
    )
    percent = None if shown.value is None or not target else min(shown.value * 100 / target, Decimal(100))
    return GoalLine(shown.spec.name, beside, percent)


def week_lines(semester: Semester, *, reference: Reference, today: date) -> list[WeekLine]:
    """The semester, and to compare it with: the one before, and the same one of the year before. Known ones only."""
    compared = [semester, semester_before(reference, semester), _a_year_before(semester, reference)]
    lines = [_line(one, today) for one in compared if one is not None]
    return [lines[0], *(line for line in lines[1:] if line.is_known)]


def _line(semester: Semester, today: date) -> WeekLine:
    rows = by_week(period_of(semester, today))
    over = [row.all_loans for row in rows if row.first != monday_of(today)]
    running = [row.all_loans for row in rows[len(over) :]]
    return WeekLine(semester, over, running[0] if running else None)


def _a_year_before(semester: Semester, reference: Reference) -> Semester | None:
    wanted = (semester.school_year.start_year - 1, semester.number)
    return next((row for row in semesters(reference) if (row.school_year.start_year, row.number) == wanted), None)


def class_lines(semester: Semester, facts: Facts | None, reference: Reference) -> Sequence[ClassRow]:
    """The rows of the classes: of a closed semester (`facts` None) as they were closed, else as counted."""
    if facts is not None:
        return class_table(facts, classes_on(reference, facts.period.starts_on))
    closed = snapshot_of(semester)
    return rows_of(closed.tables["classes"]) if closed else []


def leaders(rows: Sequence[ClassRow]) -> Leaders:
    """By books per student; classes without loans are on no list."""
    classes = [row for row in rows if row.kind == CLASS]
    reading = [row for row in classes if row.loans]
    whole = contest_of(reading, MEASURE, whole=True)
    grades = contest_of(reading, MEASURE, whole=False)
    return Leaders(
        school=[line for group in whole for line in group.lines if line.place and line.place <= LEADERS][: LEADERS + 2],
        grades=[line for group in grades for line in group.lines if line.place == 1],
        classes=len(classes),
    )
