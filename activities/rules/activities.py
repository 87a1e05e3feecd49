"""What may happen to an activity in which state, and what a plan must keep."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityKind
from library_site.shared.problems import Problem

State = Activity.State
# What each act begins with, and what it leads to.
STEPS: dict[str, tuple[frozenset[str], str]] = {
    "publish": (frozenset({State.DRAFT}), State.PUBLISHED),
    "cancel": (frozenset({State.DRAFT, State.PUBLISHED}), State.CANCELLED),
    "close": (frozenset({State.PUBLISHED, State.OVER}), State.OVER),
    "reopen": (frozenset({State.OVER}), State.PUBLISHED),
    "plan_again": (frozenset({State.PUBLISHED, State.CANCELLED}), State.DRAFT),
}
WRONG_STATE = Problem(
    "activity_state", _("Meanwhile somebody else changed the state of this activity."), _("Look at it again.")
)
NOT_A_FESTIVAL = Problem("parent_no_festival", _("Only a festival holds other activities."), field="parent")
PART_OF_A_PART = Problem("part_of_part", _("A part holds no parts of its own."), field="parent")
OUTSIDE_FESTIVAL = Problem("outside_festival", _("A part lies within the days of its festival."), field="ends_on")
HAS_PARTS = Problem("festival_has_parts", _("It holds other activities: its kind stays a festival."), field="kind")
LATE_REGISTRATION = Problem(
    "register_after_end", _("Registration ends on the last day at the latest."), field="register_until"
)


def step_problems(activity: Activity, step: str) -> list[Problem]:
    """Whether the activity is in a state that this step begins with."""
    return [] if activity.state in STEPS[step][0] else [WRONG_STATE]


def plan_problems(activity: Activity, *, parent: Activity | None, kind: ActivityKind, has_parts: bool) -> list[Problem]:
    """What a plan must not be: a part outside its festival, a festival within one, registration after the end."""
    found = []
    if parent is not None:
        found += _part_problems(activity, parent, has_parts)
    if has_parts and kind.shape != ActivityKind.Shape.FESTIVAL:
        found.append(HAS_PARTS)
    if activity.register_until and activity.register_until > activity.ends_on:
        found.append(LATE_REGISTRATION)
    return found


def _part_problems(activity: Activity, parent: Activity, has_parts: bool) -> list[Problem]:
    if parent.kind.shape != ActivityKind.Shape.FESTIVAL:
        return [NOT_A_FESTIVAL]
    if has_parts or parent.parent_id is not None:
        return [PART_OF_A_PART]
    within = parent.starts_on <= activity.starts_on and activity.ends_on <= parent.ends_on
    return [] if within else [OUTSIDE_FESTIVAL]


DATES = ("starts_on", "ends_on", "register_until", "entries_until")


def moved_dates(activity: Activity, by: timedelta) -> Mapping[str, Any]:
    """The days of a plan, each later by so much; those that were not set stay so."""
    days: dict[str, date | None] = {name: getattr(activity, name) for name in DATES}
    return {name: day + by if day else None for name, day in days.items()}
