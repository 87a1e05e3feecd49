"""Opening hours, the end of a semester, public holidays."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models import Location
from circulation.forms.calendar import HolidaysForm, HoursForm, SemesterEndForm
from circulation.models import OpeningHours
from circulation.models.calendar import WEEKDAYS
from circulation.operations.calendar import enter_holidays, save_hours, save_semester_end
from circulation.queries.calendar import calendar
from circulation.queries.calendar_page import holiday_rows
from circulation.queries.calendar_warnings import holidays_known
from circulation.queries.due_dates import due_past_recall
from circulation.rules.opening import HOURS_A_WEEK, SemesterEnd, Span, hours_a_week
from circulation.rules.public_holidays import is_announced
from circulation.views.calendar.year import chosen_room
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import Reader
from readers.queries.classes import semesters
from readers.views.semester import semester_title


class HoursGroup(NamedTuple):
    """The hours of one room and category, by weekday."""

    location_id: int | None
    category: str
    title: str
    days: list[tuple[Any, list[OpeningHours]]]
    total: float


@require_safe
def hours(request: SchoolRequest) -> HttpResponse:
    """Everybody's hours, and those of rooms and readers that have their own."""
    own: dict[tuple[int | None, str], list[OpeningHours]] = {(None, ""): []}
    for row in calendar(request.reference).hours:
        own.setdefault((row.location_id, row.category), []).append(row)
    names = dict(Location.objects.values_list("pk", "name"))
    groups = [
        _group(location_id, category, rows, names)
        for (location_id, category), rows in sorted(own.items(), key=lambda item: (item[0][0] or 0, item[0][1]))
    ]
    context = {
        "groups": groups,
        "rooms": sorted(names.items(), key=lambda item: item[1]),
        "categories": Reader.Category.choices,
        "standard": HOURS_A_WEEK,
    }
    return render(request, "circulation/calendar/hours.html", context)


def _group(location_id: int | None, category: str, rows: Sequence[OpeningHours], names: dict[int, str]) -> HoursGroup:
    days = [(label, [row for row in rows if row.weekday == day]) for day, label in WEEKDAYS]
    total = hours_a_week([Span(row.weekday, row.opens, row.closes) for row in rows])
    return HoursGroup(location_id, category, whose(names.get(location_id or 0, ""), category), days, total)


def whose(room: str, category: str) -> str:
    """Whose hours they are, in words."""
    readers = str(Reader.Category(category).label) if category else _("all readers")
    return f"{room or _('All rooms')} · {readers}"


@require_http_methods(["GET", "POST"])
def hours_of(request: SchoolRequest) -> HttpResponse:
    """The hours of a room and a category, in the address as `room` and `category`."""
    room, category = chosen_room(request), request.GET.get("category", "")
    if category not in {"", *Reader.Category.values}:
        raise Http404
    location_id = room.pk if room else None
    known = calendar(request.reference).hours
    own = [row for row in known if (row.location_id, row.category) == (location_id, category)]
    form = HoursForm(request.POST or None, hours=own)
    if request.method == "POST" and form.is_valid() and _save_hours(request, form, location_id, category):
        messages.success(request, _("Saved."))
        return redirect("calendar:due")
    context = {
        "form": form,
        "whose": whose(room.name if room else "", category),
        "for_all": location_id is None and not category,
    }
    return render(request, "circulation/calendar/hours_of.html", context, status=422 if form.errors else 200)


def _save_hours(request: SchoolRequest, form: HoursForm, location_id: int | None, category: str) -> bool:
    spans = [Span(*span) for span in form.spans()]
    address = request.META.get("REMOTE_ADDR")
    try:
        save_hours(location_id=location_id, category=category, spans=spans, by=request.user, address=address)
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


@require_safe
def recalls(request: SchoolRequest) -> HttpResponse:
    """Every semester with its recall dates and its holiday lending, the newest first."""
    known = calendar(request.reference)
    labels, today = dict(Reader.Category.choices), localdate()
    rows = [
        {
            "semester": semester,
            "title": semester_title(semester),
            "dates": [row for row in known.recall_dates if row.semester_id == semester.pk],
            "lending": [
                (labels.get(row.category, ""), row.opens_on)
                for row in known.holiday_lending
                if row.semester_id == semester.pk
            ],
            "back_on": known.open_days(None, "").on_or_after(known.next_start(semester)),
            "past": due_past_recall(request.reference, semester) if semester.ends_on >= today else 0,
        }
        for semester in reversed(semesters(request.reference))
    ]
    return render(request, "circulation/calendar/recalls.html", {"rows": rows, "today": today})


@require_http_methods(["GET", "POST"])
def recall(request: SchoolRequest, semester_id: int) -> HttpResponse:
    """The end of one semester."""
    semester = next((row for row in semesters(request.reference) if row.pk == semester_id), None)
    if semester is None:
        raise Http404
    known = calendar(request.reference)
    dates = {row.graduating: row.on for row in known.recall_dates if row.semester_id == semester.pk}
    lending = {row.category: row.opens_on for row in known.holiday_lending if row.semester_id == semester.pk}
    initial = {"recall_on": dates.get(False), "graduating_on": dates.get(True)}
    form = SemesterEndForm(request.POST or None, initial=initial, lending=lending)
    if request.method == "POST" and form.is_valid():
        end = SemesterEnd(form.cleaned_data["recall_on"], form.cleaned_data["graduating_on"], form.lending())
        address = request.META.get("REMOTE_ADDR")
        try:
            save_semester_end(semester=semester, end=end, reference=request.reference, by=request.user, address=address)
            messages.success(request, _("Saved."))
            return redirect("calendar:recalls")
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "semester": semester, "title": semester_title(semester)}
    return render(request, "circulation/calendar/recall.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def holidays(request: SchoolRequest, year: int) -> HttpResponse:
    """The public holidays of a year: as announced, or to be entered."""
    if not 2020 <= year <= 2100:
        raise Http404
    known = calendar(request.reference)
    entered = {day: reason for day, reason in sorted(known.reasons.items()) if day.year == year}
    form = None if is_announced(year) else HolidaysForm(request.POST or None, year=year, entered=entered)
    if request.method == "POST" and form is not None and form.is_valid():
        address = request.META.get("REMOTE_ADDR")
        try:
            enter_holidays(
                closed=form.closed(),
                worked=form.cleaned_data["worked"],
                dropped=form.dropped(),
                by=request.user,
                address=address,
            )
            messages.success(request, _("Saved."))
            return redirect("calendar:due")
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {
        "year": year,
        "form": form,
        "rows": holiday_rows(year),
        "is_known": holidays_known(known, year),
        "entered": [(day, known.words[day], reason) for day, reason in entered.items()],
        "this_year": localdate().year,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "circulation/calendar/holidays.html", context, status=status)
