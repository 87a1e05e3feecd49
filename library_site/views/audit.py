"""The audit log: who changed what, when, from where, before and after."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from library_site.audit_log.acts import act_label
from library_site.audit_log.rows import Cursor, Entry, page_of
from library_site.audit_log.values import Names
from library_site.forms.audit import LABEL_TEXTS, AuditForm
from library_site.http import SchoolRequest
from library_site.models import User
from readers.queries.classes import class_names_on

TONES = {"insert": "ok", "update": "info", "delete": "bad", "look": "quiet"}


@require_safe
def audit(request: SchoolRequest) -> HttpResponse:
    """One page of the log, narrowed by the form; `?after=` leads on to what is older."""
    form = AuditForm(request.GET)
    names = Names({"readers.SchoolClass": partial(class_names_on, request.reference, timezone.localdate())})
    entries, following = page_of(form.filters(), after=_cursor(request.GET.get("after", "")), names=names)
    context = {
        "form": form,
        "rows": lines(entries),
        "following": _text(following) if following else "",
        "is_first": "after" not in request.GET,
    }
    return render(request, "audit.html", context)


def lines(entries: Sequence[Entry]) -> list[dict[str, object]]:
    """Entries of the log with who did them and what the act is called. One statement."""
    people = dict(User.objects.filter(pk__in={row.user_id for row in entries}).values_list("pk", "name"))
    return [_line(entry, people) for entry in entries]


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
