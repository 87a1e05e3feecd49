"""What the dashboard shows beside the figures themselves, counted by the functions of the reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.classes import classes_on, semesters
from reports.queries.class_table import CLASS, ClassRow, class_table, rows_of
from reports.queries.contest import MEASURES, ContestLine, contest_of
from reports.queries.facts import Facts
from reports.queries.periods import period_of, semester_before
from reports.queries.snapshots import snapshot_of
from reports.queries.trends import loans_by_week
from reports.rules.cards import FigureCard, GoalBeside
from reports.rules.figures import monday_of

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
    """A goal, with how far it is reached in per cent of it."""

    name: Any
    beside: GoalBeside
    percent: Decimal | None


def goal_lines(cards: Iterable[FigureCard]) -> list[GoalLine]:
    """Every goal of the semester, in the order of the report. No statement."""
    return [GoalLine(card.name, goal, _part(goal)) for card in cards for goal in card.goals]


def _part(goal: GoalBeside) -> Decimal | None:
    """How much of the goal is there, in whole per cent: nearly all is not all; for one that is reached, all of it."""
    if goal.value is None or not goal.target:
        return None
    if goal.is_reached:
        return Decimal(100)
    return min(goal.value * 100 / goal.target, Decimal(99)).quantize(Decimal(1), ROUND_FLOOR)


def week_lines(semester: Semester, *, reference: Reference, today: date) -> list[WeekLine]:
    """The semester, and to compare it with: the one before, and the same one of the year before. Known ones only."""
    compared = [semester, semester_before(reference, semester), _a_year_before(semester, reference)]
    lines = [_line(one, today) for one in compared if one is not None]
    return [lines[0], *(line for line in lines[1:] if line.is_known)]


def _line(semester: Semester, today: date) -> WeekLine:
    rows = loans_by_week(period_of(semester, today))
    over = [loans for monday, loans in rows if monday != monday_of(today)]
    running = [loans for _monday, loans in rows[len(over) :]]
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
