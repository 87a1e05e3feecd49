"""A school year's days, and one day of it."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models import Location
from circulation.forms.calendar import DayForm
from circulation.operations.calendar import set_day
from circulation.queries.calendar import calendar
from circulation.queries.calendar_page import WEEKDAY_SIGNS, day_cell, year_months
from circulation.queries.calendar_warnings import calendar_warnings
from circulation.queries.due_dates import due_on_closed_days
from library_site.http import SchoolRequest
from readers.models import Reader, SchoolYear
from readers.queries.classes import school_year_on, school_years


@require_safe
def year(request: SchoolRequest) -> HttpResponse:
    """The months of a school year, for all or for one room and category of readers."""
    today = localdate()
    chosen = _chosen_year(request, today)
    room, category = chosen_room(request), request.GET.get("category", "")
    if category not in {"", *Reader.Category.values}:
        raise Http404
    location_id = room.pk if room else None
    context = {
        "year": chosen,
        "years": list(reversed(school_years(request.reference))),
        "rooms": Location.objects.order_by("name"),
        "room": room,
        "categories": Reader.Category.choices,
        "category": category,
        "months": year_months(request.reference, chosen, today, location_id=location_id, category=category)
        if chosen
        else [],
        "weekdays": list(zip(WEEKDAY_SIGNS, WEEKDAYS.values(), strict=True)),
        "warnings": [
            (f"{problem.message} {problem.way_out}".strip(), problem.link)
            for problem in calendar_warnings(request.reference, today)
        ],
        "to_move": sum(group.loans for group in due_on_closed_days(request.reference, today)),
    }
    return render(request, "circulation/calendar/year.html", context)


def _chosen_year(request: SchoolRequest, today: date) -> SchoolYear | None:
    wanted = request.GET.get("year", "")
    if not wanted:
        return school_year_on(request.reference, today)
    found = next((row for row in school_years(request.reference) if str(row.start_year) == wanted), None)
    if found is None:
        raise Http404
    return found


def chosen_room(request: SchoolRequest) -> Location | None:
    """The room named in the address; None for all."""
    wanted = request.GET.get("room", "")
    if not wanted:
        return None
    found = Location.objects.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 10 else None
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def day(request: SchoolRequest, day: str) -> HttpResponse:
    """Why a day is open or closed, and the school's word on it."""
    on, today = _day(day), localdate()
    known = calendar(request.reference)
    word = known.words.get(on)
    initial = {
        "word": "" if word is None else "open" if word.is_open else "closed",
        "hours_of": word.hours_of if word else None,
        "reason": known.reasons.get(on, ""),
    }
    form = DayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_day(
            day=on,
            is_open=form.is_open(),
            hours_of=form.cleaned_data["hours_of"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            address=request.META.get("REMOTE_ADDR"),
        )
        messages.success(request, _("Saved."))
        return redirect(reverse("calendar:due", query={"first": on.isoformat(), "last": on.isoformat()}))
    owner = school_year_on(request.reference, on)
    context = {"form": form, "cell": day_cell(request.reference, on, today), "year": owner, "day": on}
    return render(request, "circulation/calendar/day.html", context, status=422 if form.errors else 200)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if not 2000 <= found.year <= 2200:
        raise Http404
    return found
