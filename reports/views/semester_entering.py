"""Entering figures of a semester by hand: one in place of the computed one, or all of a semester on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import Semester
from readers.queries.classes import semesters
from readers.views.told import address_of
from reports.forms.semester import EnterAllForm, EnterForm
from reports.operations.entered import Entry, enter_figures, take_back_figure
from reports.queries.periods import period_of, semester_label
from reports.queries.semester_figures import ShownFigure, shown_figures
from reports.queries.semester_report import card_of
from reports.rules.catalogue import CATALOGUE


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: SchoolRequest, semester_id: int, code: str) -> HttpResponse:
    """One figure with its note, in place of what the system counts; by htmx the form alone, to stand at the field."""
    semester, shown = _shown(request, semester_id, code)
    entered = shown.entered
    form = EnterForm(
        request.POST or None,
        auto_id=f"id_{code}_%s",  # several may stand on the page
        whole=shown.spec.whole_number,
        unit=shown.spec.unit_of(shown.variant),
        initial={"value": entered.value, "note": entered.note} if entered else {"value": shown.value},
    )
    if form.is_bound and form.is_valid():
        entry = Entry(form.cleaned_data["value"], form.cleaned_data["note"])
        try:
            enter_figures(
                semester_id=semester.pk, entries={code: entry}, variant=shown.variant, by=request.user,
                address=address_of(request),
            )  # fmt: skip
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(_back(semester, code))
    context = {
        "form": form,
        "card": card_of(shown, period_of(semester, timezone.localdate())),
        "semester": semester,
        "label": semester_label(semester),
    }
    part = "enter_form" if request.headers.get("HX-Request") else "enter"
    return render(request, f"reports/semester/{part}.html", context, status=422 if form.errors else 200)


@require_POST
def take_back(request: SchoolRequest, semester_id: int, code: str) -> HttpResponse:
    """Shows again what the system counts."""
    semester, shown = _shown(request, semester_id, code)
    taken = take_back_figure(
        semester_id=semester.pk, code=code, variant=shown.variant, by=request.user, address=address_of(request)
    )
    if taken:
        messages.success(request, _("Taken back: the report shows what the system counts."))
    return redirect(_back(semester, code))


@require_http_methods(["GET", "HEAD", "POST"])
def enter_all(request: SchoolRequest, semester_id: int) -> HttpResponse:
    """All figures of a semester in one form, for semesters whose figures are on paper."""
    semester = _semester(request, semester_id)
    shown = shown_figures(semester, reference=request.reference, today=timezone.localdate())
    figures = {code: (_named(row), row.spec.whole_number) for code, row in shown.items()}
    form = EnterAllForm(request.POST or None, figures=figures, initial=_initial(shown))
    if form.is_bound and form.is_valid() and _save_all(request, semester, shown, form):
        return redirect(_back(semester))
    context = {"form": form, "semester": semester, "label": semester_label(semester)}
    return render(request, "reports/semester/enter_all.html", context, status=422 if form.errors else 200)


def _save_all(request: SchoolRequest, semester: Semester, shown: dict[str, ShownFigure], form: EnterAllForm) -> bool:
    entries = {code: Entry(value, note) for code, (value, note) in form.entries().items()}
    try:
        number = enter_figures(
            semester_id=semester.pk, entries=entries, variant=shown["circulation_rate"].variant,
            emptied=form.emptied(code for code, row in shown.items() if row.entered), by=request.user,
            address=address_of(request),
        )  # fmt: skip
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    text = ngettext("%(count)d figure is entered by hand.", "%(count)d figures are entered by hand.", number)
    messages.success(request, text % {"count": number})
    return True


def _named(shown: ShownFigure) -> str:
    unit = str(shown.spec.unit_of(shown.variant))
    return f"{shown.spec.name} ({unit})" if unit else str(shown.spec.name)


def _initial(shown: dict[str, ShownFigure]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for code, row in shown.items():
        if row.entered:
            found |= {f"value_{code}": _plain(row), f"note_{code}": row.entered.note}
    return found


def _plain(row: ShownFigure) -> Any:
    value = row.entered.value if row.entered else None
    return int(value) if value is not None and row.spec.whole_number else value


def _semester(request: SchoolRequest, semester_id: int) -> Semester:
    today = timezone.localdate()
    begun = (row for row in semesters(request.reference) if row.starts_on <= today)
    found = next((row for row in begun if row.pk == semester_id), None)
    if found is None:
        raise Http404
    return found


def _shown(request: SchoolRequest, semester_id: int, code: str) -> tuple[Semester, ShownFigure]:
    if code not in CATALOGUE:
        raise Http404
    semester = _semester(request, semester_id)
    return semester, shown_figures(semester, reference=request.reference, today=timezone.localdate())[code]


def _back(semester: Semester, code: str = "") -> str:
    address = reverse("semester_report:report", query={"semester": semester.pk})
    return f"{address}#figure-{code}" if code else address
