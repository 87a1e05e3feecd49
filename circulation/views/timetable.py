"""The lending timetable: the grid, its periods, another timetable from a day on, and its prints."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circulation.forms.timetable import NewTimetableForm, PeriodForm, rooms
from circulation.models import LibraryPeriod
from circulation.operations.timetable import PeriodTerms, add_period, begin_timetable, change_period, remove_period
from circulation.queries.timetable import (
    Timetable,
    coming_change,
    due_now,
    is_within_hours,
    periods_on,
    sheets_of_classes,
)
from circulation.queries.timetable import timetable as timetable_of
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.problems import Refused
from readers.queries.classes import classes_on, semester_on
from readers.views.told import address_of, tell_errors

# What the form for the next class keeps of the last one.
KEPT = ("weekday", "starts", "ends", "weeks", "purpose", "room")


@require_safe
def timetable(request: SchoolRequest) -> HttpResponse:
    """Which class comes when, as of a day; whoever may write it finds the form below."""
    now = timezone.now()
    day = _day(request)
    shown = timetable_of(request.reference, day)
    context: dict[str, Any] = {
        "timetable": shown,
        "now": due_now(request.reference, now),
        "today": periods_on(request.reference, timezone.localdate(now)),
        "next_change": coming_change(request.reference, day),
        "may_write": request.user.has_role(Role.LIBRARIAN),
    }
    if context["may_write"]:
        context["form"] = _form(request, day, initial=_wanted(request, shown, day))
    return render(request, "circulation/timetable/timetable.html", context)


@require_POST
def add(request: SchoolRequest) -> HttpResponse:
    """Puts a class on the timetable; the form is then ready for the next class at the same time."""
    day = _day(request)
    form = _form(request, day, data=request.POST)
    if form.is_valid():
        terms = _terms(form)
        try:
            row = add_period(terms=terms, reference=request.reference, by=request.user, address=address_of(request))
            _tell_hours(request, row)
        except Refused as refusal:
            for problem in refusal.problems:
                messages.error(request, str(problem.message))
    else:
        tell_errors(request, form)
    asked = {"on": day.isoformat(), **{name: request.POST[name] for name in KEPT if request.POST.get(name)}}
    return redirect(f"{reverse('timetable:timetable', query=asked)}#put")


@require_http_methods(["GET", "HEAD", "POST"])
def period(request: SchoolRequest, period_id: int) -> HttpResponse:
    """Changes a period from a day on."""
    row = get_object_or_404(LibraryPeriod, pk=period_id)
    day = max(_day(request), row.valid_from)
    form = _form(request, day, data=request.POST or None, initial=_initial(row, day))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            row = change_period(
                period_id=row.pk, terms=_terms(form), reference=request.reference, by=request.user,
                address=address_of(request),
            )  # fmt: skip
            _tell_hours(request, row)
            return _back(form.cleaned_data["valid_from"])
        except Refused as refusal:
            for problem in refusal.problems:
                form.add_error(None, str(problem.message))
    if form.is_bound:
        status = 422
    return render(request, "circulation/timetable/period.html", {"form": form, "row": row, "day": day}, status=status)


@require_POST
def remove(request: SchoolRequest, period_id: int) -> HttpResponse:
    """Takes a period off from the day shown on."""
    day = _day(request)
    remove_period(period_id=period_id, on=day, by=request.user, address=address_of(request))
    messages.success(request, _("Removed."))
    return _back(day)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SchoolRequest) -> HttpResponse:
    """Another timetable from a day on."""
    form = NewTimetableForm(request.POST or None, after=timezone.localdate())
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["starts_on"]
        try:
            number = begin_timetable(
                starts_on=day, copies=form.cleaned_data["begins_with"] == "copy", reference=request.reference,
                by=request.user, address=address_of(request),
            )  # fmt: skip
        except Refused as refusal:
            for problem in refusal.problems:
                form.add_error(problem.field, str(problem.message))
        else:
            text = ngettext("It begins with %(count)d period.", "It begins with %(count)d periods.", number)
            messages.success(request, text % {"count": number})
            return _back(day)
    context = {"form": form, "day": _day(request)}
    return render(request, "circulation/timetable/begin.html", context, status=422 if form.is_bound else 200)


@require_safe
def wall(request: SchoolRequest) -> HttpResponse:
    """The timetable for the wall, A4 landscape."""
    context = {"timetable": timetable_of(request.reference, _day(request))}
    return render(request, "circulation/timetable/wall.html", context)


@require_safe
def classes(request: SchoolRequest) -> HttpResponse:
    """A slip per class with the days on which it comes, A4 to cut; `?class=` for one class."""
    day = _day(request)
    wanted = request.GET.get("class", "")
    only = int(wanted) if wanted.isdecimal() else None
    context = {
        "sheets": sheets_of_classes(request.reference, day, only=only),
        "classes": classes_on(request.reference, day),
        "chosen": only,
        "day": day,
    }
    return render(request, "circulation/timetable/classes.html", context)


def _tell_hours(request: SchoolRequest, row: LibraryPeriod) -> None:
    """What is written all the same, but hardly meant."""
    if not is_within_hours(request.reference, row):
        messages.warning(request, _("By its opening hours the library is not open then."))


def _day(request: SchoolRequest) -> date:
    """The day asked for by `on`, else today."""
    try:
        day = parse_date(request.POST.get("on") or request.GET.get("on") or "")
    except ValueError:
        day = None
    return day if day and 1980 <= day.year <= 2200 else timezone.localdate()


def _back(day: date) -> HttpResponse:
    return redirect(reverse("timetable:timetable", query={"on": day.isoformat()}))


def _form(request: SchoolRequest, day: date, **kwargs: Any) -> PeriodForm:
    return PeriodForm(classes=classes_on(request.reference, day), places=rooms(), **kwargs)


def _terms(form: PeriodForm) -> PeriodTerms:
    data = dict(form.cleaned_data)
    return PeriodTerms(school_class_id=data.pop("school_class"), room_id=data.pop("room"), **data)


def _wanted(request: SchoolRequest, shown: Timetable, day: date) -> dict[str, Any]:
    """What the form for the next period begins with: the place clicked, the first class that has none yet."""
    wanted = {name: request.GET[name] for name in KEPT if name in request.GET}
    semester = semester_on(request.reference, day)
    begins = semester.starts_on if semester and not shown.rows and semester.ends_on >= day else day
    first = shown.missing[0].pk if shown.missing else None
    return {"valid_from": begins, "valid_until": shown.until, "school_class": first, **wanted}


def _initial(row: LibraryPeriod, day: date) -> dict[str, Any]:
    same = ("weekday", "starts", "ends", "weeks", "purpose", "valid_until")
    own = {name: getattr(row, name) for name in same}
    return {"school_class": row.school_class_id, "room": row.room_id, "valid_from": day, **own}
