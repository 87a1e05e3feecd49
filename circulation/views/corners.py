"""A class's book corner: its keeper or class teacher lends from it to classmates, as at the desk."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circulation.forms.boxes import CornerForm, CornerLendForm, CornerOpenForm, CornerScanForm
from circulation.operations.corner_scan import lend_scanned, take_corner_scan
from circulation.operations.desk import Scan
from circulation.operations.scan import Answer, Desk, Tone
from circulation.operations.undo import UNDO_WITHIN, undo_last
from circulation.queries.corners import Corner, corner
from circulation.queries.feed import feed
from circulation.rules.boxes import OTHER_CLASS
from circulation.views.answer import SPOKEN
from circulation.views.desk import desk_act, desk_name
from circulation.views.duty import on_duty
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.queries.classes import NamedClass, classes_on
from readers.views.scope import classes_reached


def own_classes(request: SchoolRequest) -> list[NamedClass]:
    """The classes whose corners this person may serve."""
    reached = classes_reached(request)
    rows = classes_on(request.reference, timezone.localdate())
    return [row for row in rows if reached is None or row.pk in reached]


def class_reached(request: SchoolRequest, class_id: int) -> NamedClass:
    """404 for a class out of reach, or no longer at the school."""
    found = next((row for row in own_classes(request) if row.pk == class_id), None)
    if found is None:
        raise Http404
    return found


@require_safe
def my_corner(request: SchoolRequest) -> HttpResponse:
    """Leads a class keeper or class teacher to the corner of the own class."""
    own = next(iter(own_classes(request)), None)
    if own is None:
        messages.info(request, _("Your account is not tied to a class yet. Ask the librarian."))
        return redirect("home")
    return redirect("boxes:corner", own.pk)


@require_safe
def corner_page(request: SchoolRequest, class_id: int) -> HttpResponse:
    """The corner: pupils with what they have from it, its books, and the place where scans lend and take back."""
    school_class = class_reached(request, class_id)
    context = {
        "school_class": school_class,
        "classes": own_classes(request),
        "corner": corner(class_id, timezone.localdate(), request.reference),
        "feed": feed(desk_name(request), timezone.now() - UNDO_WITHIN),
        "duty": on_duty(request),
    }
    return render(request, "circulation/boxes/corner.html", context)


def _respond(request: SchoolRequest, answer: Answer, data: dict[str, Any]) -> JsonResponse:
    """The answer with the corner as it is after it; nothing of a class out of reach, whatever the act answered."""
    reached = classes_reached(request)
    if reached is not None and data["corner"] not in reached:
        return JsonResponse({"error": [_("This is no longer on record.")]}, status=404)
    now = corner(data["corner"], timezone.localdate(), request.reference)
    row = next((row for row in now.rows if row.reader.pk == answer.reader_id), None)
    if answer.tone == Tone.OPENED and row is None:
        answer = Answer(Tone.REFUSED, _("Not your class"), problems=[OTHER_CLASS])

    def drawn(template: str, values: dict[str, Any]) -> str:
        return render_to_string(template, values, request=request)

    return JsonResponse(
        {
            "tone": answer.tone.value,
            "say": SPOKEN.get(answer.tone, ""),
            "reader": row.reader.pk if row else None,
            "answer": drawn("circulation/desk/answer.html", {"answer": answer, "panel": row}),
            "panel": drawn("circulation/boxes/pupil.html", {"row": row}) if row else None,
            "line": drawn("circulation/desk/line.html", {"event": answer.event}) if answer.event else None,
            "rows": _cells(now, answer, drawn),
            "pieces": {"corner-books": drawn("circulation/boxes/corner_books.html", {"corner": now})},
        }
    )


def _cells(now: Corner, answer: Answer, drawn: Any) -> dict[int, str]:
    """The rows of the pupils whom the act touched."""
    touched = {answer.reader_id, answer.event.reader_id if answer.event else None}
    template = "circulation/desk/board_cell.html"
    return {row.reader.pk: drawn(template, {"lines": row.lines}) for row in now.rows if row.reader.pk in touched}


def _own(desk: Desk, class_id: int | None) -> int:
    """The class of the page, if this person may serve it; else as if it were not on record."""
    if class_id is None or (desk.classes is not None and class_id not in desk.classes):
        raise ObjectDoesNotExist
    return class_id


@desk_act(CornerScanForm, respond=_respond)
def scan(data: Any, desk: Desk, scan: Scan) -> Answer:
    return take_corner_scan(code=data["code"], class_id=_own(desk, data["corner"]), desk=desk, scan=scan)


@desk_act(CornerOpenForm, respond=_respond)
def open_pupil(data: Any, desk: Desk, scan: Scan) -> Answer:
    _own(desk, data["corner"])
    return Answer(Tone.OPENED, "", reader_id=desk.reader_id)


@desk_act(CornerForm, respond=_respond)
def undo(data: Any, desk: Desk, scan: Scan) -> Answer:
    _own(desk, data["corner"])
    try:
        event = undo_last(desk=scan.desk, by=desk.by, at=timezone.now(), scan=scan)
    except Refused as refusal:
        return Answer(Tone.REFUSED, _("Not undone"), desk.reader_id, problems=refusal.problems)
    return Answer(Tone.NOTICE, _("Undone"), desk.reader_id, event=event)


@desk_act(CornerLendForm, respond=_respond)
def lend(data: Any, desk: Desk, scan: Scan) -> Answer:
    """Lends a book that a classmate has just brought back to the open pupil."""
    class_id = _own(desk, data["corner"])
    if desk.reader_id is None:
        return Answer(Tone.REFUSED, _("Choose the pupil first."))
    return lend_scanned(copy_id=data["copy"], class_id=class_id, desk=desk, scan=scan)
