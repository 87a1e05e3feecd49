"""Reading challenges: planned, shown, and their badges granted as goals are reached."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import Badge, Challenge
from activities.queries.audience import classes_meant
from activities.queries.challenges import class_counts, counted_until, listed_titles, shown_challenges
from activities.queries.reading import readings
from activities.rules.challenges import Reading, is_of_classes, progress
from circulation.queries.visits import enrolment
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from library_site.shared.reference import Reference
from readers.queries.classes import NamedClass
from readers.queries.enrolment import enrolled_on

BADGES_GIVEN = Problem(
    "badges_given",
    _("Badges have been given by this goal."),
    _("Words, list and last day can be changed; for another goal begin a new challenge."),
)
WHOLE = Problem("whole_number", _("A pupil's goal is a whole number."), field="target")
FEW_BOOKS = Problem("few_books", _("The booklist has fewer books of the library than that."), field="target")
GOAL = ("goal", "target", "starts_on", "stage", "from_position", "to_position")
# Loans are keyed in from paper, and notes entered, some time after their day.
ENTERED_LATE = timedelta(days=30)


def save_challenge(*, challenge: Challenge, values: Mapping[str, Any], by: User | None) -> Challenge:
    """Writes a new challenge or changes one.

    Refused (`Refused`): a goal of pupils that is no whole number or more than its list holds; another goal, beginning
    or audience once badges were given.
    """
    with act("save_challenge", by=by):
        if challenge.pk:
            challenge = Challenge.objects.select_for_update(of=("self",), no_key=True).get(pk=challenge.pk)
        changed = {name for name, value in values.items() if getattr(challenge, name) != value}
        for name, value in values.items():
            setattr(challenge, name, value)
        _require_sound(challenge)
        if challenge.pk and changed & set(GOAL) and challenge.badges.exists():
            raise Refused([BADGES_GIVEN])
        challenge.save()
        return challenge


def show_challenge(*, challenge_id: int, is_shown: bool, by: User | None, at: datetime) -> Challenge:
    """Shows a challenge to whom it is for, or takes it off again; badges that were reached stay."""
    with act("show_challenge", by=by):
        challenge = Challenge.objects.select_for_update(of=("self",), no_key=True).get(pk=challenge_id)
        challenge.published_at = (challenge.published_at or at) if is_shown else None
        challenge.save(update_fields=["published_at"])
        return challenge


def drop_challenge(*, challenge_id: int, by: User | None) -> None:
    """Takes a challenge away altogether. Refused (`Refused`) once badges were given."""
    with act("drop_challenge", by=by):
        challenge = Challenge.objects.select_for_update(of=("self",)).get(pk=challenge_id)
        if challenge.badges.exists():
            raise Refused([BADGES_GIVEN])
        challenge.delete()


def give_badges(
    *, challenge: Challenge, reference: Reference, at: datetime, class_ids: Iterable[int] | None = None
) -> int:
    """Gives the badges that were reached by now, to pupils of these classes only unless None; returns how many.

    The day on a pupil's badge is the one on which the goal was reached, whenever this runs. Nobody gets a badge twice.
    """
    today = timezone.localdate(at)
    last = counted_until(challenge, today)
    wanted = set(class_ids) if class_ids is not None else None
    classes = [row for row in classes_meant(challenge, reference, last) if wanted is None or row.pk in wanted]
    rows = _class_badges(challenge, classes, last) if is_of_classes(challenge) else _badges(challenge, classes, last)
    if not rows:
        return 0
    with act("give_badges", by=None):
        before = challenge.badges.count()
        Badge.objects.bulk_create(rows, ignore_conflicts=True)
        return challenge.badges.count() - before


def give_all_badges(*, reference: Reference, at: datetime) -> int:
    """Gives the badges of every challenge that is on or ended in the last thirty days; returns how many."""
    today = timezone.localdate(at)
    rows = shown_challenges().filter(starts_on__lte=today, ends_on__gte=today - ENTERED_LATE)
    return sum(give_badges(challenge=row, reference=reference, at=at) for row in rows)


def _badges(challenge: Challenge, classes: list[NamedClass], last: date) -> list[Badge]:
    members = enrolled_on(last).filter(school_class__in=[row.pk for row in classes])
    have = set(challenge.badges.filter(is_class=False).values_list("reader_id", flat=True))
    class_of = {
        reader: key for reader, key in members.values_list("reader_id", "school_class_id") if reader not in have
    }
    listed = listed_titles([challenge]).get(challenge.book_list_id or 0, set())
    reading = readings(list(class_of), challenge.starts_on, challenge.ends_on) if class_of else {}
    reached = {key: progress(challenge, row or Reading(), listed).reached_on for key, row in reading.items()}
    return [
        Badge(challenge=challenge, reader_id=key, school_class_id=class_of[key], is_class=False, reached_on=day)
        for key, day in reached.items()
        if day is not None
    ]


def _class_badges(challenge: Challenge, classes: list[NamedClass], last: date) -> list[Badge]:
    have = set(challenge.badges.filter(is_class=True).values_list("school_class_id", flat=True))
    counts, pupils = class_counts(challenge, classes, last), enrolment(last)
    return [
        Badge(challenge=challenge, school_class_id=row.pk, is_class=True, reached_on=last)
        for row in classes
        if row.pk not in have and pupils.get(row.pk) and counts.get(row.pk, 0) >= challenge.target * pupils[row.pk]
    ]


def _require_sound(challenge: Challenge) -> None:
    if is_of_classes(challenge):
        return
    if challenge.target != int(challenge.target):
        raise Refused([WHOLE])
    if challenge.goal == Challenge.Goal.LIST:
        listed = listed_titles([challenge]).get(challenge.book_list_id or 0, set())
        if challenge.target > len(listed):
            raise Refused([FEW_BOOKS])
