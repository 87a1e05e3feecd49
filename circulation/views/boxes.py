"""Class boxes: the list, one box's life, boxes that change hands, contents for print."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circulation.forms.boxes import BoxForm, DueForm, EndForm, PlaceForm
from circulation.models import Box
from circulation.operations.box_moves import Move, move_boxes
from circulation.operations.boxes import class_pile, end_stay, extend_box, place_box, save_box
from circulation.queries import boxes as query
from circulation.queries.box_plan import Step, rotation, swap_plan
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.queries.classes import class_names_on, class_names_then, classes_on

PER_PAGE = 60
STAYS_PER_PAGE = 30
# A sheet a box; more than this are not printed in one go.
MOST_SHEETS = 60


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """All boxes with where they stand and what is in them; `?retired` those no longer used."""
    today = timezone.localdate()
    retired = "retired" in request.GET
    page = Paginator(query.boxes(retired=retired), PER_PAGE).get_page(request.GET.get("page"))
    names = class_names_on(request.reference, today)
    rows = [(box, names.get(box.class_id, "")) for box in page]  # type: ignore[attr-defined]
    with_box = {stay.school_class_id for stay in query.placed().values()}
    classes = classes_on(request.reference, today)
    context = {
        "rows": rows,
        "page": page,
        "retired": retired,
        "without": [row for row in classes if row.pk not in with_box],
        "classes": classes,
        "today": today,
    }
    return render(request, "circulation/boxes/boxes.html", context)


@require_http_methods(["GET", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Makes a box and opens its page."""
    return _form(request, BoxForm(request.POST or None), None, _("New class box"))


@require_http_methods(["GET", "POST"])
def edit(request: SchoolRequest, box_id: int) -> HttpResponse:
    """Name, number of books, whether it is still used."""
    box = get_object_or_404(Box, pk=box_id)
    return _form(request, BoxForm(request.POST or None, instance=box), box_id, _("Change a class box"))


def _form(request: SchoolRequest, form: BoxForm, box_id: int | None, title: str) -> HttpResponse:
    if form.is_valid():
        try:
            box = save_box(box_id=box_id, values=form.cleaned_data, by=request.user, address=_address(request))
            messages.success(request, _("Saved."))
            return redirect("boxes:box", box.pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "title": title, "box_id": box_id}
    return render(request, "circulation/boxes/form.html", context, status=422 if form.errors else 200)


@require_POST
def place(request: SchoolRequest, box_id: int) -> HttpResponse:
    """Gives the box to a class; then its books are scanned in."""
    get_object_or_404(Box, pk=box_id)
    today = timezone.localdate()
    choices = [(row.pk, row.name) for row in classes_on(request.reference, today)]
    form = PlaceForm(request.POST, classes=choices)
    if not form.is_valid():
        messages.error(request, _("Choose the class."))
        return redirect("boxes:box", box_id)
    class_id = form.cleaned_data["school_class"]
    try:
        place_box(box_id=box_id, class_id=class_id, day=today, by=request.user, address=_address(request))
    except Refused as refusal:
        _say(request, refusal)
    return redirect("boxes:box", box_id)


@require_POST
def end(request: SchoolRequest, box_id: int) -> HttpResponse:
    """The box is back in the library."""
    get_object_or_404(Box, pk=box_id)
    form = EndForm(request.POST)
    known = form.is_valid() and form.cleaned_data["missing_is_known"]
    today = timezone.localdate()
    try:
        missing = end_stay(box_id=box_id, day=today, missing_is_known=known, by=request.user, address=_address(request))
    except Refused as refusal:
        _say(request, refusal)
        return redirect("boxes:box", box_id)
    if missing:
        text = ngettext(
            "The box is back; %(count)d book stays with the class.",
            "The box is back; %(count)d books stay with the class.",
            len(missing),
        )
        messages.warning(request, text % {"count": len(missing)})
    else:
        messages.success(request, _("The box is back, nothing is missing."))
    return redirect("boxes:box", box_id)


@require_POST
def due(request: SchoolRequest, box_id: int) -> HttpResponse:
    """The class keeps the box until another day."""
    get_object_or_404(Box, pk=box_id)
    form = DueForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the day by which the box is back."))
        return redirect("boxes:box", box_id)
    try:
        number = extend_box(box_id=box_id, due_on=form.cleaned_data["due_on"], by=request.user, at=timezone.now())
        text = ngettext("%(count)d book has the new day.", "%(count)d books have the new day.", number)
        messages.success(request, text % {"count": number})
    except Refused as refusal:
        _say(request, refusal)
    return redirect("boxes:box", box_id)


@require_safe
def history(request: SchoolRequest, box_id: int) -> HttpResponse:
    """Where the box stood, and how much classmates borrowed from it there."""
    box = get_object_or_404(Box, pk=box_id)
    page = Paginator(query.stays(box_id), STAYS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [(stay, class_names_then(request.reference, stay.since)[stay.school_class_id]) for stay in page]
    return render(request, "circulation/boxes/history.html", {"box": box, "rows": rows, "page": page})


@require_safe
def contents(request: SchoolRequest) -> HttpResponse:
    """The contents of boxes on A4, one a page: those named by `?box=`, or all that stand with a class."""
    today = timezone.localdate()
    wanted = [int(pk) for pk in request.GET.getlist("box") if pk.isdecimal() and len(pk) < 10]
    stays = list(query.placed(wanted or None).values())[:MOST_SHEETS]
    lines = query.box_lines([stay.box_id for stay in stays])
    names = class_names_on(request.reference, today)
    sheets = [
        (stay, names[stay.school_class_id], [line for line in lines.get(stay.box_id, []) if _here(line, stay)])
        for stay in stays
    ]
    return render(request, "circulation/boxes/contents.html", {"sheets": sheets, "today": today})


def _here(line: query.BoxLine, stay: Any) -> bool:
    return line.class_id == stay.school_class_id


@require_POST
def pile(request: SchoolRequest) -> HttpResponse:
    """A pile of books in a class's name at once: opens the box made for it, ready for scans."""
    today = timezone.localdate()
    classes = {row.pk: row.name for row in classes_on(request.reference, today)}
    form = PlaceForm(request.POST, classes=list(classes.items()))
    if not form.is_valid():
        messages.error(request, _("Choose the class."))
        return redirect("boxes:boxes")
    class_id = form.cleaned_data["school_class"]
    name = _("%(class)s, together") % {"class": classes[class_id]}
    box = class_pile(class_id=class_id, name=name, day=today, by=request.user, address=_address(request))
    return redirect("boxes:box", box.pk)


@require_http_methods(["GET", "POST"])
def swap(request: SchoolRequest) -> HttpResponse:
    """Two boxes change places: what it would mean first, then in one act."""
    source = request.POST if request.method == "POST" else request.GET
    chosen = [int(pk) for pk in (source.get("box", ""), source.get("with", "")) if pk.isdecimal() and len(pk) < 10]
    plan = swap_plan(request.reference, timezone.localdate(), chosen)
    if request.method == "POST" and _moved(request):
        return redirect("boxes:boxes")
    return render(request, "circulation/boxes/swap.html", {"plan": plan, "chosen": chosen, "boxes": _choices(request)})


@require_http_methods(["GET", "POST"])
def rotate(request: SchoolRequest) -> HttpResponse:
    """All boxes of a grade, or of the school, go to the next class: a plan that can be changed, then in one act."""
    today = timezone.localdate()
    if request.method == "POST" and _moved(request):
        return redirect("boxes:boxes")
    classes = classes_on(request.reference, today)
    grades = list(dict.fromkeys((row.stage, row.position, row.grade) for row in classes))
    grade = request.GET.get("grade", "")
    context = {
        "steps": rotation(request.reference, today, grade=grade),
        "classes": classes,
        "grades": [(f"{stage}-{position}", name) for stage, position, name in grades],
        "grade": grade,
    }
    return render(request, "circulation/boxes/rotate.html", context)


def _choices(request: SchoolRequest) -> list[Step]:
    return rotation(request.reference, timezone.localdate())


def _moved(request: SchoolRequest) -> bool:
    """Does what the posted plan says: `from-<box>` and `to-<box>` name classes."""
    data = request.POST
    known = {row.pk for row in classes_on(request.reference, timezone.localdate())}
    moves = []
    for name, value in data.items():
        box_id, target = name.removeprefix("from-"), data.get(f"to-{name.removeprefix('from-')}", "")
        numbers = (box_id, str(value), target)
        if name.startswith("from-") and all(number.isdecimal() and len(number) < 10 for number in numbers):
            moves.append(Move(int(box_id), int(str(value)), int(target)))
    moves = [move for move in moves if move.to_class in known]
    try:
        books = move_boxes(moves=moves, by=request.user, at=timezone.now(), reference=request.reference)
    except Refused as refusal:
        _say(request, refusal)
        return False
    text = ngettext("Done: %(count)d book has moved.", "Done: %(count)d books have moved.", books)
    messages.success(request, text % {"count": books})
    return True


def _say(request: SchoolRequest, refusal: Refused) -> None:
    for problem in refusal.problems:
        messages.error(request, f"{problem.message} {problem.way_out}".strip())


def _address(request: SchoolRequest) -> str | None:
    return request.META.get("REMOTE_ADDR")
