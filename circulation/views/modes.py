"""The mode of a desk: kept in the session of its computer, so that logging out ends it, and shown on its pages."""

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circulation.forms.modes import ModeForm
from circulation.models import ModeKind
from circulation.queries.calendar import calendar
from circulation.rules.modes import Mode, ends_at, last_closing
from library_site.http import SchoolRequest
from library_site.models import Role

_KEY = "desk_mode"
NONE = "none"


def mode_of(request: SchoolRequest) -> Mode | None:
    """The mode that this desk is in now; None for everyday work. No statement."""
    kept = request.session.get(_KEY)
    if kept is None:
        return None
    mode = Mode(kept["kind"], _moment(kept["ends"]), _moment(kept["at"]) if kept["at"] else None, kept["reason"])
    if mode.ends <= timezone.now():
        del request.session[_KEY]
        return None
    return mode


def mode_context(request: SchoolRequest) -> dict[str, Any]:
    """What the pages of a desk show of its mode, and which modes this person may begin."""
    mode = mode_of(request)
    by_librarian = request.user.has_role(Role.LIBRARIAN)
    seconds = int((mode.ends - timezone.now()).total_seconds()) if mode else 0
    form = ModeForm(by_librarian=by_librarian)
    return {"mode": mode, "mode_seconds": seconds, "mode_form": form, "mode_today": timezone.localdate()}


@require_POST
def begin(request: SchoolRequest) -> HttpResponse:
    """Begins a mode, or the same anew; it ends after half an hour, at midnight, at logging out."""
    form = ModeForm(request.POST, by_librarian=request.user.has_role(Role.LIBRARIAN))
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return _back(request)
    data, now = form.cleaned_data, timezone.localtime()
    at = _dated(request, data["kind"], data["day"], now)
    request.session[_KEY] = {
        "kind": data["kind"],
        "ends": ends_at(now).isoformat(),
        "at": at.isoformat() if at else "",
        "reason": data["reason"].strip(),
    }
    return _back(request)


@require_POST
def longer(request: SchoolRequest) -> HttpResponse:
    """Half an hour more for the mode that is on."""
    if mode_of(request):
        request.session[_KEY] = {**request.session[_KEY], "ends": ends_at(timezone.localtime()).isoformat()}
    else:
        messages.info(request, _("The mode has ended."))
    return _back(request)


@require_POST
def end(request: SchoolRequest) -> HttpResponse:
    """Back to everyday work."""
    request.session.pop(_KEY, None)
    return _back(request)


def _dated(request: SchoolRequest, kind: str, day: date | None, now: datetime) -> datetime | None:
    """The moment that acts are dated: noon of a chosen day, the last closing for a book drop, None for now."""
    if kind == ModeKind.AMNESTY:
        return None
    if day is not None and day < now.date():
        return datetime.combine(day, time(12), tzinfo=now.tzinfo)
    days = calendar(request.reference)
    return last_closing(days.hours_of(None, ""), days.open_days(None, ""), now)


def _moment(text: str) -> datetime:
    moment = parse_datetime(text)
    assert moment is not None
    return moment


def _back(request: SchoolRequest) -> HttpResponse:
    page = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    return redirect(page if here else "circulation:desk")
