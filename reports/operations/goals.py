"""Setting goals and ending them, and the definitions that schools vary."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from reports.models import Goal, ReportOptions
from reports.rules.catalogue import CATALOGUE
from reports.rules.goals import BY_GRADES

NO_FIGURE = Problem("no_such_figure", _("There is no goal for this figure."), field="figure")
PERIOD = Problem("goal_period", _("This figure has no goal for that period."), field="per")
GRADES = Problem("goal_grades", _("This figure is known for the whole school only."), field="first")
AT_ONCE = Problem("goal_unique", _("Somebody else has just set this goal."))


@dataclass(frozen=True)
class GoalTerms:
    """What a goal is about: two goals with the same terms follow each other by school year."""

    figure: str
    variant: str = ""
    per: str = Goal.Per.SEMESTER
    stage: str = ""
    from_position: int | None = None
    to_position: int | None = None


def set_goal(
    *, terms: GoalTerms, target: Decimal, from_year: int, note: str, by: User | None, address: str | None = None
) -> Goal:
    """Sets a goal from a school year on; one of the same terms that begins in that year is changed, older ones stay.

    Refused where the figure has no goal for that period, or is not known by grades.
    """
    _require(terms)
    try:
        with act("set_goal", by=by, address=address):
            return _write(terms, from_year, target=target, note=note)
    except IntegrityError as error:  # of two who set the same goal at once, the second is told
        raise Refused([AT_ONCE]) from error


def end_goal(*, goal_id: int, from_year: int, by: User | None, address: str | None = None) -> None:
    """From a school year on there is no goal of these terms; reports of earlier years keep it."""
    with act("end_goal", by=by, address=address):
        goal = Goal.objects.select_for_update(no_key=True).get(pk=goal_id)
        terms = GoalTerms(**{name: getattr(goal, name) for name in asdict(GoalTerms(figure=""))})
        _write(terms, max(from_year, goal.from_year), target=None, note="")


def change_report_options(*, values: Mapping[str, Any], by: User | None, address: str | None = None) -> None:
    """Writes the named definitions into the one row, which is made at the first change."""
    with act("change_report_options", by=by, address=address):
        options = ReportOptions.objects.select_for_update().first() or ReportOptions(pk=1)
        for name, value in values.items():
            setattr(options, name, value)
        options.save()


def _require(terms: GoalTerms) -> None:
    spec = CATALOGUE.get(terms.figure)
    if spec is None or not spec.per or terms.variant not in (spec.variants or {"": ""}):
        raise Refused([NO_FIGURE])
    if terms.per not in spec.per:
        raise Refused([PERIOD])
    if terms.stage and terms.figure not in BY_GRADES:
        raise Refused([GRADES])


def _write(terms: GoalTerms, from_year: int, **values: Any) -> Goal:
    goal = Goal.objects.select_for_update(no_key=True).filter(**asdict(terms), from_year=from_year).first()
    goal = goal or Goal(**asdict(terms), from_year=from_year)
    for name, value in values.items():
        setattr(goal, name, value)
    goal.save()
    return goal
