"""Prizes by points: who would get which, and giving them; publication is the activity's own page of results."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from activities.models import Attempt, Prize, Quiz
from activities.operations.attempts import finish_overdue
from activities.operations.quiz_prizes import QuizPrizes, deal_by_points, propose_by_points
from activities.views.quizzes import quiz_edited
from library_site.http import SchoolRequest
from readers.queries.classes import class_names_then
from readers.views.told import address_of, done_or_told


@require_http_methods(["GET", "HEAD", "POST"])
def winners(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """Shows the prizes by points; gives them when told to."""
    quiz = quiz_edited(request, quiz_id)
    if request.method == "POST":
        return _dealt(request, quiz)
    finish_overdue(at=timezone.now(), quiz_id=quiz.pk)
    prizes = list(Prize.objects.filter(activity=quiz.activity_id).order_by("position", "pk"))
    found = propose_by_points(quiz)
    context = {"quiz": quiz, "prizes": prizes, **_lines(request, found, prizes)}
    return render(request, "activities/quizzes/winners.html", context)


def _lines(request: SchoolRequest, found: QuizPrizes, prizes: list[Prize]) -> dict[str, object]:
    names = {prize.pk: prize.name for prize in prizes}
    classes = class_names_then(request.reference, timezone.localdate())

    def line(attempt: Attempt, prize: str) -> tuple[str, str, Attempt]:
        return prize, classes.get(attempt.school_class_id or 0, ""), attempt

    given = [line(found.attempts[pk], names[prize]) for pk, prize in found.proposal.given.items()]
    return {"given": given, "undecided": [line(found.attempts[pk], "") for pk in found.proposal.undecided]}


def _dealt(request: SchoolRequest, quiz: Quiz) -> HttpResponse:
    made: list[QuizPrizes] = []
    by, address = request.user, address_of(request)
    if not done_or_told(request, lambda: made.append(deal_by_points(quiz_id=quiz.pk, by=by, address=address))):
        return redirect("quizzes:winners", quiz.pk)
    count = len(made[0].proposal.given)
    told = ngettext("%(count)d prize was given.", "%(count)d prizes were given.", count)
    messages.success(request, told % {"count": count})
    if made[0].proposal.undecided:
        messages.warning(request, _("Some are level where a prize ends: give these prizes by hand, with a reason."))
    return redirect("results:prizes", quiz.activity_id)
