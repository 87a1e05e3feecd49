"""The page of a class box: it scans as the desk does, books in or books back."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circulation.forms.boxes import BoxScanForm, BoxUndoForm, DueForm, PlaceForm, PutInForm
from circulation.models import Box
from circulation.operations.box_scan import BACK, IN, put_scanned, take_box_scan
from circulation.operations.boxes import stay_of
from circulation.operations.desk import Scan
from circulation.operations.scan import Answer, Desk, Tone
from circulation.operations.undo import UNDO_WITHIN, undo_last
from circulation.queries.boxes import box_lines
from circulation.queries.feed import feed
from circulation.views.answer import SPOKEN
from circulation.views.desk import desk_act, desk_name
from circulation.views.duty import on_duty
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.problems import Refused
from readers.queries.classes import class_names_on, classes_on


@require_safe
def box(request: SchoolRequest, box_id: int) -> HttpResponse:
    """A box: what is in it, and the place where scans put in (`?way=in`) or take back (`?way=back`)."""
    found = get_object_or_404(Box, pk=box_id)
    today = timezone.localdate()
    state = _state(request, found)
    way = request.GET.get("way", "")
    way = way if way in (IN, BACK) else IN
    choices = [(row.pk, row.name) for row in classes_on(request.reference, today)]
    context = {
        **state,
        "way": way if state["stay"] else BACK,
        "place_form": PlaceForm(classes=choices),
        "due_form": DueForm(),
        "feed": feed(desk_name(request), timezone.now() - UNDO_WITHIN),
        "duty": on_duty(request),
        "today": today,
    }
    return render(request, "circulation/boxes/box.html", context)


def _state(request: SchoolRequest, box: Box) -> dict[str, Any]:
    """What stands on the page of a box and changes with every scan. Two statements."""
    stay = stay_of(box.pk)
    lines = box_lines([box.pk]).get(box.pk, [])
    class_id = stay.school_class_id if stay else None
    here = [line for line in lines if line.class_id == class_id]
    names = class_names_on(request.reference, timezone.localdate())
    return {
        "box": box,
        "stay": stay,
        "class_name": names.get(class_id, "") if class_id else "",
        "lines": here,
        "lent_on": [line for line in here if line.classmate],
        "missing": [(names.get(line.class_id, ""), line) for line in lines if line.class_id != class_id],
        "due_on": min((line.due_on for line in here), default=None),
    }


def _respond(request: SchoolRequest, answer: Answer, data: dict[str, Any]) -> JsonResponse:
    """The answer with the box as it is after it."""
    state = _state(request, Box.objects.get(pk=data["box"])) | {"way": data["way"]}
    context = {"answer": answer, "panel": None, "may_override": request.user.has_role(Role.LIBRARIAN)}

    def drawn(template: str, values: dict[str, Any]) -> str:
        return render_to_string(template, values, request=request)

    return JsonResponse(
        {
            "tone": answer.tone.value,
            "say": SPOKEN.get(answer.tone, ""),
            "reader": None,
            "answer": drawn("circulation/desk/answer.html", context),
            "panel": None,
            "line": drawn("circulation/desk/line.html", {"event": answer.event}) if answer.event else None,
            "rows": {},
            "pieces": {
                "box-count": drawn("circulation/boxes/count.html", state),
                "box-books": drawn("circulation/boxes/books.html", state),
            },
        }
    )


@desk_act(BoxScanForm, respond=_respond)
def scan(data: Any, desk: Desk, scan: Scan) -> Answer:
    return take_box_scan(code=data["code"], box_id=data["box"], way=data["way"], desk=desk, scan=scan)


@desk_act(PutInForm, respond=_respond)
def put(data: Any, desk: Desk, scan: Scan) -> Answer:
    """Puts a copy in although something is against it, with a reason."""
    return put_scanned(
        copy_id=data["copy"],
        box_id=data["box"],
        desk=desk,
        scan=scan,
        overrides=data["overrides"],
        reason=data["reason"],
    )


@desk_act(BoxUndoForm, respond=_respond)
def undo(data: Any, desk: Desk, scan: Scan) -> Answer:
    try:
        event = undo_last(desk=scan.desk, by=desk.by, at=timezone.now(), scan=scan)
    except Refused as refusal:
        return Answer(Tone.REFUSED, _("Not undone"), problems=refusal.problems)
    return Answer(Tone.NOTICE, _("Undone"), event=event)
