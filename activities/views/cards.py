"""Entering a stack of paper cards: one page, by keys, each card saved at its Enter."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from activities.forms.notes import CardForm, KeyForm
from activities.models import ReadingNote
from activities.operations.cards import Card, enter_card, take_back_card
from activities.queries.note_books import BookAtHand, books_at_hand, title_meant
from activities.queries.notes import notes
from activities.queries.pupils import class_pupils
from activities.queries.settings import activity_options
from activities.rules.notes import marks_of
from circulation.views.corners import class_reached
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.problems import Refused
from readers.models import Reader
from readers.queries.classes import semester_on
from reports.queries.settings import report_options

BOOKS = 6
LETTERS = "abcdef"


@require_safe
def cards(request: SchoolRequest, class_id: int) -> HttpResponse:
    """The class's list with the cards of a day (`?day=`), and the panel that takes the next one."""
    today = timezone.localdate()
    day = min(_day(request.GET.get("day")) or today, today)
    pupils = class_pupils(class_id, today)
    context = {
        "school_class": class_reached(request, class_id),
        "day": day,
        "rows": _rows(request, class_id, pupils, day),
        "kinds": ReadingNote.Kind.choices,
        "usual": ReadingNote.Kind.CARD,
        "marks": list(enumerate(marks_of(activity_options(request.reference).note_marks), start=1)),
        "today": today,
    }
    return render(request, "activities/notes/cards.html", context)


@require_POST
def enter(request: SchoolRequest, class_id: int) -> JsonResponse:
    """Records one card, or corrects it under the same `scan_id`."""
    class_reached(request, class_id)
    form = CardForm(request.POST)
    if not form.is_valid():
        errors = [error for errors in form.errors.values() for error in errors]
        return JsonResponse({"problems": errors}, status=400)
    try:
        note = _entered(request, class_id, form.cleaned_data)
    except Refused as refusal:
        return JsonResponse({"problems": [str(row.message) for row in refusal.problems]}, status=400)
    return JsonResponse({"note": note.pk, "mark": note.mark, "book": note.title.name if note.title else note.book})


@require_POST
def take_back(request: SchoolRequest, class_id: int) -> JsonResponse:
    """Deletes a card that was entered by mistake."""
    class_reached(request, class_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"problems": ["scan_id"]}, status=400)
    try:
        gone = take_back_card(key=form.cleaned_data["scan_id"], class_id=class_id)
    except Refused as refusal:
        return JsonResponse({"problems": [str(row.message) for row in refusal.problems]}, status=400)
    return JsonResponse({"gone": gone})


def _entered(request: SchoolRequest, class_id: int, data: dict[str, Any]) -> ReadingNote:
    meant = title_meant(data["book"]) if data["book"] and not data["title"] else None
    card = Card(
        reader_id=data["pupil"],
        written_on=data["written_on"],
        kind=data["kind"],
        mark=data["mark"],
        title_id=_title(request, data) or (meant.pk if meant else None),
        book="" if meant or data["title"] else data["book"],
    )
    return enter_card(
        key=data["scan_id"], class_id=class_id, card=card, today=timezone.localdate(), by=request.user,
        at=timezone.now(),
    )  # fmt: skip


def _title(request: SchoolRequest, data: dict[str, Any]) -> int | None:
    """The chosen title, if it is one of the pupil's own or of an earlier card of the same key; else none."""
    if not data["title"]:
        return None
    hand = books_at_hand([data["pupil"]], since=_since(request), most=BOOKS).get(data["pupil"], [])
    offered = data["title"] in {row.title_id for row in hand}
    mine = Q(key=data["scan_id"], title=data["title"])
    return data["title"] if offered or ReadingNote.objects.filter(mine).exists() else None


def _rows(
    request: SchoolRequest, class_id: int, pupils: list[Reader], day: date
) -> list[tuple[int, Reader, list[tuple[str, BookAtHand]], list[ReadingNote]]]:
    """Position, pupil, books with their letters, and the cards of the day."""
    hand = books_at_hand([row.pk for row in pupils], since=_since(request), most=BOOKS)
    entered: dict[int, list[ReadingNote]] = {}
    papers = notes().filter(school_class=class_id, written_on=day, source=ReadingNote.Source.PAPER, text="")
    for note in papers.filter(reader__in=pupils, files=None).order_by("pk"):
        entered.setdefault(note.reader_id or 0, []).append(note)
    return [
        (place, row, list(zip(LETTERS, hand.get(row.pk, []), strict=False)), entered.get(row.pk, []))
        for place, row in enumerate(pupils, start=1)
    ]


def _since(request: SchoolRequest) -> date | None:
    """From when on borrowed books are offered: a class teacher sees what is out, and what was lent this semester
    only where the school lets titles stand in pupils' records."""
    if not (request.user.has_role(Role.LIBRARIAN) or report_options(request.reference).titles_in_records):
        return None
    semester = semester_on(request.reference, timezone.localdate())
    return semester.starts_on if semester else None


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None
