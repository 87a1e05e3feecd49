"""Service: signing in and off, who is on duty, hours from paper, and one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circulation.queries.helper_acts import acts_of
from library_site.http import SchoolRequest
from readers.forms.duty import ServiceForm
from readers.models import Appointment, DutyShift, Reader
from readers.operations.duty import add_service, check_in, check_out, remove_shift
from readers.queries.helpers import helper_rows, training_items, training_ticks
from readers.queries.roster import duties_of, expected_on
from readers.queries.service import RECENT, minutes_of, on_duty_now, reader_of_valid_card, shifts_since
from readers.rules.service import hours_text, minutes_between
from readers.views.semester import chosen_semester, page_of
from readers.views.told import address_of, done_or_told, tell_errors


@require_safe
def service(request: SchoolRequest) -> HttpResponse:
    """Who is on duty now and today; the librarian also sees the last two weeks and enters hours from paper."""
    now = timezone.now()
    semester = chosen_semester(request, timezone.localdate(now))
    context = page_of(request, semester) | {"on_duty": list(on_duty_now()), "shifts": []}
    if semester is not None:
        context["expected"] = expected_on(semester, timezone.localdate(now))
        if context["may_see_all"]:
            context["shifts"] = [(row, _hours(row)) for row in shifts_since(now - RECENT)]
        if context["may_write"]:
            context["form"] = ServiceForm(helpers=helper_rows(semester, request.reference))
    return render(request, "readers/helpers/service.html", context)


def _hours(shift: DutyShift) -> str:
    return hours_text(minutes_between(shift.started_at, shift.ended_at)) if shift.ended_at else ""


@require_POST
def clock(request: SchoolRequest) -> HttpResponse:
    """The own card signs in, and off when scanned again."""
    reader = reader_of_valid_card(request.POST.get("code", ""))
    if reader is None:
        messages.error(request, _("This is no valid card."))
        return redirect("helpers:service")
    signed_in = DutyShift.objects.filter(reader=reader, ended_at=None).exists()
    act = check_out if signed_in else check_in
    if done_or_told(
        request,
        lambda: act(reader_id=reader.pk, by=request.user, at=timezone.now(), address=address_of(request)),
    ):
        text = _("%(name)s has signed off.") if signed_in else _("%(name)s is on duty.")
        messages.success(request, text % {"name": reader.name})
    return redirect("helpers:service")


@require_POST
def add(request: SchoolRequest) -> HttpResponse:
    """Hours from paper."""
    semester = chosen_semester(request, timezone.localdate())
    helpers = helper_rows(semester, request.reference) if semester else []
    form = ServiceForm(request.POST, helpers=helpers)
    if not form.is_valid():
        tell_errors(request, form)
        return redirect("helpers:service")
    started_at, ended_at = form.span()
    if done_or_told(
        request,
        lambda: add_service(
            appointment_id=form.cleaned_data["appointment"], started_at=started_at, ended_at=ended_at,
            by=request.user, at=timezone.now(), address=address_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, _("Saved."))
    return redirect("helpers:service")


@require_POST
def remove(request: SchoolRequest, shift_id: int) -> HttpResponse:
    """Service that was entered wrongly."""
    row = get_object_or_404(DutyShift, pk=shift_id)
    remove_shift(shift_id=row.pk, by=request.user, address=address_of(request))
    messages.success(request, _("Removed."))
    return redirect("helpers:service")


@require_safe
def own(request: SchoolRequest) -> HttpResponse:
    """A helper's or keeper's own duties, hours, acts and training."""
    today = timezone.localdate()
    semester = chosen_semester(request, today)
    reader = Reader.objects.filter(account=request.user).first()
    context = page_of(request, semester) | {"reader": reader}
    if semester is not None and reader is not None:
        minutes = minutes_of(semester)
        mine = list(Appointment.objects.filter(semester=semester, reader=reader, ended_on=None))
        ticks = training_ticks([reader.pk])
        context |= {
            "appointments": mine,
            "duties": duties_of(reader.pk, semester),
            "today_duties": [row for row in expected_on(semester, today) if row.reader_id == reader.pk],
            "hours": hours_text(sum(minutes.get(row.pk, 0) for row in mine)),
            "acts": acts_of([reader], semester.starts_on, semester.ends_on).get(reader.pk, 0),
            "training": [(item, ticks.get((reader.pk, item.pk))) for item in training_items()],
        }
    return render(request, "readers/helpers/own.html", context)
