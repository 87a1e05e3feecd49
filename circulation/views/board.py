"""The class board, and what prints from it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from circulation.exports.out import out_table
from circulation.forms.desk import BACKDATE_DAYS
from circulation.operations.undo import UNDO_WITHIN
from circulation.queries.board import class_board
from circulation.queries.feed import feed
from circulation.queries.out import who_has_what
from circulation.views.desk import desk_name
from circulation.views.duty import on_duty
from circulation.views.modes import mode_context
from library_site.access import scope_of
from library_site.http import SchoolRequest
from library_site.views.downloads import download
from readers.queries.classes import NamedClass, classes_on
from readers.views.scope import classes_reached, require_class


@require_GET
def board(request: SchoolRequest, class_id: int) -> HttpResponse:
    """All pupils of a class with what each has out; `?on=` keys in a sheet with its date."""
    today = timezone.localdate()
    context = _class_context(request, class_id)
    return render(
        request,
        "circulation/board.html",
        {
            **context,
            "rows": class_board(class_id, today, request.reference),
            "feed": feed(desk_name(request), timezone.now() - UNDO_WITHIN),
            "on": _sheet_day(request.GET.get("on", ""), today),
            "earliest": _earliest(today),
            "today": today,
            "duty": on_duty(request),
            **mode_context(request),
        },
    )


def _sheet_day(text: str, today: date) -> date | None:
    """The past day that a sheet is keyed in for; None for today, and for what is no such day."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and _earliest(today) <= day < today else None


def _earliest(today: date) -> date:
    return today - timedelta(days=BACKDATE_DAYS)


@require_GET
def sheet(request: SchoolRequest, class_id: int) -> HttpResponse:
    """The class lending sheet (班级借阅登记表) on A4: filled with what is out, or with `?blank` for writing on."""
    context = _class_context(request, class_id)
    blank = "blank" in request.GET
    rows = class_board(class_id, timezone.localdate(), request.reference)
    # A class teacher prints the sheet and has no board to go back to.
    has_board = scope_of("circulation:board", frozenset(request.user.roles)) is not None
    context |= {"rows": rows, "blank": blank, "has_board": has_board, "today": timezone.localdate()}
    return render(request, "circulation/sheet.html", context)


@require_GET
def out(request: SchoolRequest) -> HttpResponse:
    """Who has what, by class, for print; `?class=` for one class."""
    return render(request, "circulation/out.html", _out(request, timezone.localdate()))


@require_GET
def export_out(request: SchoolRequest) -> FileResponse:
    """Who has what, as far as the page shows it."""
    return download(request, out_table(_out(request, timezone.localdate())["groups"]))


def _out(request: SchoolRequest, today: date) -> dict[str, Any]:
    wanted = request.GET.get("class", "")
    classes = _classes(request, today)
    chosen = int(wanted) if wanted.isdecimal() else None
    if chosen is not None:
        require_class(request, chosen)
    reached = classes_reached(request)
    only = reached if chosen is None else {chosen}
    groups = who_has_what(classes, today, request.reference, only=only)
    return {"groups": groups, "classes": classes, "chosen": chosen, "today": today}


@require_GET
def my_class(request: SchoolRequest) -> HttpResponse:
    """Leads a class keeper to the board of the own class."""
    own = next(iter(_classes(request, timezone.localdate())), None)
    if own is None:
        messages.info(request, _("Your account is not tied to a class yet. Ask the librarian."))
        return redirect("home")
    return redirect("circulation:board", own.pk)


def _classes(request: SchoolRequest, today: date) -> list[NamedClass]:
    """The classes of the school, as far as this person's right reaches."""
    reached = classes_reached(request)
    return [row for row in classes_on(request.reference, today) if reached is None or row.pk in reached]


def _class_context(request: SchoolRequest, class_id: int) -> dict[str, Any]:
    classes = _classes(request, timezone.localdate())
    return {"school_class": _find(classes, class_id), "classes": classes}


def _find(classes: list[NamedClass], class_id: int) -> NamedClass:
    found = next((row for row in classes if row.pk == class_id), None)
    if found is None:
        raise Http404
    return found
