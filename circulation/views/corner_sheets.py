"""The corner's sheet on paper: printed for the class, keyed in later line by line."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from circulation.forms.boxes import SheetLineForm
from circulation.operations.corners import key_in
from circulation.queries.board import class_board
from circulation.queries.corners import books_ending_in, corner
from circulation.views.corners import class_reached
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused

LINES = 12
BLANK_LINES = range(26)


@require_safe
def sheet(request: SchoolRequest, class_id: int) -> HttpResponse:
    """What stands in the corner, and lines to write on who has it (A4)."""
    today = timezone.localdate()
    school_class = class_reached(request, class_id)
    context = {
        "school_class": school_class,
        "corner": corner(class_id, today, request.reference),
        "today": today,
        "blank_lines": BLANK_LINES,
    }
    return render(request, "circulation/boxes/sheet.html", context)


@require_http_methods(["GET", "POST"])
def key_in_sheet(request: SchoolRequest, class_id: int) -> HttpResponse:
    """Keys in lines of the sheet: each is recorded or refused by itself; what was refused stays to be mended."""
    today = timezone.localdate()
    school_class = class_reached(request, class_id)
    pupils = [
        (row.reader.pk, f"{row.position} {row.reader.name}") for row in class_board(class_id, today, request.reference)
    ]
    forms = _forms(request, today, pupils)
    if request.method == "POST":
        keyed = [form for form in forms if _keyed(request, form, class_id)]
        if keyed:
            text = ngettext("%(count)d line recorded.", "%(count)d lines recorded.", len(keyed)) % {"count": len(keyed)}
            messages.success(request, text)
        left = [form for form in forms if form.errors]
        if not left:
            return redirect("boxes:key_in", class_id)
        forms = left
    context = {"school_class": school_class, "forms": forms, "today": today}
    status = 422 if any(form.errors for form in forms) else 200
    return render(request, "circulation/boxes/key_in.html", context, status=status)


def _forms(request: SchoolRequest, today: date, pupils: list[tuple[int, str]]) -> list[SheetLineForm]:
    data: Any = request.POST if request.method == "POST" else None
    return [SheetLineForm(data, prefix=f"line{number}", today=today, pupils=pupils) for number in range(LINES)]


def _keyed(request: SchoolRequest, form: SheetLineForm, class_id: int) -> bool:
    """Whether the line was recorded; else its form says why not."""
    if not form.is_valid() or form.cleaned_data["pupil"] is None:
        return False
    line = form.cleaned_data
    copies = books_ending_in(line["book"], class_id)
    if len(copies) != 1:
        text = _("Several books end so: give the whole number.") if copies else _("Not a book of this corner.")
        form.add_error("book", text)
        return False
    try:
        key_in(
            copy_id=copies[0],
            reader_id=line["pupil"],
            class_id=class_id,
            lent_on=line["lent_on"],
            back_on=line["back_on"],
            by=request.user,
            reference=request.reference,
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True
