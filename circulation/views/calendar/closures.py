"""Closures, and the due dates that fall on closed days."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circulation.forms.calendar import ClosureForm
from circulation.models import Closure
from circulation.operations.calendar import drop_closure, save_closure
from circulation.operations.due_dates import move_due_dates
from circulation.queries.due_dates import due_on_closed_days
from library_site.http import SchoolRequest
from readers.models import Reader

_PER_PAGE = 50


@require_safe
def closures(request: SchoolRequest) -> HttpResponse:
    """All closures, the latest first."""
    rows = Closure.objects.select_related("location").order_by("-starts_on", "-pk")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "circulation/calendar/closures.html", {"page": page, "today": timezone.localdate()})


@require_http_methods(["GET", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """A closure."""
    form = ClosureForm(request.POST or None)
    return _saved(request, form, None) or _page(request, form, None)


@require_http_methods(["GET", "POST"])
def closure(request: SchoolRequest, closure_id: int) -> HttpResponse:
    """Changes a closure."""
    row = get_object_or_404(Closure, pk=closure_id)
    form = ClosureForm(request.POST or None, closure=row)
    return _saved(request, form, row.pk) or _page(request, form, row)


@require_POST
def away(request: SchoolRequest, closure_id: int) -> HttpResponse:
    """Takes a closure back."""
    drop_closure(closure_id=closure_id, by=request.user, address=request.META.get("REMOTE_ADDR"))
    messages.success(request, _("The closure was taken back."))
    return redirect("calendar:closures")


def _saved(request: SchoolRequest, form: ClosureForm, closure_id: int | None) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    address = request.META.get("REMOTE_ADDR")
    row = save_closure(closure_id=closure_id, values=form.cleaned_data, by=request.user, address=address)
    messages.success(request, _("Saved."))
    span = {"first": row.starts_on.isoformat(), "last": row.ends_on.isoformat()}
    return redirect(reverse("calendar:due", query=span))


def _page(request: SchoolRequest, form: ClosureForm, row: Closure | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "circulation/calendar/closure.html", {"form": form, "closure": row}, status=status)


@require_http_methods(["GET", "POST"])
def due(request: SchoolRequest) -> HttpResponse:
    """Due dates on closed days, all or those of `first` to `last`; posted, they move to the next open day."""
    within, today = _within(request), timezone.localdate()
    if request.method == "POST":
        moved = move_due_dates(
            today=today,
            within=within,
            by=request.user,
            at=timezone.now(),
            reference=request.reference,
            address=request.META.get("REMOTE_ADDR"),
        )
        text = ngettext("%(count)d due date was moved.", "%(count)d due dates were moved.", moved) % {"count": moved}
        messages.success(request, text)
        return redirect("calendar:due")
    groups = due_on_closed_days(request.reference, today, within=within)
    if within and not groups:
        return redirect("calendar:year")
    labels = dict(Reader.Category.choices)
    context = {
        "groups": [(group, labels.get(group.category, "")) for group in groups],
        "loans": sum(group.loans for group in groups),
        "within": within,
    }
    return render(request, "circulation/calendar/due.html", context)


def _within(request: SchoolRequest) -> tuple[date, date] | None:
    first, last = request.GET.get("first", ""), request.GET.get("last", "")
    if not first and not last:
        return None
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise Http404 from error
