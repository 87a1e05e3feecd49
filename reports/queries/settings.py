"""What the school has set for its reports: definitions, and goals as of a school year. Read once per process."""

from collections.abc import Iterable, Sequence

from library_site.shared.reference import Reference
from readers.models import Semester
from reports.models import Goal, ReportOptions

Key = tuple[str, str, str, str, int | None, int | None]


def _load_options() -> ReportOptions:
    return ReportOptions.objects.first() or ReportOptions(pk=1)


def _load_goals() -> list[Goal]:
    return list(Goal.objects.order_by("figure", "variant", "per", "stage", "from_position", "from_year"))


def report_options(reference: Reference) -> ReportOptions:
    """The definitions that schools vary; the defaults where the school has set none."""
    return reference.get(_load_options)


def all_goals(reference: Reference) -> list[Goal]:
    """Every goal that was ever set, past ones included."""
    return reference.get(_load_goals)


def goals_of(reference: Reference, semester: Semester) -> list[Goal]:
    """The goals that hold in the semester's school year; a goal that was ended has no target and is left out."""
    return [goal for goal in standing(all_goals(reference), semester.school_year.start_year) if goal.target is not None]


def standing(goals: Iterable[Goal], start_year: int) -> list[Goal]:
    """Of each figure, formula, period and grades the newest row that had begun in that school year."""
    newest: dict[Key, Goal] = {}
    for goal in sorted(goals, key=lambda goal: goal.from_year):
        if goal.from_year <= start_year:
            newest[key_of(goal)] = goal
    return list(newest.values())


def key_of(goal: Goal) -> Key:
    """What two goals must share for the newer to take the place of the older."""
    return goal.figure, goal.variant, goal.per, goal.stage, goal.from_position, goal.to_position


def goal_for(
    goals: Sequence[Goal], code: str, per: str = Goal.Per.SEMESTER, *, variant: str | None = None
) -> Goal | None:
    """The goal of the whole school for a figure and period; None where none is set. Without `variant`, any formula."""
    found = (goal for goal in goals if (goal.figure, goal.per, goal.stage) == (code, per, ""))
    return next((goal for goal in found if variant is None or goal.variant == variant), None)
