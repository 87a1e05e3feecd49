"""Leaving the school: a grade in one go, one pupil, the sheets that show what is out, and taking back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circulation.operations.leaving import leave, undo_turn
from circulation.queries.balances import owed
from circulation.queries.board import open_lines
from circulation.queries.leaving import (
    Leaver,
    LeavingClass,
    LeavingGrade,
    gone_with_books,
    leavers_of,
    leaving_day,
    leaving_grades,
    next_classes,
    past_turns,
)
from circulation.queries.out import OutBox, boxes_of
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.confirm import confirms_password
from readers.models import Reader, Turn
from readers.queries.classes import class_names_on


@dataclass(frozen=True)
class ClassOfLeavers:
    """A class with its pupils, and what is out in its own name.

    `goes_on` is the class offered to those who stay, None for none.
    """

    row: LeavingClass
    pupils: list[Leaver]
    goes_on: int | None = None
    boxes: Sequence[OutBox] = ()


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """The grades to let go, those who left with books, and what was done so far."""
    today = timezone.localdate()
    context = {
        "grades": leaving_grades(request.reference, today),
        "groups": gone_with_books(request.reference, today),
        "turns": past_turns(),
        "today": today,
    }
    return render(request, "circulation/leaving/overview.html", context)


@require_http_methods(["GET", "POST"])
@confirms_password
def grade(request: SchoolRequest, stage: str, entry_year: int) -> HttpResponse:
    """Who would leave, class by class, with what is out; applied in one go."""
    today = timezone.localdate()
    found = _grade(request, stage, entry_year)
    day = leaving_day(request.reference, today)
    stays_from, targets = next_classes(stage, request.reference, today) if not found.past else (today, [])
    if request.method == "POST":
        chosen = parse_date(request.POST.get("day", "")) if request.POST.get("day") else None
        if chosen is None:
            messages.error(request, _("Give the day on which they leave."))
        elif _let_go(request, chosen, stays_from):
            return redirect("leaving:overview")
    names = class_names_on(request.reference, stays_from)
    numbers = {target.number: target.pk for target in targets}
    pupils = leavers_of([row.pk for row in found.classes], today, request.reference)
    boxes = boxes_of(pupils, today, request.reference)
    context = {
        "grade": found,
        "classes": [
            ClassOfLeavers(row, pupils[row.pk], numbers.get(row.number), boxes.get(row.pk, ())) for row in found.classes
        ],
        "targets": [(target.pk, names[target.pk]) for target in targets],
        "day": day,
        "stays_from": stays_from,
    }
    return render(request, "circulation/leaving/grade.html", context)


def _let_go(request: SchoolRequest, day: date, stays_from: date) -> bool:
    data = request.POST
    shown = [int(pk) for pk in data.get("shown", "").split(",") if pk.isdecimal()]
    stay = {int(pk) for pk in data.getlist("stay") if pk.isdecimal()}
    try:
        turn = leave(
            kind=Turn.Kind.GRADUATION,
            leaving=[pk for pk in shown if pk not in stay],
            staying=_staying(data, stay.intersection(shown)),
            stays_from=stays_from,
            reasons=_reasons(data, shown),
            day=day,
            by=request.user,
            at=timezone.now(),
            address=request.META.get("REMOTE_ADDR"),
        )
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, str(problem.message))
        return False
    changed = turn.readers.count()
    text = ngettext("%(count)d reader was changed.", "%(count)d readers were changed.", changed)
    messages.success(request, text % {"count": changed})
    return True


def _staying(data: QueryDict, stay: set[int]) -> Mapping[int, int]:
    """{reader: class} of those who go on, by the class chosen for their old one."""
    found = {}
    for name, value in data.items():
        if name.startswith("into-") and isinstance(value, str) and value.isdecimal():
            members = {int(pk) for pk in data.get(f"members-{name.removeprefix('into-')}", "").split(",") if pk}
            found.update({pk: int(value) for pk in members & stay})
    return found


def _reasons(data: QueryDict, shown: list[int]) -> dict[int, str]:
    return {pk: reason for pk in shown if (reason := data.get(f"reason-{pk}", "").strip())}


@require_safe
def sheets(request: SchoolRequest, stage: str, entry_year: int) -> HttpResponse:
    """The clearance sheets (离校清书单), one class a page: what each pupil has out, to sign."""
    return render(request, "circulation/leaving/sheets.html", _printed(request, stage, entry_year))


@require_safe
def slips(request: SchoolRequest, stage: str, entry_year: int) -> HttpResponse:
    """Slips that nothing is outstanding, for those of whom that is true."""
    return render(request, "circulation/leaving/slips.html", _printed(request, stage, entry_year))


def _printed(request: SchoolRequest, stage: str, entry_year: int) -> dict[str, object]:
    today = timezone.localdate()
    found = _grade(request, stage, entry_year)
    pupils = leavers_of([row.pk for row in found.classes], today, request.reference)
    boxes = boxes_of(pupils, today, request.reference)
    classes = [ClassOfLeavers(row, pupils[row.pk], boxes=boxes.get(row.pk, ())) for row in found.classes]
    return {"grade": found, "classes": classes, "today": today}


def _grade(request: SchoolRequest, stage: str, entry_year: int) -> LeavingGrade:
    for found in leaving_grades(request.reference, timezone.localdate()):
        if (found.stage, found.entry_year) == (stage, entry_year):
            return found
    raise Http404


@require_http_methods(["GET", "POST"])
@confirms_password
def reader(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """One person leaves the school in mid-year: only with nothing out and nothing owed, or with a reason."""
    today = timezone.localdate()
    person = get_object_or_404(Reader, pk=reader_id)
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            leave(
                kind=Turn.Kind.LEAVING,
                leaving=[reader_id],
                reasons={reader_id: reason},
                day=parse_date(request.POST.get("day", "") or today.isoformat()) or today,
                by=request.user,
                at=timezone.now(),
                address=request.META.get("REMOTE_ADDR"),
            )
        except Refused as refused:
            messages.error(request, str(refused.problems[0].message))
        else:
            messages.success(request, _("%(name)s has left the school.") % {"name": person.name})
            return redirect("leaving:overview")
    context = {
        "reader": person,
        "lines": open_lines(reader_id, today, request.reference),
        "today": today,
        "owed": owed([reader_id]).get(reader_id),
    }
    return render(request, "circulation/leaving/reader.html", context)


@require_POST
@confirms_password
def undo(request: SchoolRequest, turn_id: int) -> HttpResponse:
    """Takes a roster, a graduation or a leaving back, if nothing was built on it."""
    get_object_or_404(Turn, pk=turn_id)
    try:
        undo_turn(turn_id=turn_id, by=request.user, at=timezone.now(), address=request.META.get("REMOTE_ADDR"))
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, str(problem.message))
    else:
        messages.success(request, _("Taken back: everybody is as before."))
    return redirect("leaving:overview")
