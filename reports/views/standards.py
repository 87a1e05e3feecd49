"""Standards: own figures beside them, which of them hold, those of the school's own, and what to buy."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.queries import school
from library_site.shared.charts import Chart, Series
from library_site.shared.problems import Refused
from readers.models import Semester
from readers.queries.classes import semester_on
from readers.views.told import address_of
from reports.exports.standards import standards_book
from reports.forms.standards import ChooseForm, MeasureForm, RowFormSet, StandardForm, ToleranceForm
from reports.models import EnteredFigure, Standard, StandardRow
from reports.operations.entered import take_back_figure
from reports.operations.standards import choose_standards, drop_standard, enter_measure, save_standard
from reports.queries.periods import SEMESTER, ChosenPeriod, chosen
from reports.queries.purchase import Plan, what_to_buy
from reports.queries.standards import (
    Comparison,
    all_standards,
    comparisons,
    fitting,
    measured_by,
    own_figures,
    standing,
)
from reports.rules.standards import MEASURES, Measure, subject_name
from reports.views.download import send_book


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Each standard that the school is measured by, with own figure, gap, and whether it is met."""
    found = _chosen(request)
    today = timezone.localdate()
    own = own_figures(found.semester, reference=request.reference, today=today) if found and found.semester else None
    rows = comparisons(own, request.reference) if own else []
    context = {
        "chosen": found,
        "comparisons": [(row, _chart(row)) for row in rows],
        "measures": [measure for measure in MEASURES.values() if _is_measured(measure, rows)],
        "unclassified": own.unclassified if own else 0,
        "is_chosen": any(row.standard.applies for row in rows),
        "may_edit": request.user.has_role(Role.LIBRARIAN),
        "runs": found is not None and found.period.until == today,
    }
    return render(request, "reports/standards/overview.html", context)


@require_safe
def buy(request: SchoolRequest) -> HttpResponse:
    """The smallest purchase that meets the standards, by class; `?tolerance=` in percentage points."""
    form = ToleranceForm(request.GET)
    context = {"plan": _plan(request, form), "form": form, "today": timezone.localdate()}
    return render(request, "reports/standards/buy.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The comparison of the chosen semester, and what to buy now, as a workbook."""
    found = _chosen(request)
    today = timezone.localdate()
    if found is None or found.semester is None or not measured_by(request.reference):
        raise Http404
    rows = standing(found.semester, reference=request.reference, today=today)
    options = school(request.reference)
    notes = [options.name if options else "", date_format(found.period.until, "Y-m-d")]
    plan = _plan(request, ToleranceForm(request.GET))
    return send_book(request, _("Standards"), standards_book(rows, plan, notes))


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: SchoolRequest) -> HttpResponse:
    """All standards: which of them the school is measured by."""
    standards = all_standards(request.reference)
    form = ChooseForm(request.POST or None, standards=standards)
    if request.method == "POST" and form.is_valid():
        choose_standards(chosen=form.cleaned_data["chosen"], by=request.user, address=address_of(request))
        messages.success(request, _("Saved."))
        return redirect("standards:overview")
    return render(request, "reports/standards/choose.html", {"standards": standards, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """A standard of the school's own; `?like=` begins with another one's rows."""
    like = request.GET.get("like", "")
    pattern = Standard.objects.filter(pk=int(like)).first() if like.isdecimal() and len(like) < 10 else None
    alike = pattern or next(iter(fitting(request.reference)), None)
    start = {"school_type": alike.school_type if alike else "", "source": pattern.source if pattern else ""}
    return _standard_form(request, Standard(), start, list(pattern.rows.order_by("pk")) if pattern else [])


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, standard_id: int) -> HttpResponse:
    """Changes a standard of the school's own; a given one is read."""
    standard = get_object_or_404(Standard, pk=standard_id)
    rows = list(standard.rows.order_by("pk"))
    if standard.code:
        measures = [(row, MEASURES[row.measure]) for row in rows if row.measure in MEASURES]
        lines = [{"row": row, "measure": spec, "subject": subject_name(spec, row.subject)} for row, spec in measures]
        return render(request, "reports/standards/given.html", {"standard": standard, "lines": lines})
    return _standard_form(request, standard, {}, rows)


@require_POST
def remove(request: SchoolRequest, standard_id: int) -> HttpResponse:
    """Removes a standard of the school's own."""
    standard = get_object_or_404(Standard, pk=standard_id, code="")
    drop_standard(standard=standard, by=request.user, address=address_of(request))
    messages.success(request, _("Removed."))
    return redirect("standards:choose")


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: SchoolRequest, measure: str) -> HttpResponse:
    """Enters a figure of this semester that the system does not count; what was entered can be taken back."""
    spec, semester = MEASURES.get(measure), semester_on(request.reference, timezone.localdate())
    if spec is None or not spec.by_hand or semester is None:
        raise Http404
    present = EnteredFigure.objects.filter(semester=semester, figure=measure, variant="").first()
    if "take_back" in request.POST:
        take_back_figure(
            semester_id=semester.pk, code=measure, variant="", by=request.user, address=address_of(request)
        )
        messages.success(request, _("Taken back."))
        return redirect("standards:overview")
    form = MeasureForm(request.POST or None, initial={"value": present.value, "note": present.note} if present else {})
    return _entered(request, form, spec, semester) or _measure_page(request, form, spec, semester, present)


def _entered(request: SchoolRequest, form: MeasureForm, spec: Measure, semester: Semester) -> HttpResponse | None:
    if not form.is_valid():
        return None
    enter_measure(
        semester=semester, measure=spec.code, **form.cleaned_data, by=request.user, address=address_of(request)
    )
    messages.success(request, _("Entered."))
    return redirect("standards:overview")


def _measure_page(
    request: SchoolRequest, form: MeasureForm, spec: Measure, semester: Semester, present: EnteredFigure | None
) -> HttpResponse:
    context = {"form": form, "measure": spec, "semester": semester, "present": present}
    return render(request, "reports/standards/enter.html", context, status=422 if form.errors else 200)


def _standard_form(
    request: SchoolRequest, standard: Standard, start: dict[str, Any], rows: list[StandardRow]
) -> HttpResponse:
    given = [
        {name: getattr(row, name) for name in ROW_FIELDS} | {"value": f"{row.value.normalize():f}"} for row in rows
    ]
    form = StandardForm(request.POST or None, instance=standard, initial=start)
    formset = RowFormSet(request.POST or None, initial=given, prefix="rows")
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        try:
            wanted = [row for one in formset if (row := one.row()) is not None]
            save_standard(standard=form.save(commit=False), rows=wanted, by=request.user, address=address_of(request))
            messages.success(request, _("Saved."))
            return redirect("standards:choose")
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "formset": formset, "standard": standard}
    wrong = form.errors or formset.total_error_count()
    return render(request, "reports/standards/form.html", context, status=422 if wrong else 200)


ROW_FIELDS = ("measure", "subject", "sense", "value", "is_sure", "note")


def _chosen(request: SchoolRequest) -> ChosenPeriod | None:
    return chosen(request.GET, request.reference, timezone.localdate(), kinds=(SEMESTER,))


def _is_measured(measure: Measure, rows: list[Comparison]) -> bool:
    return any(line.measure is measure for row in rows for line in row.lines)


def _plan(request: SchoolRequest, form: ToleranceForm) -> Plan | None:
    today = timezone.localdate()
    semester = semester_on(request.reference, today)
    if semester is None:
        return None
    tolerance: Any = form.cleaned_data["tolerance"] if form.is_valid() else None
    return what_to_buy(semester, reference=request.reference, today=today, tolerance=tolerance or Decimal(0))


def _chart(comparison: Comparison) -> Chart:
    """Shares beside what is demanded of them."""
    shares = [line for line in comparison.lines if line.measure.code == "share"]
    series = [
        Series(_("Demanded"), [line.value for line in shares]),
        Series(_("Own figure"), [line.own for line in shares]),
    ]
    ident = f"standard-{comparison.standard.pk}"
    return Chart(
        ident, "pair", _("Shares of the collection"), [str(line.name) for line in shares], series, unit="%",
        table=f"{ident}-table",
    )  # fmt: skip
