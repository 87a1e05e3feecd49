"""The prizes of a quiz, by points."""

from dataclasses import dataclass
from decimal import Decimal

from activities.models import Attempt, Prize, Quiz, Result
from activities.operations.entries import locked_activity
from activities.operations.results import NO_PRIZES, PUBLISHED
from activities.rules.prizes import PlacesOf, Proposal, Scored, proposed, ranking
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Refused


@dataclass(frozen=True)
class QuizPrizes:
    """Who would get which prize by points: {attempt: prize}, and attempts that are level where a prize ends."""

    attempts: dict[int, Attempt]
    proposal: Proposal


def propose_by_points(quiz: Quiz) -> QuizPrizes:
    """The prizes of the activity dealt from the most points down; what was given by hand stays."""
    prizes = list(Prize.objects.filter(activity=quiz.activity_id).order_by("position", "pk"))
    held = list(Result.objects.filter(activity=quiz.activity_id).exclude(reason="", mean__isnull=False))
    done = Attempt.objects.filter(quiz=quiz, handed_in_at__isnull=False, reader__isnull=False).select_related("reader")
    attempts = {row.pk: row for row in done.exclude(reader__in=[row.reader_id for row in held if row.reader_id])}
    ranked = ranking(Scored(pk, {0: Decimal(row.points or 0)}) for pk, row in attempts.items())
    taken = [row.prize_id for row in held]
    places = [PlacesOf(row.pk, max((row.places or 0) - taken.count(row.pk), 0)) for row in prizes]
    return QuizPrizes(attempts, proposed(ranked, places))


def deal_by_points(*, quiz_id: int, by: User, address: str | None = None) -> QuizPrizes:
    """Gives the prizes as proposed, in the place of those dealt before; those given by hand stay.

    Refused without prizes, and once the results are published.
    """
    with act("deal_by_points", by=by, address=address):
        quiz = Quiz.objects.get(pk=quiz_id)
        activity = locked_activity(quiz.activity_id)
        if activity.results_at is not None:
            raise Refused([PUBLISHED])
        if not Prize.objects.filter(activity=activity).exists():
            raise Refused([NO_PRIZES])
        Result.objects.filter(activity=activity, entry=None, reason="", mean__isnull=False).delete()
        found = propose_by_points(quiz)
        Result.objects.bulk_create(
            Result(
                activity=activity, prize_id=prize, reader_id=found.attempts[pk].reader_id, by=by,
                school_class_id=found.attempts[pk].school_class_id, mean=Decimal(found.attempts[pk].points or 0),
            )
            for pk, prize in found.proposal.given.items()
        )  # fmt: skip
        return found
