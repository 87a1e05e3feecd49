"""Whether somebody may register for an activity, and whether there is room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from library_site.shared.problems import Problem

NOT_OPEN = Problem("registration_not_open", _("Nobody registers for this activity now."))
NOT_INVITED = Problem("not_invited", _("This activity is for others."))
FULL = Problem("activity_full", _("There are no places left."))


@dataclass(frozen=True)
class Taken:
    """People registered: in all, and by class."""

    people: int = 0
    by_class: Mapping[int | None, int] = field(default_factory=dict)


def open_problems(activity: Activity, by_what: str, today: date) -> list[Problem]:
    """Registration is open from publishing until its last day, and only in the way that the activity asks for.

    After the last day a slip of paper that came late can still be entered by whoever may edit (`overridable`).
    """
    if activity.state != Activity.State.PUBLISHED or activity.registration != by_what:
        return [NOT_OPEN]
    last = activity.register_until or activity.ends_on
    return [_over(last)] if today > last else []


def _over(last: date) -> Problem:
    text = _("Registration ended on %(day)s.") % {"day": date_format(last, "SHORT_DATE_FORMAT")}
    return Problem("registration_over", text, overridable=True)


def room_problems(
    activity: Activity, taken: Taken, wanted: Mapping[int | None, int], names: Mapping[int, str]
) -> list[Problem]:
    """Whether so many more people find room: `wanted` and `taken` by class. `names` are those of the classes."""
    more = sum(wanted.values())
    if activity.most is not None and more > 0 and taken.people + more > activity.most:
        return [_left(activity.most - taken.people)]
    return [
        _class_full(names.get(one or 0, ""), activity.most_per_class)
        for one, number in wanted.items()
        if number > 0 and activity.most_per_class is not None
        and taken.by_class.get(one, 0) + number > activity.most_per_class
    ]  # fmt: skip


def _left(places: int) -> Problem:
    if places <= 0:
        return FULL
    return Problem("activity_full", _("Only %(number)d places are left.") % {"number": places})


def _class_full(name: str, most: int) -> Problem:
    text = _("%(class_name)s may send %(number)d at most.") % {"class_name": name, "number": most}
    return Problem("class_full", text)
