"""What has been reached of the goals: each measured by its own formula, period and grades."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from library_site.shared.figures import ratio
from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.classes import NamedClass, classes_on, grade_names, semesters
from reports.models import Goal, ReportOptions
from reports.queries.facts import Facts, facts_of
from reports.queries.figures import FIGURES
from reports.queries.goal_means import rule_of_lending
from reports.queries.loans import first_loan_on
from reports.queries.semester_figures import ShownFigure
from reports.queries.settings import goals_of
from reports.queries.trends import by_month, first_visit_on
from reports.rules.cards import GoalBeside
from reports.rules.catalogue import CATALOGUE, FigureSpec
from reports.rules.figures import Period, monday_of
from reports.rules.goals import Means, covers, unreachable, words_of

Per = Goal.Per
# Figures of people: a person who borrowed in two months is counted in both, so months cannot be taken from the sum.
OF_PEOPLE = frozenset({"borrowing_rate", "borrowers"})
# Of these more time means more: a month's mean is the sum by the months.
GROWING = frozenset(
    {"books_per_student", "circulation_rate", "visits", "visits_per_student", "student_loans", "teacher_loans"}
    | {"all_loans", "corner_loans", "additions"}
)


@dataclass(frozen=True)
class Measured:
    """The facts of a semester, of its weeks that are over, and of its school year so far, that goals are measured by;
    `year_runs`: the second semester is still to come."""

    facts: Facts
    weeks: Facts | None
    year: Facts | None
    classes: Sequence[NamedClass]
    shown: Mapping[str, ShownFigure]
    year_runs: bool


def goals_beside(
    semester: Semester, facts: Facts, shown: Mapping[str, ShownFigure], *, reference: Reference, today: date
) -> dict[str, tuple[GoalBeside, ...]]:
    """{figure: its goals with what was reached}; in a semester that runs also why one is out of reach.

    A goal for the semester and the whole school is measured by what is `shown`: as entered, or as closed.

    Two more rounds of facts at most: in the second semester, where a goal is by school year; and where one is by week.
    """
    goals = goals_of(reference, semester)
    year = _year_so_far(semester, facts, goals, reference, today)
    weeks = _weeks_over(facts, goals, reference, today)
    measured = Measured(facts, weeks, year, classes_on(reference, semester.starts_on), shown, semester.number == 1)
    means = _means(measured, goals, reference, today) if facts.period.running else None
    found: dict[str, tuple[GoalBeside, ...]] = {}
    for goal in goals:
        spec = CATALOGUE.get(goal.figure)
        if spec is not None:
            beside = _beside(goal, spec, measured, reference, means)
            found[goal.figure] = (*found.get(goal.figure, ()), beside)
    return found


def reached(goal: Goal, measured: Measured) -> Decimal | None:
    """The value that a goal is about; None where it is not known."""
    shown = measured.shown.get(goal.figure)
    if shown and goal.per == Per.SEMESTER and not goal.stage and shown.variant == goal.variant:
        return shown.value
    facts = {Per.YEAR: measured.year, Per.WEEK: measured.weeks}.get(Per(goal.per), measured.facts)
    if facts is None or goal.figure not in FIGURES:
        return None
    own = of_grades(facts, goal, measured.classes) if goal.stage else facts
    own = replace(own, circulation_variant=goal.variant) if goal.variant else own
    if goal.per in (Per.SEMESTER, Per.YEAR):
        return _value(goal.figure, own)
    return _mean(goal, own)


def of_grades(facts: Facts, goal: Goal, classes: Iterable[NamedClass]) -> Facts:
    """The facts as if the school had the goal's grades only; what is not known by class stays that of the school."""
    keys = {row.pk for row in classes if covers(goal, row.stage, row.position)}
    own = [row for key, row in facts.classes.items() if key in keys]
    return replace(
        facts,
        students=sum(row.students for row in own),
        student_loans=sum(row.loans for row in own),
        borrowers=len(set().union(*(row.borrowers for row in own))),
        cards=sum(row.cards for row in own),
        student_visits=sum(row.visits for row in own),
        reading=facts.reading.of_classes(keys),
    )


def _value(code: str, facts: Facts) -> Decimal | None:
    figure = FIGURES[code](facts)
    return figure.value if figure else None


def _mean(goal: Goal, facts: Facts) -> Decimal | None:
    """The mean of the weeks or months with open days."""
    by_weeks = goal.per == Per.WEEK
    if goal.figure in OF_PEOPLE:
        return None if goal.stage else _mean_of_people(goal.figure, facts, by_weeks=by_weeks)
    parts = facts.weeks if by_weeks else facts.months
    figure = FIGURES[goal.figure](facts)
    is_growing = goal.figure in GROWING and goal.variant != ReportOptions.CirculationRate.COPIES_LENT
    if figure is None or not is_growing or not parts:
        return None
    return ratio(int(figure.numerator), (figure.denominator or 1) * parts, percent=figure.percent)


def _mean_of_people(code: str, facts: Facts, *, by_weeks: bool) -> Decimal | None:
    if not facts.loans_known:
        return None
    if by_weeks:
        people, parts = facts.week_borrowers, facts.weeks
    else:
        people, parts = sum(row.borrowers or 0 for row in by_month(facts.period)), facts.months
    if code == "borrowers":
        return ratio(people, parts)
    return ratio(people, facts.students * parts, percent=True)


def _weeks_over(facts: Facts, goals: Iterable[Goal], reference: Reference, today: date) -> Facts | None:
    """The facts without the week that still runs, which is not among the weeks of a mean; None in the first week."""
    period = facts.period
    if not period.running or not any(goal.per == Per.WEEK for goal in goals):
        return facts
    sunday = monday_of(period.until) - timedelta(days=1)
    if sunday < period.starts_on:
        return None
    return facts_of(Period(period.starts_on, sunday, sunday), reference=reference, today=today)


def _year_so_far(
    semester: Semester, facts: Facts, goals: Iterable[Goal], reference: Reference, today: date
) -> Facts | None:
    if not any(goal.per == Per.YEAR for goal in goals):
        return None
    begins = semester.school_year.starts_on
    if begins == facts.period.starts_on:
        return facts
    found = facts_of(Period(begins, semester.ends_on, facts.period.until), reference=reference, today=today)
    # A year whose first semester is on paper is known by halves only, and that is not known.
    own = [row for row in semesters(reference) if row.school_year_id == semester.school_year_id]
    first = min(own, key=lambda row: row.starts_on)
    return replace(
        found,
        loans_known=first_loan_on(first.ends_on) is not None,
        visits_known=first_visit_on(first.ends_on) is not None,
    )


def _means(measured: Measured, goals: Iterable[Goal], reference: Reference, today: date) -> Means:
    """As `reports.queries.goal_means.means_on`, from facts that are at hand. No statement."""
    facts = measured.facts
    students = {(row.stage, row.position): 0 for row in measured.classes}
    for row in measured.classes:
        if row.pk in facts.classes:
            students[row.stage, row.position] += facts.classes[row.pk].students
    rule = rule_of_lending(reference, today)
    return Means(
        students=students,
        circulating_copies=facts.circulating_copies,
        copies_held=facts.copies_held,
        loan_days=rule.loan_days if rule else None,
        max_loans=rule.max_loans if rule else None,
        books_goals={
            goal.per: goal.target
            for goal in goals
            if goal.figure == "books_per_student" and not goal.stage and goal.target is not None
        },
    )


def _beside(goal: Goal, spec: FigureSpec, measured: Measured, reference: Reference, means: Means | None) -> GoalBeside:
    value = reached(goal, measured)
    target = Decimal(goal.target or 0)
    enough = None if value is None else (value >= target if spec.higher_is_better else value <= target)
    return GoalBeside(
        words=words_of(goal, grade_names(reference)),
        target=target,
        value=value,
        is_reached=enough,
        is_running=measured.facts.period.running or (goal.per == Per.YEAR and measured.year_runs),
        unit="%" if spec.is_percent(goal.variant) else "",
        whole=spec.whole_number,
        warning=" ".join(unreachable(goal, means)) if means else "",
    )
