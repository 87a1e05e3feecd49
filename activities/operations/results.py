"""Prizes of an activity, who gets them, and their publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Entry, Prize, Result
from activities.operations.entries import locked_activity
from activities.operations.winners import honour_result, take_honour_back
from activities.queries.judging import ranked_works, works_scored
from activities.rules.prizes import PlacesOf, proposed
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

UNSCORED = Problem("works_unscored", _("Some works have no score of any judge yet."))
MISSING = Problem("scores_missing", _("Some judges have not scored every work."), overridable=True)
NO_PRIZES = Problem("no_prizes", _("Say first which prizes there are, and how many of each."))
NO_PLACE = Problem("no_place_left", _("All places of this prize are given."))
HAS_ONE = Problem("has_prize", _("There is a prize already: take that back first."))
NOT_IN = Problem("work_not_in", _("This work takes no part any more."))
NO_REASON = Problem("no_reason", _("Say why: it is given by hand."), field="reason")
PUBLISHED = Problem("published", _("The results are published: change single prizes, with a reason."))
NO_RESULTS = Problem("no_results", _("Nobody has a prize yet."))
STILL_USED = Problem("prize_given", _("%(name)s is given already: take it back before removing the prize."))


@dataclass(frozen=True)
class Winner:
    """Who or what gets a prize: a work, or without works a person, a class or a group; one of the four."""

    entry_id: int | None = None
    reader_id: int | None = None
    class_id: int | None = None
    group_id: int | None = None


def save_prizes(
    *, activity_id: int, prizes: Sequence[tuple[str, int | None]], by: User, address: str | None = None
) -> None:  # fmt: skip
    """Puts the prizes of an activity in this order: (name, how many). Refuses to drop one that is given already, and
    to leave fewer places than are given."""
    with act("save_prizes", by=by, address=address):
        locked_activity(activity_id)
        old = {prize.name: prize for prize in Prize.objects.filter(activity=activity_id)}
        for position, (name, places) in enumerate(prizes, start=1):
            prize = old.pop(name, None) or Prize(activity_id=activity_id, name=name)
            prize.position, prize.places = position, places
            if prize.pk and places is not None and prize.results.count() > places:
                raise Refused([NO_PLACE])
            prize.save()
        for prize in old.values():
            if prize.results.exists():
                raise Refused([Problem(STILL_USED.code, STILL_USED.message % {"name": prize.name})])
            prize.delete()


def deal_prizes(
    *, activity_id: int, by: User, although_missing: bool = False, address: str | None = None
) -> list[int]:  # fmt: skip
    """Gives the prizes by the means of the scores, in the place of those dealt before; those given by hand stay.

    Works that share a mean across the end of a prize are left to people: their keys are the answer. Refused while
    works have no score, without prizes, once the results are published, and while judges have left works out unless
    `although_missing`.
    """
    with act("deal_prizes", by=by, address=address):
        activity = locked_activity(activity_id)
        _require_open(activity)
        prizes = list(Prize.objects.filter(activity=activity).order_by("position", "pk"))
        works = works_scored(activity_id)
        problems = _not_ready(prizes, [work.missing for work in works], [work.scores for work in works])
        if standing := [row for row in problems if not (although_missing and row.overridable)]:
            raise Refused(standing)
        Result.objects.filter(activity=activity, entry__isnull=False, reason="").delete()
        return _dealt(activity, prizes, by)


def _dealt(activity: Activity, prizes: list[Prize], by: User) -> list[int]:
    by_hand = Result.objects.filter(activity=activity)
    taken = {prize.pk: by_hand.filter(prize=prize).count() for prize in prizes}
    decided = set(by_hand.filter(entry__isnull=False).values_list("entry_id", flat=True))
    ranked = [row for row in ranked_works(activity.pk) if row.scored.entry_id not in decided]
    places = [PlacesOf(prize.pk, max((prize.places or 0) - taken[prize.pk], 0)) for prize in prizes]
    proposal = proposed(ranked, places)
    means = {row.scored.entry_id: row.scored.mean for row in ranked}
    entries = Entry.objects.in_bulk(proposal.given)
    Result.objects.bulk_create(
        Result(
            activity=activity, prize_id=prize_id, entry_id=pk, mean=means[pk], by=by,
            reader_id=entries[pk].reader_id, school_class_id=entries[pk].school_class_id,
            group_id=entries[pk].group_id,
        )
        for pk, prize_id in proposal.given.items()
    )  # fmt: skip
    return proposal.undecided


def give_prize(
    *, activity_id: int, prize_id: int, winner: Winner, reason: str, by: User, at: datetime,
    address: str | None = None,
) -> Result:  # fmt: skip
    """Gives a prize by hand: a tie settled, a work that deserves it, a storyteller without a work.

    Of a work it takes a reason. Refused where all places are given, and for whoever has a prize. Once the results
    are published the certificate follows at once.
    """
    with act("give_prize", by=by, address=address):
        activity = locked_activity(activity_id)
        prize = Prize.objects.get(pk=prize_id, activity=activity)
        if winner.entry_id and not reason:
            raise Refused([NO_REASON])
        if prize.places is not None and prize.results.count() >= prize.places:
            raise Refused([NO_PLACE])
        if _has_one(activity, winner):
            raise Refused([HAS_ONE])
        result = _result(activity, prize, winner, reason, by)
        if activity.results_at is not None:
            honour_result(result, by=by, at=at)
        return result


def take_prize(*, result_id: int, reason: str, by: User, at: datetime, address: str | None = None) -> None:
    """Takes a prize back; twice is once. After publication that needs a reason, and its certificate goes too."""
    with act("take_prize", by=by, address=address):
        found = Result.objects.only("activity_id").filter(pk=result_id).first()
        if found is None:
            return
        activity = locked_activity(found.activity_id)
        result = Result.objects.filter(pk=result_id).first()
        if result is None:  # somebody took it back while this waited
            return
        if activity.results_at is not None:
            if not reason:
                raise Refused([NO_REASON])
            take_honour_back(result, reason=reason, by=by, at=at)
        result.delete()


def publish_results(*, activity_id: int, by: User, at: datetime, address: str | None = None) -> int:
    """Shows the results to everybody and enters each in the register of honours; scores no longer change.

    Answers with the number of prizes. Refused without any, and a second time.
    """
    with act("publish_results", by=by, address=address):
        activity = locked_activity(activity_id)
        _require_open(activity)
        results = list(Result.objects.filter(activity=activity).order_by("prize__position", "pk"))
        if not results:
            raise Refused([NO_RESULTS])
        activity.results_at = at
        activity.save(update_fields=["results_at"])
        for result in results:
            honour_result(result, by=by, at=at)
        return len(results)


def _require_open(activity: Activity) -> None:
    if activity.results_at is not None:
        raise Refused([PUBLISHED])


def _not_ready(
    prizes: Sequence[Prize], missing: Sequence[object], scores: Sequence[object]
) -> list[Problem]:  # fmt: skip
    problems = [] if prizes else [NO_PRIZES]
    if not all(scores):
        problems.append(UNSCORED)
    return [*problems, MISSING] if any(missing) else problems


def _has_one(activity: Activity, winner: Winner) -> bool:
    rows = Result.objects.filter(activity=activity)
    if winner.entry_id:
        return rows.filter(entry=winner.entry_id).exists()
    rows = rows.filter(entry=None)
    if winner.reader_id:
        return rows.filter(reader=winner.reader_id).exists()
    if winner.group_id:
        return rows.filter(group=winner.group_id).exists()
    return rows.filter(school_class=winner.class_id, group=None, reader=None).exists()


def _result(activity: Activity, prize: Prize, winner: Winner, reason: str, by: User) -> Result:
    result = Result(activity=activity, prize=prize, reason=reason, by=by)
    if winner.entry_id is None:
        result.reader_id, result.school_class_id = winner.reader_id, winner.class_id
        result.group_id = winner.group_id
    else:
        entry = Entry.objects.get(pk=winner.entry_id, activity=activity)
        if entry.state != Entry.State.HANDED_IN:
            raise Refused([NOT_IN])
        result.entry, result.reader_id, result.school_class_id = entry, entry.reader_id, entry.school_class_id
        result.group_id = entry.group_id
        scored = next((work for work in works_scored(activity.pk) if work.entry_id == entry.pk), None)
        result.mean = scored.mean if scored else None
    result.save()
    return result
