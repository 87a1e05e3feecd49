"""The librarian's day: what the start page says of it, closing it, and its exceptions."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from circulation.operations.day import close_day
from circulation.queries.calendar_warnings import calendar_warnings
from circulation.queries.day import day_counts, last_closings
from circulation.queries.exceptions import MOST, exceptions_count, exceptions_on
from circulation.queries.recall import countdowns
from circulation.queries.timetable import due_now, periods_on
from circulation.views.day_items import left_items, waiting_items
from circulation.views.day_words import said
from library_site.backup.server import Server
from library_site.backup.shelf import last_day
from library_site.http import SchoolRequest
from readers.queries.service import on_duty_now

# A daily backup that was missed over a weekend is no alarm.
BACKUP_OLD = timedelta(days=3)
CLOSINGS = 10
DUTY_SHOWN = 20
RECALL_SHOWN = 30  # days before


class ClosingForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note for tomorrow"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )


def day_overview(request: SchoolRequest, at: datetime) -> dict[str, Any]:
    """What the librarian's start page shows of today. Four statements; the timetable and the calendar are cached."""
    today = timezone.localdate(at)
    closings = last_closings(1)
    due = due_now(request.reference, at)
    return {
        "due": due,
        "coming": [row for row in periods_on(request.reference, today) if row != due and row.span()[0] > at][:3],
        "warnings": calendar_warnings(request.reference, today),
        "recalls": [row for row in countdowns(request.reference, today) if 0 <= row.days <= RECALL_SHOWN],
        "items": waiting_items(request, day_counts(today)),
        "on_duty": on_duty_now()[:DUTY_SHOWN],
        "backup": _backup(at),
        "note": closings[0] if closings and closings[0].note and closings[0].day < today else None,
        "closed": closings[0] if closings and closings[0].day == today else None,
        "exceptions": exceptions_count(today),
    }


def _backup(at: datetime) -> dict[str, Any]:
    last = last_day(Server.current().database)
    return {"last": last, "old": last is None or last < at - BACKUP_OLD}


@require_http_methods(["GET", "POST"])
def closing(request: SchoolRequest) -> HttpResponse:
    """What of the day is left, and closing it; a day that is closed says who did it."""
    today = timezone.localdate()
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = close_day(note=form.cleaned_data["note"], by=request.user, at=timezone.now())
        messages.success(request, _("The day is closed.") if done.by == request.user else _("It was closed before."))
        return redirect("day:closing")
    closings = last_closings(CLOSINGS)
    context = {
        "form": form,
        "today": today,
        "items": left_items(request, day_counts(today)),
        "exceptions": exceptions_count(today),
        "closed": next((row for row in closings if row.day == today), None),
        "closings": closings,
    }
    return render(request, "circulation/day/closing.html", context, status=422 if form.errors else 200)


@require_safe
def exceptions(request: SchoolRequest) -> HttpResponse:
    """The exceptions of a day (`?on=`, else today), to read and to print."""
    today = timezone.localdate()
    day = _asked(request.GET.get("on", ""), today)
    rows = [(line, said(line)) for line in exceptions_on(day)]
    context = {"day": day, "today": today, "rows": rows, "full": len(rows) == MOST}
    context |= {"before": day - timedelta(days=1), "after": day + timedelta(days=1) if day < today else None}
    return render(request, "circulation/day/exceptions.html", context)


def _asked(text: str, today: date) -> date:
    """The day in the address; what is none, or still to come, is today."""
    try:
        day = parse_date(text)
    except ValueError:
        return today
    return day if day and day <= today else today
