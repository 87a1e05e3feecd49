"""Judging: who judges, how far they are, the works as judges see them, and what their scores say."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from activities.models import Activity, Entry, Judge, Score
from activities.rules.prizes import Ranked, Scored, ranking
from library_site.models import User


@dataclass(frozen=True)
class JudgeRow:
    """A judge with how many works have a score, and the mean of those given: it tells who is strict."""

    judge: Judge
    done: int
    total: int
    mean: Decimal | None


@dataclass(frozen=True)
class ToJudge:
    """The works of an activity as one judge goes through them; `own` are the scores given, by number."""

    activity: Activity
    judge: Judge
    numbers: list[int]
    own: dict[int, Score] = field(default_factory=dict)

    @property
    def left(self) -> list[int]:
        return [number for number in self.numbers if number not in self.own]

    def beside(self, number: int, step: int) -> int | None:
        """The number before or behind this one."""
        at = self.numbers.index(number) + step
        return self.numbers[at] if 0 <= at < len(self.numbers) else None

    def next_left(self, number: int) -> int | None:
        """The next other work without a score, beginning anew at the end."""
        left = [other for other in self.left if other != number]
        return next((other for other in left if other > number), left[0] if left else None)


def judges(activity_id: int) -> QuerySet[Judge]:
    """Those who judge now."""
    rows = Judge.objects.filter(activity=activity_id, removed_at=None)
    return rows.select_related("account").order_by("account__name", "pk")


def judge_rows(activity_id: int) -> list[JudgeRow]:
    """The judges with how far they are. Three statements."""
    total = in_judging(activity_id).count()
    given: dict[int, list[Decimal]] = defaultdict(list)
    rows = Score.objects.filter(entry__activity=activity_id, entry__state="handed_in")
    for judge_id, value in rows.values_list("judge_id", "value"):
        given[judge_id].append(value)
    return [JudgeRow(judge, len(given[judge.pk]), total, _mean(given[judge.pk])) for judge in judges(activity_id)]


def _mean(values: list[Decimal]) -> Decimal | None:
    return round(sum(values, Decimal(0)) / len(values), 2) if values else None


def may_be_judges(activity_id: int) -> list[User]:
    """Accounts that can be named as judges and are not."""
    rows = User.objects.filter(is_active=True, roles__overlap=["teacher", "librarian", "principal"])
    now = judges(activity_id).values("account")
    return list(rows.exclude(pk__in=now).order_by("name", "pk"))


def judged_by(account_id: int) -> QuerySet[Judge]:
    """The activities that an account judges, the newest first, with how many works there are and are scored."""
    rows = Judge.objects.filter(account=account_id, removed_at=None, activity__takes_entries=True)
    works = Count("activity__entries", filter=Q(activity__entries__state="handed_in"), distinct=True)
    done = Count("scores", filter=Q(scores__entry__state="handed_in"), distinct=True)
    rows = rows.exclude(activity__state="cancelled").select_related("activity__kind")
    return rows.annotate(works=works, done=done).order_by("-activity__starts_on", "-activity_id")


def in_judging(activity_id: int) -> QuerySet[Entry]:
    """The works that are judged, by number."""
    return Entry.objects.filter(activity=activity_id, state=Entry.State.HANDED_IN).order_by("number")


def to_judge(activity: Activity, judge: Judge) -> ToJudge:
    """All works of the activity for this judge. Two statements."""
    numbers = list(in_judging(activity.pk).values_list("number", flat=True))
    own = Score.objects.filter(judge=judge, entry__state="handed_in").select_related("entry")
    return ToJudge(activity, judge, numbers, {score.entry.number: score for score in own})


def works_scored(activity_id: int) -> list[Scored]:
    """Every work in judging with the scores of those who judge now. Three statements."""
    names = set(judges(activity_id).values_list("pk", flat=True))
    found: dict[int, dict[int, Decimal]] = {pk: {} for pk in in_judging(activity_id).values_list("pk", flat=True)}
    rows = Score.objects.filter(entry__activity=activity_id, entry__state="handed_in", judge__in=names)
    for entry_id, judge_id, value in rows.values_list("entry_id", "judge_id", "value"):
        found[entry_id][judge_id] = value
    return [Scored(pk, scores, names - scores.keys()) for pk, scores in found.items()]


def ranked_works(activity_id: int) -> list[Ranked]:
    """The works by their means, the highest first."""
    return ranking(works_scored(activity_id))
