"""Judges are named, give scores, and are taken off again."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from activities.models import Judge, Score
from activities.operations.entries import locked_activity, locked_entry
from activities.rules.entries import score_problems
from library_site.audit import act
from library_site.models import Role, User
from library_site.shared.problems import Problem, Refused

MAY_JUDGE = (Role.TEACHER, Role.LIBRARIAN, Role.PRINCIPAL)
NO_JUDGE = Problem("no_judge", _("You are not a judge of this activity."))
NOT_ABLE = Problem("cannot_judge", _("Only teachers, librarians and the principal judge."))


def name_judge(*, activity_id: int, account_id: int, by: User, address: str | None = None) -> Judge:
    """Makes an account a judge of the activity; one that was taken off judges again, with the scores of then."""
    with act("name_judge", by=by, address=address):
        locked_activity(activity_id)
        account = User.objects.get(pk=account_id)
        if not account.has_role(*MAY_JUDGE) or not account.is_active:
            raise Refused([NOT_ABLE])
        judge, _made = Judge.objects.update_or_create(
            activity_id=activity_id, account=account, defaults={"removed_at": None}
        )
        return judge


def remove_judge(*, activity_id: int, judge_id: int, by: User, at: datetime, address: str | None = None) -> None:
    """Takes a judge off: the scores stay on record and no longer count."""
    with act("remove_judge", by=by, address=address):
        locked_activity(activity_id)
        Judge.objects.filter(pk=judge_id, activity=activity_id, removed_at=None).update(removed_at=at)


def give_score(*, entry_id: int, value: Decimal, note: str = "", by: User, at: datetime) -> Score:
    """Keeps the judge's score of a work in the place of an earlier one.

    Refuses who is no judge of the activity, a score off its scale, a work that takes no part any more, and everything
    once the results are published.
    """
    with act("give_score", by=by):
        entry = locked_entry(entry_id)
        entry.activity = activity = locked_activity(entry.activity_id)
        judge = Judge.objects.filter(activity=activity, account=by, removed_at=None).first()
        if judge is None:
            raise Refused([NO_JUDGE])
        if problems := score_problems(value, activity=activity, entry=entry):
            raise Refused(problems)
        values = {"value": value, "note": note, "at": at}
        score, _made = Score.objects.update_or_create(entry=entry, judge=judge, defaults=values)
        return score
