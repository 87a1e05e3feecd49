"""The audit log: who changed what, when, from where, before and after."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from library_site.audit_log.acts import act_label
from library_site.audit_log.rows import Cursor, Entry, page_of
from library_site.audit_log.table import audit_table, entries
from library_site.audit_log.values import Names
from library_site.forms.audit import LABEL_TEXTS, AuditForm
from library_site.http import SchoolRequest
from library_site.models import User
from library_site.views.downloads import download
from readers.queries.classes import class_names_on

TONES = {"insert": "ok", "update": "info", "delete": "bad", "look": "quiet", "export": "quiet", "exception": "warn"}


@require_safe
def audit(request: SchoolRequest) -> HttpResponse:
    """One page of the log, narrowed by the form; `?after=` leads on to what is older."""
    form = AuditForm(request.GET)
    cursor = _cursor(request.GET.get("after", ""))
    found, following = page_of(form.filters(), after=cursor, names=_names(request))
    context = {
        "form": form,
        "rows": lines(found),
        "following": _text(following) if following else "",
        "is_first": "after" not in request.GET,
    }
    return render(request, "audit.html", context)


def lines(found: Sequence[Entry]) -> list[dict[str, object]]:
    """Entries of the log with who did them and what the act is called. One statement."""
    people = dict(User.objects.filter(pk__in={row.user_id for row in found}).values_list("pk", "name"))
    return [_line(entry, people) for entry in found]


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """What the form narrows the log to, the newest first."""
    people = dict(User.objects.values_list("pk", "name"))
    rows = entries(AuditForm(request.GET).filters(), _names(request))
    return download(request, audit_table(rows, people, LABEL_TEXTS))


def _names(request: SchoolRequest) -> Names:
    return Names({"readers.SchoolClass": partial(class_names_on, request.reference, timezone.localdate())})


def _line(entry: Entry, people: dict[int, str]) -> dict[str, object]:
    return {
        "entry": entry,
        "who": people.get(entry.user_id, f"#{entry.user_id}") if entry.user_id else "",
        "act": act_label(entry.act),
        "label": LABEL_TEXTS[entry.label],
        "tone": TONES[entry.label],
    }


def _text(cursor: Cursor) -> str:
    return f"{cursor.at.isoformat()}~{cursor.source}~{cursor.number}"


def _cursor(text: str) -> Cursor | None:
    """The place in the address; anything unreadable is the beginning."""
    at, _sep, rest = text.partition("~")
    source, _sep, number = rest.partition("~")
    try:
        return Cursor(datetime.fromisoformat(at), source, int(number))
    except ValueError:
        return None
