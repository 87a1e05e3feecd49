"""The semester's work plan: the list of plans, the plan itself, beginning one, its words, ticking off, and Word."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.queries import school
from library_site.shared.problems import Refused
from readers.models import Semester
from readers.queries.classes import semester_on
from readers.views.told import address_of
from reports.exports.plans import plan_document
from reports.forms.plans import USUAL, BeginForm, WordsForm
from reports.models import PlanItem, WorkPlan
from reports.operations.plans import begin_plan, save_words, tick_item
from reports.queries.plan_drafts import Draft, draft_of, usual_draft
from reports.queries.plans import PlanPage, PlanRow, plan_of, plan_page, plan_rows
from reports.rules.plans import progress
from reports.views.documents import send_document


@require_safe
def plans(request: SchoolRequest) -> HttpResponse:
    """Every semester with its plan and how far that is."""
    rows = plan_rows(request.reference)
    context = {"rows": rows, "now": semester_on(request.reference, timezone.localdate())}
    return render(request, "reports/plans/plans.html", context)


@require_safe
def plan(request: SchoolRequest, semester_id: int) -> HttpResponse:
    """The plan of a semester, to read, tick off and print."""
    page = _page(request, semester_id)
    context = {"page": page, "this_month": timezone.localdate().replace(day=1)}
    return render(request, "reports/plans/plan.html", context)


@require_safe
def word(request: SchoolRequest, semester_id: int) -> FileResponse:
    """The plan as a document."""
    page = _page(request, semester_id)
    options = school(request.reference)
    document = plan_document(page, school=options.name if options else "")
    return send_document(document, f"{page.label}{_('Work plan of the library')}")


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SchoolRequest) -> HttpResponse:
    """Begins a plan, empty or with what an earlier one says."""
    rows = plan_rows(request.reference)
    form = BeginForm(request.POST or None, rows=rows, initial=_first(request, rows))
    if form.is_bound and form.is_valid():
        try:
            semester = get_object_or_404(
                Semester.objects.select_related("school_year"), pk=form.cleaned_data["semester"]
            )
            draft = _draft(request, form.cleaned_data["source"], semester)
            begin_plan(semester=semester, draft=draft, by=request.user, address=address_of(request))
            return redirect("plans:plan", semester.pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    return _form_page(request, form, _("Begin a work plan"))


def _draft(request: SchoolRequest, source: int | None, semester: Semester) -> Draft:
    """What the plan begins with: nothing, the usual, or an earlier plan."""
    if source is None:
        return Draft()
    if source == USUAL:
        return usual_draft(semester, request.reference)
    return draft_of(get_object_or_404(WorkPlan.objects.select_related("semester"), pk=source), semester)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: SchoolRequest, semester_id: int) -> HttpResponse:
    """Writes the plan's words."""
    row = get_object_or_404(WorkPlan, semester=semester_id)
    form = WordsForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        try:
            save_words(
                plan_id=row.pk, words=form.words(), seen=form.cleaned_data["seen"], by=request.user,
                address=address_of(request),
            )  # fmt: skip
            return redirect("plans:plan", semester_id)
        except Refused as refusal:
            show_refusal(form, refusal)
            row.refresh_from_db()
            form.data = _with_seen(form.data, WordsForm(instance=row).initial["seen"])
    return _form_page(request, form, _("Words of the plan"), semester_id=semester_id)


def _with_seen(data: Any, seen: str) -> Any:
    """What was sent, with another mark: saved again, it stands."""
    again = data.copy()
    again["seen"] = seen
    return again


@require_POST
def tick(request: SchoolRequest, item_id: int) -> HttpResponse:
    """Ticks an item off, or opens it again: the row and the progress of the plan, or the plan's page without htmx."""
    get_object_or_404(PlanItem, pk=item_id)
    item = tick_item(
        item_id=item_id, done=request.POST.get("done") == "1", on=timezone.localdate(), by=request.user,
        address=address_of(request),
    )  # fmt: skip
    semester_id = WorkPlan.objects.values_list("semester_id", flat=True).get(pk=item.plan_id)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("plans:plan", semester_id)
    every = list(PlanItem.objects.filter(plan=item.plan_id).order_by("position", "pk"))
    done, items = progress(every)
    of_month = [row for row in every if row.month == item.month]
    context = {"item": item, "done": done, "items": items, "this_month": timezone.localdate().replace(day=1)}
    context["movable"] = of_month.index(item) > 0
    return render(request, "reports/plans/ticked.html", context)


def _page(request: SchoolRequest, semester_id: int) -> PlanPage:
    semester = get_object_or_404(Semester.objects.select_related("school_year"), pk=semester_id)
    found = plan_of(semester)
    if found is None:
        raise Http404
    return plan_page(found, semester, reference=request.reference, today=timezone.localdate())


def _first(request: SchoolRequest, rows: list[PlanRow]) -> dict[str, Any]:
    """The semester in the address, else today's or the one to come; the plan of a year before, else the newest,
    else the usual one."""
    today, wanted = timezone.localdate(), request.GET.get("semester", "")
    free = [row for row in rows if row.plan is None]
    coming = [row for row in free if row.semester.ends_on >= today]
    asked = next((row for row in free if str(row.semester.pk) == wanted), None)
    chosen = asked or (coming or free)[-1] if free else None
    if chosen is None:
        return {}
    earlier = [row for row in rows if row.plan and row.semester.starts_on < chosen.semester.starts_on]
    alike = [row for row in earlier if row.semester.number == chosen.semester.number]
    source = next((row.plan for row in [*alike, *earlier]), None)
    return {"semester": chosen.semester.pk, "source": source.pk if source else USUAL}


def _form_page(request: SchoolRequest, form: Any, title: str, semester_id: int | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "semester_id": semester_id}
    return render(request, "reports/plans/form.html", context, status=422 if form.errors else 200)
