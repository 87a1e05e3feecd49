"""Hours of an activity: the list, one more, and the classes of a week at once."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from activities.forms.sessions import SessionForm, WeekForm
from activities.models import Activity, ActivityKind
from activities.operations.sessions import Held, add_sessions, drop_session
from activities.queries.audience import classes_invited
from activities.queries.sessions import session_lines, sessions_of, week_lines
from activities.views.rights import require_edit
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.queries.classes import NamedClass
from readers.views.told import address_of

ROWS = 60
WEEK = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """The hours held so far, and entering one more."""
    activity = require_edit(request, activity_id)
    form = SessionForm(
        request.POST or None, classes=_classes(request, activity), initial={"on": _within(activity, _today())}
    )
    if form.is_bound and form.is_valid() and _added(request, activity, form, [form.cleaned_data]):
        return redirect("activities:sessions", activity.pk)
    return _page(request, activity, form)


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """All classes of a week in one table: their library period is filled in, Enter goes down."""
    activity = require_edit(request, activity_id)
    monday = _monday(request, activity)
    lines = week_lines(activity, _classes(request, activity), monday, request.reference)
    form = WeekForm(request.POST or None, lines=lines, initial=_last_told(activity))
    if form.is_bound and form.is_valid() and _added(request, activity, form, form.held()):
        return redirect(reverse("activities:week", args=[activity.pk], query={"monday": (monday + WEEK).isoformat()}))
    context = {
        "activity": activity, "form": form, "monday": monday, "sunday": monday + timedelta(days=6),
        "entered": [line for line in lines if line.is_entered],
        "before": monday - WEEK if monday > activity.starts_on else None,
        "after": monday + WEEK if monday + WEEK <= activity.ends_on else None,
    }  # fmt: skip
    return render(request, "activities/activities/week.html", context, status=422 if form.is_bound else 200)


@require_POST
def drop(request: SchoolRequest, activity_id: int, session_id: int) -> HttpResponse:
    """Removes an hour entered by mistake."""
    activity = require_edit(request, activity_id)
    drop_session(activity_id=activity.pk, session_id=session_id, by=request.user, address=address_of(request))
    messages.success(request, _("Removed."))
    return redirect("activities:sessions", activity.pk)


def _page(request: SchoolRequest, activity: Activity, form: SessionForm) -> HttpResponse:
    page = Paginator(sessions_of(activity), ROWS).get_page(request.GET.get("page"))
    context = {
        "activity": activity, "form": form, "page": page,
        "lines": session_lines(list(page), activity, request.reference),
        "by_class": activity.kind.shape == ActivityKind.Shape.LESSON,
    }  # fmt: skip
    return render(request, "activities/activities/sessions.html", context, status=422 if form.is_bound else 200)


def _added(
    request: SchoolRequest, activity: Activity, form: SessionForm | WeekForm, rows: list[dict[str, Any]]
) -> bool:
    try:
        found = add_sessions(
            activity_id=activity.pk, held=[Held(**row) for row in rows], by=request.user, address=address_of(request)
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    text = ngettext("%(count)d session entered.", "%(count)d sessions entered.", len(found))
    messages.success(request, text % {"count": len(found)})
    return True


def _classes(request: SchoolRequest, activity: Activity) -> list[NamedClass]:
    return classes_invited(activity.audiences.all(), request.reference, _within(activity, _today()))


def _today() -> date:
    return timezone.localdate()


def _within(activity: Activity, day: date) -> date:
    return min(max(day, activity.starts_on), activity.ends_on)


def _monday(request: SchoolRequest, activity: Activity) -> date:
    """The Monday of the week asked for, else of this one, within the activity's days."""
    try:
        asked = parse_date(request.POST.get("monday") or request.GET.get("monday") or "")
    except ValueError:
        asked = None
    day = _within(activity, asked or _today())
    return day - timedelta(days=day.weekday())


def _last_told(activity: Activity) -> dict[str, str]:
    last = sessions_of(activity).first()
    return {"topic": last.topic, "led_by": last.led_by} if last else {}
