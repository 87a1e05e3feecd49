"""A quiz in the browser: what is open to oneself, answering it, and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.forms.quizzes import AnswersForm
from activities.models import Attempt
from activities.operations.attempts import begin, hand_in, save_answers
from activities.queries.papers import paper_of
from activities.queries.persons import Person, person_of
from activities.queries.quizzes import is_meant, opens, own_quizzes, until
from activities.queries.quizzes import quizzes as papers
from activities.rules.questions import as_letters
from activities.rules.quizzes import NOT_FOR_YOU, Line, in_order, is_right, total
from activities.views.people import keys_of
from activities.views.rights import may_see
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused


@require_safe
def own(request: SchoolRequest) -> HttpResponse:
    """Quizzes that are open to this person or coming, and those answered."""
    person = person_of(request.user, request.reference, timezone.localdate())
    rows = own_quizzes(person, timezone.now(), timezone.localdate()) if person else []
    return render(request, "activities/quizzes/own.html", {"person": person, "rows": rows, "now": timezone.now()})


@require_POST
def started(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """Begins a paper, or goes on with it; the time runs from the first beginning."""
    person, quiz = _person(request), get_object_or_404(papers(), pk=quiz_id)
    if not may_see(request, quiz.activity):
        raise Http404
    try:
        if not is_meant(quiz.activity, person):
            raise Refused([NOT_FOR_YOU])
        begin(quiz_id=quiz.pk, reader_id=person.reader.pk, school_class_id=person.class_id, at=timezone.now())
    except Refused as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem.message))
        return redirect("quizzes:own")
    return redirect("quizzes:take", quiz.pk)


@require_safe
def take(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """The questions with what was answered so far; once handed in, what came of it."""
    attempt, now = _attempt(request, quiz_id), timezone.now()
    quiz = attempt.quiz
    if attempt.handed_in_at is None and now >= until(attempt, quiz):
        attempt = hand_in(attempt_id=attempt.pk, answers=None, at=now)
    if attempt.handed_in_at is not None:
        return redirect("quizzes:result", quiz.pk)
    lines = in_order(paper_of(quiz.pk), attempt.seed, shuffles=quiz.shuffles)
    context = {
        "quiz": quiz,
        "lines": [(line, _options(line, attempt)) for line in lines],
        "left": int((until(attempt, quiz) - now).total_seconds()),
        "until": until(attempt, quiz),
    }
    return render(request, "activities/quizzes/take.html", context)


@require_POST
def save(request: SchoolRequest, quiz_id: int) -> JsonResponse:
    """Keeps what was answered so far, and says how many seconds are left by the server's clock."""
    attempt, form = _attempt(request, quiz_id), AnswersForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": [str(_("What was sent cannot be read."))]}, status=400)
    now = timezone.now()
    try:
        save_answers(attempt_id=attempt.pk, answers=form.cleaned_data["answers"], at=now)
    except Refused as refusal:
        return JsonResponse({"error": [str(problem.message) for problem in refusal.problems], "over": True}, status=400)
    return JsonResponse({"left": int((until(attempt, attempt.quiz) - now).total_seconds())})


@require_POST
def handed_in(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """Hands in the answers of the page; without a script they come as the form's own fields."""
    attempt, form = _attempt(request, quiz_id), AnswersForm(request.POST)
    answers = form.cleaned_data["answers"] if form.is_valid() else _of_fields(request)
    hand_in(attempt_id=attempt.pk, answers=answers, at=timezone.now())
    return redirect("quizzes:result", quiz_id)


@require_safe
def result(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """One's own points; the right answers once the quiz is closed, where its makers show them."""
    attempt = _attempt(request, quiz_id)
    if attempt.handed_in_at is None:
        return redirect("quizzes:take", quiz_id)
    paper, quiz = paper_of(quiz_id), attempt.quiz
    shows = quiz.shows_answers and not opens(quiz, timezone.now())
    context = {
        "quiz": quiz,
        "attempt": attempt,
        "points": total(paper),
        "right": sum(is_right(line, attempt.answers) for line in paper),
        "questions": len(paper),
        "lines": [_answered(line, attempt) for line in paper] if shows else [],
    }
    return render(request, "activities/quizzes/result.html", context)


def _answered(line: Line, attempt: Attempt) -> dict[str, Any]:
    given = attempt.answers.get(str(line.question_id), [])
    return {
        "line": line, "given": as_letters(given), "right": as_letters(line.right),
        "is_right": is_right(line, attempt.answers),
    }  # fmt: skip


def _options(line: Line, attempt: Attempt) -> list[tuple[int, str, bool]]:
    """(place, words, chosen); the words of right and wrong are the page's."""
    chosen = attempt.answers.get(str(line.question_id), [])
    words = line.options or ("", "")
    return [(place, text, place in chosen) for place, text in enumerate(words)]


def _of_fields(request: SchoolRequest) -> dict[str, list[int]]:
    fields = {name.removeprefix("q"): request.POST.getlist(name) for name in request.POST if name[1:].isdecimal()}
    return {name: sorted(keys_of(values)) for name, values in fields.items()}


def _person(request: SchoolRequest) -> Person:
    person = person_of(request.user, request.reference, timezone.localdate())
    if person is None:
        raise Http404
    return person


def _attempt(request: SchoolRequest, quiz_id: int) -> Attempt:
    """One's own attempt; 404 for whoever has not begun."""
    rows = Attempt.objects.select_related("quiz__activity").filter(reader__account=request.user)
    attempt: Attempt = get_object_or_404(rows, quiz=quiz_id)
    return attempt
