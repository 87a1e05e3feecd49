"""Activities: planned, changed, copied, published, cancelled, closed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityKind, Audience, Prize
from activities.rules.activities import STEPS, moved_dates, plan_problems, step_problems
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

WAS_PUBLISHED = Problem("was_published", _("It was published once: cancel it instead."))
IN_USE = Problem("activity_in_use", _("Something hangs on this plan: parts, registrations, works or lists."))
# What a plan says; the rest of an activity comes about by acts of its own.
COPIED = (
    "kind_id", "name", "hours", "place", "aims", "plan", "rules", "responsible_id", "responsible_words", "department",
    "registration", "most", "most_per_class", "takes_entries", "blind", "scale",
)  # fmt: skip
WHOM = ("stage", "from_position", "to_position", "category", "school_class_id")


@dataclass(frozen=True)
class Whom:
    """A row of an audience: grades (empty stage: the whole school), one class, or a category of grown-ups."""

    category: str = "student"
    stage: str = ""
    from_position: int | None = None
    to_position: int | None = None
    school_class_id: int | None = None


def save_activity(
    *, activity_id: int | None = None, values: Mapping[str, Any], whom: Sequence[Whom] | None = None,
    by: User | None, address: str | None = None,
) -> Activity:  # fmt: skip
    """Writes a plan and whom it is for; fields that are not named, and an audience of None, stay as they are.

    A kind for works always takes works.
    Refused (`Refused`) for a part outside its festival's days, for a festival within a festival, for another kind while
    it holds parts, and for registration after the last day.
    """
    with act("save_activity", by=by, address=address):
        activity = _locked(activity_id) if activity_id else Activity()
        for name, value in values.items():
            setattr(activity, name, value)
        _check(activity)
        activity.save()
        if whom is not None:
            _set_audience(activity, whom)
        return activity


def take_step(
    *, activity_id: int, step: str, at: datetime, with_parts: bool = False, by: User | None, address: str | None = None
) -> int:
    """Publishes, cancels, reopens an activity, or makes it a plan again; the days of publishing stay known.

    `with_parts` does the same to those of its parts that are in a state for it. Refused (`Refused`) where the activity
    is not. Returns how many activities changed.
    """
    with act(f"{step}_activity", by=by, address=address):
        activity = _locked(activity_id)
        if problems := step_problems(activity, step):
            raise Refused(problems)
        parts = Activity.objects.select_for_update(no_key=True).filter(parent=activity).order_by("pk")
        fitting = [part for part in parts if not step_problems(part, step)] if with_parts else []
        for row in (activity, *fitting):
            _step(row, step, at)
        return 1 + len(fitting)


def close_activity(
    *, activity_id: int, took_part: int | None, summary: str, over: bool, by: User | None, address: str | None = None
) -> None:
    """Writes the summary and how many took part; with `over` the activity is over from then on.

    Refused (`Refused`) for closing what was not published.
    """
    with act("close_activity" if over else "save_activity_summary", by=by, address=address):
        activity = _locked(activity_id)
        if over and (problems := step_problems(activity, "close")):
            raise Refused(problems)
        activity.took_part, activity.summary = took_part, summary
        if over:
            activity.state = Activity.State.OVER
        activity.save(update_fields=["took_part", "summary", "state"])


def copy_activity(
    *, activity_id: int, name: str, starts_on: date, whom: Sequence[Whom] | None = None, by: User | None,
    address: str | None = None,
) -> Activity:  # fmt: skip
    """A new plan like an old one, its days moved so that it begins on `starts_on`, with its parts and prizes.

    Neither registrations nor works, results or pictures are copied. `whom` None keeps the audience of grades; single
    classes are those of their year and stay behind. Refused (`Refused`) as `save_activity`.
    """
    with act("copy_activity", by=by, address=address):
        old = Activity.objects.select_related("kind").get(pk=activity_id)
        move = starts_on - old.starts_on
        new = _copied(old, parent_id=old.parent_id, name=name, **moved_dates(old, move))
        _check(new)
        new.save()
        _set_audience(new, _whom_of(old) if whom is None else whom)
        _copy_prizes(old, new)
        for part in Activity.objects.filter(parent=old).order_by("starts_on", "pk"):
            copy = _copied(part, parent_id=new.pk, **moved_dates(part, move))
            copy.save()
            _set_audience(copy, _whom_of(part))
            _copy_prizes(part, copy)
        return new


def delete_activity(*, activity_id: int, by: User | None, address: str | None = None) -> None:
    """Takes back a plan that nobody has seen. Refused (`Refused`) once published, and where something hangs on it."""
    try:
        with act("delete_activity", by=by, address=address):
            activity = _locked(activity_id)
            if activity.published_at is not None:
                raise Refused([WAS_PUBLISHED])
            Audience.objects.filter(activity=activity).delete()
            Prize.objects.filter(activity=activity).delete()
            activity.delete()
    except ProtectedError as error:
        raise Refused([IN_USE]) from error


def _locked(activity_id: int) -> Activity:
    return Activity.objects.select_for_update(no_key=True).get(pk=activity_id)


def _check(activity: Activity) -> None:
    if activity.kind.shape == ActivityKind.Shape.WORKS:
        activity.takes_entries = True
    parent = Activity.objects.select_related("kind").get(pk=activity.parent_id) if activity.parent_id else None
    has_parts = activity.pk is not None and Activity.objects.filter(parent=activity.pk).exists()
    if problems := plan_problems(activity, parent=parent, kind=activity.kind, has_parts=has_parts):
        raise Refused(problems)


def _step(activity: Activity, step: str, at: datetime) -> None:
    activity.state = STEPS[step][1]
    if step == "publish" and activity.published_at is None:
        activity.published_at = at
    activity.save(update_fields=["state", "published_at"])


def _set_audience(activity: Activity, whom: Iterable[Whom]) -> None:
    """Rows that stay as they are are not written anew: history shows what changed."""
    wanted = dict.fromkeys(whom)
    for row in Audience.objects.filter(activity=activity):
        known = Whom(**{name: getattr(row, name) for name in WHOM})
        if known in wanted:
            del wanted[known]
        else:
            row.delete()
    Audience.objects.bulk_create(Audience(activity=activity, **vars(row)) for row in wanted)


def _whom_of(activity: Activity) -> list[Whom]:
    rows = Audience.objects.filter(activity=activity, school_class=None).order_by("pk")
    return [Whom(**{name: getattr(row, name) for name in WHOM}) for row in rows]


def _copied(old: Activity, **fields: Any) -> Activity:
    return Activity(**({name: getattr(old, name) for name in COPIED} | fields))


def _copy_prizes(old: Activity, new: Activity) -> None:
    rows = Prize.objects.filter(activity=old).order_by("position", "pk")
    Prize.objects.bulk_create(
        Prize(activity=new, position=row.position, name=row.name, places=row.places) for row in rows
    )
