"""Taking in somebody's booklist: lines, what the library holds of them, which title is meant, and onto the lists."""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from activities.forms.list_import import MOST_SIGNS, LinesForm
from activities.imports.book_lines import MOST_LINES, grades_of_text, read_text
from activities.models import BookList
from activities.operations.list_import import take_lines
from activities.queries.list_matching import Match, match_lines
from activities.rules.book_lines import Line, in_groups
from activities.views.list_rights import made_list, may_change
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.imports.texts import file_text
from library_site.shared.problems import Refused
from library_site.shared.spreadsheets import SheetProblem, open_sheets
from readers.models import Reader
from readers.queries.classes import grade_names
from readers.views.told import address_of

ROWS_READ = 1000


@dataclass(frozen=True)
class Group:
    """A list that will be: its name, whom it is for, and its lines with what they mean."""

    key: str
    values: Mapping[str, Any]
    matches: Sequence[Match]


@require_http_methods(["GET", "HEAD", "POST"])
def new_lists(request: SchoolRequest) -> HttpResponse:
    """Takes lines in as new lists."""
    return _page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def onto_list(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Takes lines in onto a list that is there."""
    return _page(request, made_list(request, list_id))


def _page(request: SchoolRequest, book_list: BookList | None) -> HttpResponse:
    form = LinesForm(request.POST or None, request.FILES or None, is_new=book_list is None)
    groups: list[Group] = []
    if form.is_bound and form.is_valid():
        text = _text(form)
        lines = read_text(text)
        if not form.errors and not lines:
            form.add_error("text", _("No line names a book."))
        elif len(lines) > MOST_LINES:
            form.add_error("text", _("At most 500 books at once."))
        elif not form.errors:
            if request.POST.get("seen") == _mark(text) and (done := _take(request, book_list, form, lines)):
                return done
            groups = _groups(request, form, lines, match_lines(lines))
    context = {
        "form": form,
        "book_list": book_list,
        "groups": groups,
        "seen": _mark(_shown_text(form)) if groups else "",
        "changeable": book_list is None or may_change(request, book_list),
        **_numbers(groups),
    }
    return render(request, "activities/booklists/import.html", context, status=422 if form.errors else 200)


def _text(form: LinesForm) -> str:
    """The lines; a sheet's take the place of what was pasted, and are shown to be corrected."""
    file = form.cleaned_data.get("file")
    if file is None:
        return str(form.cleaned_data["text"])
    try:
        text = _of_sheet(file)[:MOST_SIGNS]
    except SheetProblem as problem:
        form.add_error("file", file_text(problem.code, problem.params))
        return ""
    form.data = {**form.data.dict(), "text": text}  # type: ignore[attr-defined]
    return text


def _shown_text(form: LinesForm) -> str:
    return str(form.data.get("text", ""))


def _of_sheet(file: UploadedFile) -> str:
    """The first sheet that has rows, with tabs between its cells."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        for sheet in open_sheets(path):
            rows = [[" ".join(cell.split()) for cell in row] for row in islice(sheet.rows, ROWS_READ)]
            if lines := ["\t".join(row).rstrip() for row in rows if any(row)]:
                return "\n".join(lines)
    return ""


def _mark(text: str) -> str:
    """Tells whether the lines are still those that were looked at; browsers send line ends of their own."""
    return hashlib.sha256("\n".join(text.split("\n")).replace("\r", "").encode()).hexdigest()[:16]


def _groups(
    request: SchoolRequest, form: LinesForm, lines: Sequence[Line], matches: Sequence[Match]
) -> list[Group]:  # fmt: skip
    by_number = {match.line.number: match for match in matches}
    return [
        Group(key, _values(request, form, key), [by_number[line.number] for line in members])
        for key, members in _parted(form, lines).items()
    ]


def _parted(form: LinesForm, lines: Sequence[Line]) -> Mapping[str, Sequence[Line]]:
    """The lines by the list that they come onto."""
    if not form.is_new or form.cleaned_data.get("in_one"):
        return {lines[0].group if form.is_new else "": lines}
    return in_groups(lines)


def _values(request: SchoolRequest, form: LinesForm, key: str) -> dict[str, Any]:
    """What the new list of a group is; a grade that the school does not have is left out."""
    if not form.is_new:
        return {}
    given = str(form.cleaned_data.get("name") or "").strip()
    in_one = form.cleaned_data.get("in_one")
    name = given if given and (in_one or not key) else " ".join(part for part in (given, key) if part)
    values: dict[str, Any] = {
        "name": (name or _("Booklist"))[:100],
        "occasion": form.cleaned_data["occasion"],
        "category": Reader.Category.STUDENT,
    }
    grades, names = None if in_one else grades_of_text(key), grade_names(request.reference)
    if grades and all((grades[0], place) in names for place in grades[1:]):
        values |= dict(zip(("stage", "from_position", "to_position"), grades, strict=True))
    return values


def _take(
    request: SchoolRequest, book_list: BookList | None, form: LinesForm, lines: Sequence[Line]
) -> HttpResponse | None:  # fmt: skip
    """Writes what was looked at; None where it was refused, with the reason at the form."""
    groups = _parted(form, lines)
    chosen = {
        line.number: int(title)
        for line in lines
        if (title := request.POST.get(f"line-{line.number}", "")).isdecimal() and len(title) < 10
    }
    try:
        taken = take_lines(
            list_id=book_list.pk if book_list else None,
            groups=groups,
            values={key: _values(request, form, key) for key in groups},
            chosen=chosen,
            by=request.user,
            address=address_of(request),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
    text = ngettext("%(count)d book was added.", "%(count)d books were added.", taken.added) % {"count": taken.added}
    if taken.already:
        text += " " + _("%(count)d stood there already.") % {"count": taken.already}
    messages.success(request, text)
    return redirect("booklists:books", taken.lists[0].pk) if len(taken.lists) == 1 else redirect("booklists:manage")


def _numbers(groups: Sequence[Group]) -> dict[str, int]:
    matches = [match for group in groups for match in group.matches]
    return {
        "total": len(matches),
        "held": sum(1 for match in matches if match.sure and match.held),
        "unsure": sum(1 for match in matches if not match.sure and match.candidates),
        "lacking": sum(1 for match in matches if not match.candidates),
    }
