"""Surveys as the librarian makes them: the list, one survey with its questions and outcome, paper, closing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.exports.surveys import outcome_table
from activities.forms.grades import grades_initial
from activities.forms.surveys import QuestionForm, SurveyForm
from activities.models import Survey
from activities.operations import survey_answers
from activities.operations import surveys as acts
from activities.queries.audience import grades_text
from activities.queries.surveys import outcome, questions_of, surveys
from activities.rules.surveys import LEAST_SHEETS, STAGES, Stage, stage_of
from activities.views.survey_pages import given_in, outcome_page, questions_page
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.queries.classes import grade_names

PER_PAGE = 30
DAYS = 14  # that a new survey is open
KEYED = "surveys.keyed"  # session: the sheet keyed in last, to be taken back


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """All surveys, the newest first."""
    page, today = Paginator(surveys(), PER_PAGE).get_page(request.GET.get("page")), timezone.localdate()
    lines = [(row, stage_of(row, today), STAGES[stage_of(row, today)]) for row in page]
    return render(request, "activities/surveys/list.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, survey_id: int | None = None) -> HttpResponse:
    """Makes a survey, or changes its words and days."""
    survey = get_object_or_404(Survey, pk=survey_id) if survey_id else None
    form = SurveyForm(request.POST or None, grades=grade_names(request.reference), initial=_initial(survey))
    if form.is_bound and form.is_valid():
        try:
            saved = acts.save_survey(
                survey_id=survey_id, values=form.values(), by=request.user, today=timezone.localdate()
            )
            return redirect("surveys:survey", saved.pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "survey": survey}
    return render(request, "activities/surveys/edit.html", context, status=422 if form.errors else 200)


def _initial(survey: Survey | None) -> dict[str, Any]:
    if survey is None:
        today = timezone.localdate()
        return {"opens_on": today, "closes_on": today + timedelta(days=DAYS)}
    names = ("name", "introduction", "category", "opens_on", "closes_on", "shows_results")
    return {**{name: getattr(survey, name) for name in names}, **grades_initial(survey)}


@require_safe
def survey(request: SchoolRequest, survey_id: int) -> HttpResponse:
    """A survey: its questions, how many answered, and once nobody can answer any more, what came out."""
    return _survey_page(request, survey_id, QuestionForm())


def _survey_page(request: SchoolRequest, survey_id: int, form: QuestionForm) -> HttpResponse:
    row = get_object_or_404(surveys(), pk=survey_id)
    stage = stage_of(row, timezone.localdate())
    over = stage in {Stage.OVER, Stage.CLOSED}
    context: dict[str, Any] = {
        "survey": row,
        "stage": stage,
        "stage_text": STAGES[stage],
        "audience": _audience(request, row),
        "questions": questions_of(row),
        "form": form,
        "over": over,
        "may_write": request.user.has_role(Role.LIBRARIAN),
    }
    if over:
        context |= outcome_page(row, outcome(row), row.sheets)
    return render(request, "activities/surveys/survey.html", context, status=422 if form.errors else 200)


def _audience(request: SchoolRequest, row: Survey) -> str:
    who = row.get_category_display() if row.category else _("everybody")
    return " · ".join(filter(None, (who, grades_text(row, request.reference))))


@require_POST
def add_question(request: SchoolRequest, survey_id: int) -> HttpResponse:
    """Adds a question at the end."""
    get_object_or_404(Survey, pk=survey_id)
    form = QuestionForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            acts.add_question(
                survey_id=survey_id, kind=data["kind"], text=data["text"], options=data["options"].splitlines(),
                by=request.user,
            )  # fmt: skip
            return redirect("surveys:survey", survey_id)
        except Refused as refusal:
            show_refusal(form, refusal)
    return _survey_page(request, survey_id, form)


@require_POST
def change(request: SchoolRequest, survey_id: int, act: str) -> HttpResponse:
    """Publish, take back, close or take away a survey; move or take out a question. What is refused is said."""
    get_object_or_404(Survey, pk=survey_id)
    now, by, question = timezone.now(), request.user, request.POST.get("question", "")
    key = int(question) if question.isdecimal() and len(question) < 10 else 0
    try:
        match act:
            case "publish":
                acts.publish_survey(survey_id=survey_id, by=by, at=now, today=timezone.localdate())
            case "withdraw":
                acts.withdraw_survey(survey_id=survey_id, by=by)
            case "close":
                acts.close_survey(survey_id=survey_id, by=by, at=now)
            case "lift":
                acts.lift_question(survey_id=survey_id, question_id=key, by=by)
            case "drop":
                acts.drop_question(survey_id=survey_id, question_id=key, by=by)
            case "remove":
                acts.drop_survey(survey_id=survey_id, by=by)
                return redirect("surveys:list")
    except Refused as refusal:
        messages.error(request, str(refusal.problems[0].message))
    return redirect("surveys:survey", survey_id)


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: SchoolRequest, survey_id: int) -> HttpResponse:
    """Keys in sheets one after the other; the last one can be taken back."""
    row = get_object_or_404(surveys(), pk=survey_id)
    questions, today = questions_of(row), timezone.localdate()
    if stage_of(row, today) not in {Stage.OPEN, Stage.OVER}:
        messages.info(request, _("This survey is not open now."))
        return redirect("surveys:survey", survey_id)
    context = questions_page(row, questions) | {"keyed": KEYED in request.session}
    if request.method == "POST":
        given = given_in(request, questions)
        try:
            key = survey_answers.key_in_sheet(survey_id=survey_id, given=given, today=today)
            request.session[KEYED] = [survey_id, str(key)]
            return redirect("surveys:paper", survey_id)
        except Refused as refusal:
            context |= {"problems": refusal.problems}
            return render(request, "activities/surveys/paper.html", context, status=422)
    return render(request, "activities/surveys/paper.html", context)


@require_POST
def paper_back(request: SchoolRequest, survey_id: int) -> HttpResponse:
    """Takes the sheet back that this person keyed in last."""
    kept, key = request.session.pop(KEYED, [0, ""])
    if kept == survey_id and survey_answers.take_sheet_back(survey_id=survey_id, key=UUID(key)):
        messages.success(request, _("The last sheet was taken back. Key it in again."))
    return redirect("surveys:paper", survey_id)


@require_safe
def sheet(request: SchoolRequest, survey_id: int) -> HttpResponse:
    """The questions on A4, to be ticked with a pen."""
    row = get_object_or_404(Survey, pk=survey_id)
    return render(request, "activities/surveys/sheet.html", questions_page(row, questions_of(row)))


@require_safe
def export(request: SchoolRequest, survey_id: int) -> FileResponse:
    """What came out, as a file; nothing while somebody can still answer, or of too few."""
    row = get_object_or_404(surveys(), pk=survey_id)
    over = stage_of(row, timezone.localdate()) in {Stage.OVER, Stage.CLOSED}
    rows = outcome(row) if over and row.sheets >= LEAST_SHEETS else []
    return download(request, outcome_table(row.name, rows))
