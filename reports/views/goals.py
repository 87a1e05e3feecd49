"""The goals that the school sets itself, and how it defines its figures."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import SchoolYear
from readers.queries.classes import grade_names, school_year_on, school_years
from readers.views.told import address_of
from reports.forms.goals import GoalForm, ReportOptionsForm
from reports.models import Goal
from reports.operations.goals import GoalTerms, change_report_options, end_goal, set_goal
from reports.queries.goal_means import means_on
from reports.queries.goals import goal_lines, line_of, past_lines
from reports.queries.periods import YEAR, chosen, year_label
from reports.queries.settings import report_options
from reports.rules.goals import unreachable


@require_safe
def goals(request: SchoolRequest) -> HttpResponse:
    """The goals of a school year, each with why it is out of reach; those replaced or ended below."""
    today = timezone.localdate()
    found = chosen(request.GET, request.reference, today, kinds=(YEAR,))
    year = found.year if found else None
    context: dict[str, Any] = {"chosen": found, "year": year}
    if year is not None:
        context["lines"] = goal_lines(request.reference, year.start_year, today)
        context["past"] = past_lines(request.reference, year.start_year)
        context["year_text"] = year_label(year)
    return render(request, "reports/goals/goals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Sets a goal; `?like=PK` begins with what an older one says."""
    years = _years(request)
    if not years:
        return redirect("goals:goals")
    form = GoalForm(
        request.POST or None, grades=grade_names(request.reference), years=years, initial=_initial(request, years)
    )
    if form.is_bound and form.is_valid() and _save(request, form):
        return redirect(reverse("goals:goals", query={"year": form.cleaned_data["from_year"]}))
    return render(request, "reports/goals/goal.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SchoolRequest, goal_id: int) -> HttpResponse:
    """Asks from which school year on the goal is none any more, and ends it."""
    goal = get_object_or_404(Goal, pk=goal_id)
    years = [(start, label) for start, label in _years(request) if start >= goal.from_year]
    wanted = request.POST.get("from_year", "")
    if request.method == "POST" and wanted in {str(start) for start, _label in years}:
        end_goal(goal_id=goal.pk, from_year=int(wanted), by=request.user, address=address_of(request))
        messages.success(request, _("The goal has been ended."))
        return redirect("goals:goals")
    context = {"line": line_of(goal, request.reference), "years": years}
    return render(request, "reports/goals/end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def definitions(request: SchoolRequest) -> HttpResponse:
    """The definitions that schools vary."""
    now = report_options(request.reference)
    initial = {name: getattr(now, name) for name in ReportOptionsForm.base_fields}
    form = ReportOptionsForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        change_report_options(values=form.cleaned_data, by=request.user, address=address_of(request))
        messages.success(request, _("Saved."))
        return redirect("goals:definitions")
    return render(request, "reports/goals/definitions.html", {"form": form}, status=422 if form.errors else 200)


def _years(request: SchoolRequest) -> list[tuple[int, str]]:
    """The school years that a goal may begin in: those entered, and the next one, the newest first."""
    entered = school_years(request.reference)
    if not entered:
        return []
    last = entered[-1].start_year
    coming = SchoolYear(start_year=last + 1, starts_on=date(last + 1, 9, 1), ends_on=date(last + 2, 8, 31))
    return [(year.start_year, year_label(year)) for year in [coming, *reversed(entered)]]


def _initial(request: SchoolRequest, years: list[tuple[int, str]]) -> dict[str, Any]:
    now = school_year_on(request.reference, timezone.localdate())
    start = now.start_year if now else years[0][0]
    wanted = request.GET.get("like", "")
    goal = (
        Goal.objects.filter(pk=int(wanted)).first()
        if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10
        else None
    )
    if goal is None:
        return {"from_year": start, "figure": request.GET.get("figure", "")}
    return {
        "figure": f"{goal.figure}.{goal.variant}",
        "per": goal.per,
        "target": goal.target,
        "first": _grade(goal.stage, goal.from_position),
        "last": _grade(goal.stage, goal.to_position) if goal.to_position != goal.from_position else "",
        "from_year": start,
        "note": goal.note,
    }


def _grade(stage: str, position: int | None) -> str:
    return stage if position is None else f"{stage}-{position}"


def _save(request: SchoolRequest, form: GoalForm) -> bool:
    try:
        goal = set_goal(
            terms=GoalTerms(**form.terms()), target=form.cleaned_data["target"],
            from_year=form.cleaned_data["from_year"], note=form.cleaned_data["note"],
            by=request.user, address=address_of(request),
        )  # fmt: skip
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    reasons = unreachable(goal, means_on(request.reference, timezone.localdate()))
    messages.success(request, _("Saved."))
    for reason in reasons:
        messages.warning(request, reason)
    return True
