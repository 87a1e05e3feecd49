"""Surveys as readers meet them: which are open to them, answering one, what came out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activities.models import Survey
from activities.operations.survey_answers import answer_survey
from activities.queries.people import class_of
from activities.queries.surveys import open_surveys, outcome, questions_of, told_surveys
from activities.rules.surveys import NOTHING_ANSWERED
from activities.views.people import own_reader
from activities.views.survey_pages import given_in, outcome_page, questions_page
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import Reader


@require_safe
def mine(request: SchoolRequest) -> HttpResponse:
    """Surveys that wait for one's answer, and results that are shown."""
    reader = Reader.objects.filter(account=request.user).first()
    context: dict[str, Any] = {"reader": reader}
    if reader:
        today = timezone.localdate()
        school_class = class_of(reader, request.reference, today)
        context |= {
            "waiting": open_surveys(
                reader_id=reader.pk, category=reader.category, school_class=school_class, day=today
            ),
            "told": told_surveys(category=reader.category, school_class=school_class),
        }
    return render(request, "activities/surveys/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SchoolRequest, survey_id: int) -> HttpResponse:
    """Answers a survey, once; what is empty comes back."""
    reader, today = own_reader(request), timezone.localdate()
    school_class = class_of(reader, request.reference, today)
    waiting = open_surveys(reader_id=reader.pk, category=reader.category, school_class=school_class, day=today)
    survey = next((row for row in waiting if row.pk == survey_id), None)
    if survey is None:
        return _not_now(request, survey_id, reader, school_class)
    questions = questions_of(survey)
    if request.method != "POST":
        return render(request, "activities/surveys/answer.html", questions_page(survey, questions))
    given = given_in(request, questions)
    try:
        answer_survey(survey_id=survey.pk, reader_id=reader.pk, school_class=school_class, given=given, today=today)
    except Refused as refusal:
        if refusal.problems != [NOTHING_ANSWERED]:
            messages.error(request, str(refusal.problems[0].message))
            return redirect("surveys:mine")
        context = questions_page(survey, questions, given) | {"problems": refusal.problems}
        return render(request, "activities/surveys/answer.html", context, status=422)
    messages.success(request, _("Thank you. Your answers were kept without your name."))
    return redirect("surveys:mine")


def _not_now(request: SchoolRequest, survey_id: int, reader: Reader, school_class: Any) -> HttpResponse:
    """Who has answered is told so; a survey for others does not exist."""
    if not Survey.objects.filter(pk=survey_id, voters__reader=reader).exists():
        raise Http404
    messages.info(request, _("You have answered this survey already. Thank you."))
    return redirect("surveys:mine")


@require_safe
def told(request: SchoolRequest, survey_id: int) -> HttpResponse:
    """What came out of a closed survey of one's own kind, without anybody's words."""
    reader, today = own_reader(request), timezone.localdate()
    shown = told_surveys(category=reader.category, school_class=class_of(reader, request.reference, today))
    survey = get_object_or_404(Survey, pk=survey_id)
    if survey not in shown:
        raise Http404
    rows = [row for row in outcome(survey) if row.rows]
    return render(request, "activities/surveys/told.html", outcome_page(survey, rows, survey.answers.count()))
