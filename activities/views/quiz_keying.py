"""Answers on paper keyed in, pupil after pupil; the points of a class."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.exports.quizzes import points_table
from activities.forms.quizzes import KeyedForm, PupilForm
from activities.models import Attempt, Quiz
from activities.operations.attempts import finish_overdue, key_in, take_back
from activities.queries.papers import paper_of
from activities.queries.persons import named_class
from activities.queries.quizzes import class_sheet, question_results
from activities.rules.quizzes import Line, is_right, keyed_again, total
from activities.views.quizzes import quiz_seen
from activities.views.rights import may_edit
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.queries.classes import NamedClass
from readers.queries.enrolment import enrolled_on
from readers.views.scope import require_class


@require_safe
def keying(request: SchoolRequest, quiz_id: int, class_id: int) -> HttpResponse:
    """A class before a paper: the pupils, what each answered, and boxes that take letters."""
    quiz, school_class = _class_of_quiz(request, quiz_id, class_id)
    sheet = class_sheet(quiz.pk, class_id, timezone.localdate())
    questions = [{"choices": line.choices, "several": line.takes_several} for line in sheet.paper]
    context = {"quiz": quiz, "school_class": school_class, "sheet": sheet, "questions": questions}
    return render(request, "activities/quizzes/key_in.html", context)


@require_POST
def keyed(request: SchoolRequest, quiz_id: int, class_id: int) -> JsonResponse:
    """Marks one pupil's letters at once: points, and which questions are right."""
    quiz, _school_class = _class_of_quiz(request, quiz_id, class_id)
    form = KeyedForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": [_("What was sent cannot be read.")]}, status=400)
    pupil = _pupil(class_id, form.cleaned_data["pupil"])
    try:
        attempt = key_in(
            quiz_id=quiz.pk, reader_id=pupil, school_class_id=class_id, keyed=form.cleaned_data["letters"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        told = [f"{problem.message} {problem.way_out}".strip() for problem in refusal.problems]
        return JsonResponse({"error": told}, status=400)
    return JsonResponse(_marked(paper_of(quiz.pk), attempt))


@require_POST
def taken_back(request: SchoolRequest, quiz_id: int, class_id: int) -> JsonResponse:
    """Takes back what was keyed in for the wrong pupil."""
    quiz, _school_class = _class_of_quiz(request, quiz_id, class_id)
    form = PupilForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": [_("What was sent cannot be read.")]}, status=400)
    try:
        take_back(quiz_id=quiz.pk, reader_id=_pupil(class_id, form.cleaned_data["pupil"]))
    except Refused as refusal:
        return JsonResponse({"error": [str(problem.message) for problem in refusal.problems]}, status=400)
    return JsonResponse({"points": None, "letters": [], "right": []})


@require_safe
def points(request: SchoolRequest, quiz_id: int, class_id: int) -> HttpResponse:
    """The points of a class, for its teacher and the librarian."""
    quiz, school_class = _class_of_quiz(request, quiz_id, class_id)
    finish_overdue(at=timezone.now(), quiz_id=quiz.pk)
    context = {
        "quiz": quiz,
        "school_class": school_class,
        "sheet": class_sheet(quiz.pk, class_id, timezone.localdate()),
    }
    return render(request, "activities/quizzes/points.html", context)


@require_safe
def export(request: SchoolRequest, quiz_id: int, class_id: int) -> FileResponse:
    """The points of a class as a file."""
    quiz, school_class = _class_of_quiz(request, quiz_id, class_id)
    lines = class_sheet(quiz.pk, class_id, timezone.localdate()).lines
    return download(request, points_table(lines, name=f"{quiz.name} {school_class.name}"))


@require_safe
def by_question(request: SchoolRequest, quiz_id: int) -> HttpResponse:
    """How each question was answered in the whole school, for who makes the questions."""
    quiz = quiz_seen(request, quiz_id)
    if not (may_edit(request, quiz.activity) or request.user.has_role(Role.PRINCIPAL)):
        raise Http404
    finish_overdue(at=timezone.now(), quiz_id=quiz.pk)
    return render(request, "activities/quizzes/by_question.html", {"quiz": quiz, "rows": question_results(quiz.pk)})


def _class_of_quiz(request: SchoolRequest, quiz_id: int, class_id: int) -> tuple[Quiz, NamedClass]:
    """The paper and a class; 404 for a class out of reach, unless one answers for the quiz."""
    quiz = quiz_seen(request, quiz_id)
    if not may_edit(request, quiz.activity):
        require_class(request, class_id)
    school_class = named_class(class_id, request.reference, timezone.localdate())
    if school_class is None:
        raise Http404
    return quiz, school_class


def _pupil(class_id: int, reader_id: int) -> int:
    """404 for a pupil of another class."""
    there = enrolled_on(timezone.localdate()).filter(school_class=class_id, reader=reader_id)
    if not there.exists():
        raise Http404
    return reader_id


def _marked(paper: list[Line], attempt: Attempt) -> dict[str, Any]:
    return {
        "points": attempt.points,
        "of": total(paper),
        "letters": keyed_again(paper, attempt.answers),
        "right": [is_right(line, attempt.answers) for line in paper],
    }
