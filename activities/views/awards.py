"""Awards of a semester: proposed by figures, decided by people, announced."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from activities.forms.awards import AddForm, DecideForm
from activities.models import AwardProposal, AwardRule, AwardRun
from activities.operations.awards import add_line, announce_award, decide_line, propose_award
from activities.queries.awards import announced, awards_of, figure_names, proposal, runs
from activities.rules.awards import CLASS
from activities.views.people import typed
from library_site.http import SchoolRequest
from readers.models import Reader
from readers.queries.classes import classes_on
from readers.queries.people import find_readers
from readers.views.semester import chosen_semester, needed_semester, page_of, semester_title
from readers.views.told import done_or_told, tell_errors


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """The awards of a semester, and what became of each."""
    semester = chosen_semester(request, timezone.localdate())
    context = page_of(request, semester) | {"lines": awards_of(semester)}
    return render(request, "activities/awards/overview.html", context)


@require_POST
def propose(request: SchoolRequest, rule_id: int) -> HttpResponse:
    """Proposes an award for a semester, anew if it was proposed before."""
    rule, semester = get_object_or_404(AwardRule, pk=rule_id), needed_semester(request, timezone.localdate())
    done = done_or_told(
        request,
        lambda: propose_award(
            rule_id=rule.pk, semester=semester, reference=request.reference, by=request.user, at=timezone.now()
        ),
    )
    run = AwardRun.objects.filter(rule=rule, semester=semester).first()
    if not done or run is None:
        return redirect(reverse("awards:overview", query={"semester": semester.pk}))
    return redirect("awards:run", run.pk)


@require_safe
def run(request: SchoolRequest, run_id: int) -> HttpResponse:
    """The lines of a proposal; `?q=` finds somebody to add."""
    row, today = get_object_or_404(runs(), pk=run_id), timezone.localdate()
    groups = proposal(row, request.reference, today)
    query = typed(request.GET, "q", 40)
    context = {
        "run": row,
        "semester_title": semester_title(row.semester),
        "groups": groups,
        "figures": figure_names(row),
        "kept": sum(group.kept for group in groups),
        "unsettled": [(place, group) for place, group in enumerate(groups, start=1) if group.open],
        "query": query,
        "found": [] if row.announced_at else _found(request, row, query),
        "of_classes": row.rule.whom == CLASS,
    }
    return render(request, "activities/awards/run.html", context)


@require_POST
def decide(request: SchoolRequest, line_id: int) -> HttpResponse:
    """Keeps a line or leaves it out."""
    line = get_object_or_404(AwardProposal, pk=line_id)
    form = DecideForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        done_or_told(
            request,
            lambda: decide_line(line_id=line.pk, is_kept=data["kept"] == "yes", reason=data["reason"], by=request.user),
        )
    else:
        tell_errors(request, form)
    return redirect(f"{reverse('awards:run', args=[line.run_id])}#line-{line.pk}")


@require_POST
def add(request: SchoolRequest, run_id: int) -> HttpResponse:
    """Adds somebody with a reason."""
    row, form = get_object_or_404(AwardRun, pk=run_id), AddForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        done_or_told(
            request,
            lambda: add_line(
                run_id=row.pk, key=data["key"], reason=data["reason"], reference=request.reference,
                by=request.user, at=timezone.now(),
            ),
        )  # fmt: skip
    else:
        tell_errors(request, form)
    return redirect("awards:run", row.pk)


@require_POST
def announce(request: SchoolRequest, run_id: int) -> HttpResponse:
    """Enters those kept into the register of honours."""
    row, honours = get_object_or_404(AwardRun, pk=run_id), []

    def act() -> None:
        honours.extend(announce_award(run_id=row.pk, reference=request.reference, by=request.user, at=timezone.now()))

    if done_or_told(request, act):
        number = len(honours)
        told = ngettext("%(n)s honour was entered.", "%(n)s honours were entered.", number) % {"n": number}
        messages.success(request, told)
    return redirect("awards:run", row.pk)


@require_safe
def announcement(request: SchoolRequest, run_id: int) -> HttpResponse:
    """A sheet for the wall: pupils are named as the school chose and as their guardians agreed."""
    row, today = get_object_or_404(runs(), pk=run_id), timezone.localdate()
    context = {
        "run": row,
        "semester_title": semester_title(row.semester),
        "groups": announced(row, request.reference, today),
        "of_classes": row.rule.whom == CLASS,
        "day": timezone.localdate(row.announced_at) if row.announced_at else today,
    }
    return render(request, "activities/awards/announcement.html", context)


def _found(request: SchoolRequest, row: AwardRun, query: str) -> list[dict[str, Any]]:
    """Who may be added: readers by name, class or number; classes to choose from."""
    today = timezone.localdate()
    if row.rule.whom == CLASS:
        day = min(row.semester.ends_on, today)
        return [{"key": one.pk, "name": one.name} for one in classes_on(request.reference, day)]
    readers = find_readers(query, request.reference, today)
    wanted = Reader.Category.STUDENT if row.rule.whom == AwardRule.For.PUPIL else Reader.Category.TEACHER
    fitting = set(
        Reader.objects.filter(pk__in=[one.reader_id for one in readers], category=wanted).values_list("pk", flat=True)
    )
    return [
        {"key": one.reader_id, "name": one.name, "class_name": one.class_name, "number": one.number}
        for one in readers
        if one.reader_id in fitting
    ]
