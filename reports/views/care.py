"""Care of the rooms: the register, entering, correcting, and what this month still lacks."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.views.downloads import download
from readers.queries.classes import school_year_on
from readers.views.told import address_of
from reports.exports.care import care_table
from reports.forms.care import CareForm, NewCareForm
from reports.models import RoomCare
from reports.operations.care import correct_care, drop_care, enter_care
from reports.queries.care import missing
from reports.queries.care import register as lines_between
from reports.queries.periods import MONTH, YEAR, ChosenPeriod, chosen

# A school year of a busy register: it is printed whole.
PER_PAGE = 500


@require_safe
def register(request: SchoolRequest) -> HttpResponse:
    """The lines of a school year or month, the newest first; `?kind=` for one kind of care."""
    today = timezone.localdate()
    context = {
        "page": Paginator(_lines(request), PER_PAGE).get_page(request.GET.get("page")),
        "chosen": _chosen(request),
        "kind": _kind(request),
        "kinds": RoomCare.Kind.choices,
        "missing": missing(today),
        "today": today,
        "may_write": request.user.has_role(Role.LIBRARIAN),
    }
    return render(request, "reports/care/register.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The lines of a school year or month as a file."""
    return download(request, care_table(_lines(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: SchoolRequest) -> HttpResponse:
    """Enters what was done on a day: one line for each kind that is ticked."""
    today = timezone.localdate()
    first = {"on": today, "done_by": request.user.name, "kinds": request.GET.getlist("kind")}
    form = NewCareForm(request.POST or None, initial=first)
    if form.is_bound and form.is_valid():
        enter_care(
            line=form.save(commit=False),
            kinds=form.cleaned_data["kinds"],
            by=request.user,
            address=address_of(request),
        )
        messages.success(request, _("Entered."))
        return redirect("care:register")
    return _form_page(request, form, _("Enter room care"))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SchoolRequest, care_id: int) -> HttpResponse:
    """Corrects a line."""
    line = get_object_or_404(RoomCare, pk=care_id)
    form = CareForm(request.POST or None, instance=line)
    if form.is_bound and form.is_valid():
        correct_care(line=form.save(commit=False), by=request.user, address=address_of(request))
        messages.success(request, _("Saved."))
        return redirect("care:register")
    return _form_page(request, form, _("Correct a line of room care"), line=line)


@require_POST
def remove(request: SchoolRequest, care_id: int) -> HttpResponse:
    """Takes a line out of the register."""
    drop_care(line=get_object_or_404(RoomCare, pk=care_id), by=request.user, address=address_of(request))
    messages.success(request, _("Removed."))
    return redirect("care:register")


def _form_page(request: SchoolRequest, form: CareForm, title: str, line: RoomCare | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "line": line}
    return render(request, "reports/care/form.html", context, status=422 if form.errors else 200)


def _chosen(request: SchoolRequest) -> ChosenPeriod | None:
    """The school year or month in the address, else this school year."""
    today = timezone.localdate()
    year = school_year_on(request.reference, today)
    asked = {**({"year": year.start_year} if year and "month" not in request.GET else {}), **request.GET.dict()}
    return chosen(asked, request.reference, today, kinds=(YEAR, MONTH))


def _kind(request: SchoolRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in RoomCare.Kind.values else ""


def _lines(request: SchoolRequest) -> QuerySet[RoomCare]:
    """Those of the chosen period; all of them where no semester has been entered."""
    found = _chosen(request)
    span = (found.period.starts_on, found.period.ends_on) if found else (date.min, date.max)
    return lines_between(*span, _kind(request))
