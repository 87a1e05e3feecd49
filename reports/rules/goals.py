"""Goals: for which figures, periods and grades they can be, and why one cannot be reached with what the library has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from library_site.shared.figures import ratio
from readers.rules.naming import GradeNames
from reports.models import Goal, ReportOptions
from reports.rules.catalogue import CATALOGUE
from reports.rules.numbers import written

Per = Goal.Per
Rate = ReportOptions.CirculationRate

# Figures that are known class by class, so that a goal may be for some grades only.
BY_GRADES = frozenset(
    {
        "books_per_student",
        "borrowing_rate",
        "loans_per_student_month",
        "card_coverage",
        "visits_per_student",
        "student_loans",
        "borrowers",
    }
)
# Shares of a whole: more than all of it there is not.
SHARES = frozenset({"borrowing_rate", "weekly_borrowing_rate", "card_coverage", "utilisation"})
# Days in which books go round: twenty weeks of teaching a semester.
DAYS = {Per.WEEK.value: 7, Per.MONTH.value: 30, Per.SEMESTER.value: 140, Per.YEAR.value: 280}
# The most that published work plans of schools ask of a student in a semester.
MOST_BOOKS = Decimal(12)


@dataclass(frozen=True)
class Means:
    """What the library has today: pupils by grade (stage, position), copies, and the rule of lending to pupils.

    `books_goals` are the goals for books per student of the whole school, by period.
    """

    students: Mapping[tuple[str, int], int]
    circulating_copies: int
    copies_held: int
    loan_days: int | None = None
    max_loans: int | None = None
    books_goals: Mapping[str, Decimal] = field(default_factory=dict)

    def students_of(self, goal: Goal) -> int:
        """The pupils of the grades that a goal is for."""
        return sum(number for (stage, position), number in self.students.items() if covers(goal, stage, position))


def covers(goal: Goal, stage: str, position: int) -> bool:
    """Whether a goal is for the grade that is the nth of a stage."""
    if goal.stage and goal.stage != stage:
        return False
    return goal.from_position is None or goal.from_position <= position <= (goal.to_position or 0)


def grades_of(goal: Goal, names: GradeNames) -> str:
    """The grades in words; empty for the whole school."""
    if not goal.stage:
        return ""
    if goal.from_position is None:
        return str(goal.get_stage_display())
    first, last = (names.get((goal.stage, place or 0), str(place)) for place in (goal.from_position, goal.to_position))
    if first == last:
        return _("Grade %(grade)s") % {"grade": first}
    return _("Grades %(first)s to %(last)s") % {"first": first, "last": last}


def words_of(goal: Goal, names: GradeNames) -> str:
    """For how long and for whom: "a semester, Grades 3 to 5"."""
    parts = [str(goal.get_per_display()), grades_of(goal, names)]
    return pgettext("between words", ", ").join(part for part in parts if part)


def unreachable(goal: Goal, means: Means) -> list[str]:
    """Why a goal is out of reach, each reason with its sum in words; empty where nothing speaks against it."""
    if goal.target is None or not means.students_of(goal):
        return []
    reasons = [
        _more_than_all(goal),
        _too_few_turns(goal, means),
        _lending_rule(goal, means),
        _too_many_books(goal, means),
    ]
    return [text for text in [*reasons, _copies_missing(goal, means)] if text]


def _more_than_all(goal: Goal) -> str:
    is_share = goal.figure in SHARES or (goal.figure, goal.variant) == ("circulation_rate", Rate.COPIES_LENT)
    if is_share and _target(goal) > 100:
        return _("This figure cannot be more than 100%.")
    return ""


def _copies_missing(goal: Goal, means: Means) -> str:
    missing = _target(goal) * means.students_of(goal) - means.copies_held
    if goal.figure != "holdings_per_student" or missing <= 0:
        return ""
    return _("%(target)s books for each of %(students)s students are %(missing)s more than the %(held)s held.") % {
        "target": written(goal.target),
        "students": written(means.students_of(goal), whole=True),
        "missing": written(missing, whole=True),
        "held": written(means.copies_held, whole=True),
    }


def _too_few_turns(goal: Goal, means: Means) -> str:
    """Loans that the books cannot give though they were out all the time."""
    needed = _loans_needed(goal, means)
    if needed is None or not means.loan_days:
        return ""
    turns = turns_in(goal.per, means.loan_days)
    most = means.circulating_copies * turns
    if needed <= most:
        return ""
    return _(
        "It takes %(needed)s loans. %(copies)s copies, each lent for %(days)s days and out all the time, give %(most)s."
    ) % {
        "needed": written(needed, whole=True),
        "copies": written(means.circulating_copies, whole=True),
        "days": means.loan_days,
        "most": written(most, whole=True),
    }


def _lending_rule(goal: Goal, means: Means) -> str:
    """Books per student that the loan rule does not allow."""
    each = _books_each(goal, means)
    if each is None or not means.loan_days or means.max_loans is None:
        return ""
    most = means.max_loans * turns_in(goal.per, means.loan_days)
    if each <= most:
        return ""
    return _(
        "It takes %(each)s books per student. Lending %(books)s at a time for %(days)s days allows about %(most)s."
    ) % {"each": written(each), "books": means.max_loans, "days": means.loan_days, "most": most}


def _too_many_books(goal: Goal, means: Means) -> str:
    """A circulation rate by copies that no usual reading reaches: the more books there are, the lower it is."""
    each = _books_each(goal, means)
    if goal.figure != "circulation_rate" or goal.variant == Rate.BY_BORROWERS or each is None:
        return ""
    own = means.books_goals.get(goal.per)
    usual = own if own is not None else MOST_BOOKS * DAYS[goal.per] / DAYS[Per.SEMESTER]
    if each <= usual:
        return ""
    students = means.students_of(goal)
    sums = {
        "target": written(goal.target, unit="%"),
        "copies": written(means.circulating_copies, whole=True),
        "students": written(students, whole=True),
        "each": written(each),
        "usual": written(usual),
        "rate": written(ratio(int(usual * students), means.circulating_copies, percent=True), unit="%"),
    }
    said = _("%(target)s of %(copies)s copies to lend are %(each)s books for each of %(students)s students.") % sums
    if own is not None:
        return said + " " + _("With the goal of %(usual)s books per student it would be %(rate)s.") % sums
    return said + " " + _("With %(usual)s, the most that schools plan, it would be %(rate)s.") % sums


def _books_each(goal: Goal, means: Means) -> Decimal | None:
    """How many books each student would have to borrow in the goal's period."""
    if goal.figure == "books_per_student" or (goal.figure, goal.variant) == ("circulation_rate", Rate.BY_BORROWERS):
        return _target(goal)
    needed = _loans_needed(goal, means)
    return None if needed is None else needed / means.students_of(goal)


def _loans_needed(goal: Goal, means: Means) -> Decimal | None:
    """How many loans a goal takes; None where it is not about loans."""
    if goal.figure == "books_per_student":
        return _target(goal) * means.students_of(goal)
    if goal.figure in ("circulation_rate", "utilisation") and goal.variant != Rate.BY_BORROWERS:
        return (_target(goal) * means.circulating_copies / 100).to_integral_value(ROUND_FLOOR)
    if goal.figure in ("student_loans", "all_loans"):
        return _target(goal)
    return None


def turns_in(per: str, loan_days: int) -> int:
    """How often a book can go out in a period, at least once."""
    return max(1, DAYS[per] // loan_days)


def _target(goal: Goal) -> Decimal:
    return Decimal(goal.target or 0)


def formula_of(goal: Goal) -> Any:
    """The formula that a goal is tied to, in words."""
    spec = CATALOGUE.get(goal.figure)
    return spec.formula_of(goal.variant) if spec else ""
