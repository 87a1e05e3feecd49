"""The duty roster: weekday × period, its changes, and its print for the wall."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from library_site.http import SchoolRequest
from library_site.models import Role
from readers.forms.duty import DutyForm, SwapForm
from readers.models import Duty
from readers.operations.roster import DutyOnDate, add_duty, remove_duty, swap_duties
from readers.queries.helpers import helper_rows
from readers.queries.roster import coming_changes, expected_on, periods
from readers.queries.roster import roster as roster_of
from readers.views.semester import chosen_semester, needed_semester, page_of
from readers.views.told import address_of, done_or_told, tell_errors


@require_safe
def roster(request: SchoolRequest) -> HttpResponse:
    """The roster of a semester; whoever may write it finds the form beside it."""
    today = timezone.localdate()
    semester = chosen_semester(request, today)
    context = page_of(request, semester)
    if semester is not None:
        context |= {
            "roster": roster_of(semester, request.reference),
            "changes": coming_changes(semester, today),
            "expected": expected_on(semester, today),
        }
        if request.user.has_role(Role.LIBRARIAN):
            wanted = {name: request.GET.get(name) for name in ("weekday", "period")}
            helpers = helper_rows(semester, request.reference)
            context["form"] = DutyForm(initial=wanted, helpers=helpers, periods=periods())
    return render(request, "readers/helpers/roster.html", context)


@require_POST
def add(request: SchoolRequest) -> HttpResponse:
    """Puts somebody on the roster; the next one is added to the same place."""
    semester = needed_semester(request, timezone.localdate())
    helpers = helper_rows(semester, request.reference)
    form = DutyForm(request.POST, helpers=helpers, periods=periods())
    place = {"semester": semester.pk}
    if form.is_valid():
        data = form.cleaned_data
        done_or_told(
            request,
            lambda: add_duty(
                appointment_id=data["appointment"], weekday=data["weekday"], period_id=data["period"],
                by=request.user, address=address_of(request),
            ),
        )  # fmt: skip
        place |= {"weekday": data["weekday"], "period": data["period"]}
    else:
        tell_errors(request, form)
    return redirect(reverse("helpers:roster", query=place))


@require_POST
def remove(request: SchoolRequest, duty_id: int) -> HttpResponse:
    """Takes somebody off the roster."""
    duty = get_object_or_404(Duty.objects.select_related("appointment"), pk=duty_id)
    remove_duty(duty_id=duty.pk, by=request.user, address=address_of(request))
    return redirect(reverse("helpers:roster", query={"semester": duty.appointment.semester_id}))


@require_http_methods(["GET", "HEAD", "POST"])
def swap(request: SchoolRequest) -> HttpResponse:
    """Two duties change hands for one date each."""
    today = timezone.localdate()
    semester = needed_semester(request, today)
    form = SwapForm(request.POST or None, entries=roster_of(semester, request.reference).entries)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        one, other = DutyOnDate(data["one"], data["one_on"]), DutyOnDate(data["other"], data["other_on"])
        if done_or_told(
            request, lambda: swap_duties(one=one, other=other, by=request.user, address=address_of(request))
        ):
            return redirect(reverse("helpers:roster", query={"semester": semester.pk}))
    context = {**page_of(request, semester), "form": form}
    return render(request, "readers/helpers/swap.html", context, status=422 if form.is_bound else 200)


@require_safe
def wall(request: SchoolRequest) -> HttpResponse:
    """The roster for the wall, A4 landscape."""
    semester = needed_semester(request, timezone.localdate())
    context = {**page_of(request, semester), "roster": roster_of(semester, request.reference)}
    return render(request, "readers/helpers/wall.html", context)
