"""Who is on duty at a desk that several people share: named by the own card, kept in the session of the computer."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from circulation.forms.desk import ScanForm
from circulation.operations.scan import Answer, Tone
from circulation.views.answer import answer_json
from library_site.http import SchoolRequest
from library_site.shared.problems import Problem, Refused
from readers.models import Reader
from readers.operations.duty import check_in, check_out
from readers.queries.helpers import helper_options
from readers.queries.service import reader_of_valid_card
from readers.queries.serving import may_be_named
from readers.rules.helpers import desk_rights

# A helper who walks away without signing off must not be named with the next one's acts.
ENDS_AFTER = timedelta(minutes=20)
# Kept to the minute, so that the session is not written with every scan.
NOTED_EVERY = timedelta(minutes=1)
_KEY = "on_duty"


class OnDuty(NamedTuple):
    """Who is named at this desk, for the page; `minutes` without an act end it."""

    reader: Reader
    minutes: int


def on_duty_id(request: SchoolRequest, now: datetime) -> int | None:
    """The reader who is named with what is done here now, and notes that something is. No statement but now and then.

    Nobody after twenty minutes in which nothing was done.
    """
    kept = request.session.get(_KEY)
    if kept is None:
        return None
    since = now.timestamp() - kept["seen"]
    if not 0 <= since < ENDS_AFTER.total_seconds():
        del request.session[_KEY]
        return None
    if since >= NOTED_EVERY.total_seconds():
        _keep(request, kept["reader"], now)
    return int(kept["reader"])


def on_duty(request: SchoolRequest) -> OnDuty | None:
    """As `on_duty_id`, with the reader. One statement if somebody is named."""
    reader_id = on_duty_id(request, timezone.now())
    reader = Reader.objects.filter(pk=reader_id).first() if reader_id is not None else None
    return OnDuty(reader, int(ENDS_AFTER.total_seconds()) // 60) if reader else None


@require_POST
def duty(request: SchoolRequest) -> HttpResponse:
    """The own card: whoever is named is named no more, anybody else is from now on."""
    form = ScanForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": [_("This is no longer on record.")]}, status=400)
    answer = _change(request, form.cleaned_data["code"], form.cleaned_data["reader"])
    piece = render_to_string("circulation/desk/duty.html", {"duty": on_duty(request)}, request=request)
    return answer_json(request, answer, board=form.cleaned_data["board"], duty=piece)


def _change(request: SchoolRequest, code: str, open_reader: int | None) -> Answer:
    now = timezone.now()
    reader = reader_of_valid_card(code)
    if reader is None:
        problem = Problem("no_card", _("This is no valid library card."), _("Scan the own card of whoever is on duty."))
        return Answer(Tone.REFUSED, _("Nobody signed in"), open_reader, problems=[problem])
    if on_duty_id(request, now) == reader.pk:
        return _sign_off(request, reader, now, open_reader)
    if not may_be_named(reader, timezone.localdate(now)):
        problem = Problem("not_serving", _("Only helpers and class keepers sign in for duty."))
        return Answer(Tone.REFUSED, _("Not signed in"), open_reader, problems=[problem])
    with suppress(Refused):  # a keeper by role who was never appointed is named, with no service to count
        check_in(reader_id=reader.pk, by=request.user, at=now, address=request.META.get("REMOTE_ADDR"))
    _keep(request, reader.pk, now)
    return Answer(Tone.NOTICE, _("On duty: %(name)s") % {"name": reader.name}, open_reader)


def _sign_off(request: SchoolRequest, reader: Reader, now: datetime, open_reader: int | None) -> Answer:
    del request.session[_KEY]
    with suppress(Refused):  # signed off elsewhere already, or never appointed
        check_out(reader_id=reader.pk, by=request.user, at=now, address=request.META.get("REMOTE_ADDR"))
    return Answer(Tone.NOTICE, _("Off duty: %(name)s") % {"name": reader.name}, open_reader)


def may_act(request: SchoolRequest, on_duty: int | None) -> Answer | None:
    """The refusal, where the school ties the rights of helpers to duty and nobody has signed in at this desk."""
    named = [] if on_duty is None else [on_duty]
    options = helper_options(request.reference)
    problems = desk_rights(options, request.user.roles, on_duty_id=on_duty, open_shifts=named)
    return Answer(Tone.REFUSED, _("Nobody is on duty"), problems=problems) if problems else None


def _keep(request: SchoolRequest, reader_id: int, now: datetime) -> None:
    request.session[_KEY] = {"reader": reader_id, "seen": now.timestamp()}
