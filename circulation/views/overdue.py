"""Books to come back: the list by class, and what is printed, copied and noted from it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from circulation.exports.overdue import chat_text, overdue_table
from circulation.forms.overdue import OTHERS, ChatForm, NarrowForm, RemindForm, grade_key
from circulation.models import Reminder
from circulation.operations.reminders import remind as note_reminders
from circulation.queries.overdue import BorrowerGroup, Wanted, books_to_come_back
from circulation.queries.recall import countdowns
from circulation.queries.settings import open_days
from library_site.access import scope_of
from library_site.http import SchoolRequest
from library_site.views.downloads import download
from readers.queries.classes import NamedClass, classes_on
from readers.views.scope import classes_reached

# Beyond so many books the page shows the classes only: one is chosen to see its books.
MOST_LINES = 300
# A letter gives the parents this long.
LETTER_DAYS = 7
PRINTED = {
    Reminder.Kind.SLIP: "overdue:slips",
    Reminder.Kind.LETTER: "overdue:letters",
    Reminder.Kind.CHAT: "overdue:chat",
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and the books that answer it."""

    form: NarrowForm
    wanted: Wanted
    groups: list[BorrowerGroup]
    chosen: bool

    @property
    def books(self) -> int:
        return sum(group.books for group in self.groups)

    @property
    def borrowers(self) -> int:
        return sum(len(group.borrowers) for group in self.groups)

    @property
    def price(self) -> Any:
        return sum(group.price for group in self.groups)


@require_safe
def overdue(request: SchoolRequest) -> HttpResponse:
    """What is overdue, by class."""
    return render(request, "circulation/overdue/overdue.html", _context(request, _asked(request)))


@require_safe
def recall(request: SchoolRequest) -> HttpResponse:
    """All that is called in for the end of the semester, and how long until then."""
    context = _context(request, _asked(request, recall=True))
    context["countdowns"] = countdowns(request.reference, timezone.localdate())
    return render(request, "circulation/overdue/recall.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The list as the page is narrowed; `?recall=1` for the semester's end."""
    return download(request, overdue_table(_asked(request, recall="recall" in request.GET).groups))


@require_safe
def slips(request: SchoolRequest) -> HttpResponse:
    """Slips (催还单) on A4, one class a page, one strip for each borrower: what is out at this very moment."""
    context = {**_context(request, _asked_to_print(request)), "together": "together" in request.GET}
    return render(request, "circulation/overdue/slips.html", context)


@require_safe
def letters(request: SchoolRequest) -> HttpResponse:
    """Letters to the parents, one page a pupil."""
    asked = _asked_to_print(request)
    today = timezone.localdate()
    by = open_days(request.reference).on_or_after(today + timedelta(days=LETTER_DAYS))
    return render(request, "circulation/overdue/letters.html", {**_context(request, asked), "bring_by": by})


@require_safe
def chat(request: SchoolRequest) -> HttpResponse:
    """Text for the chat of each class, with as little about the pupils as the school can do with."""
    asked, today = _asked_to_print(request), timezone.localdate()
    form = ChatForm(request.GET)
    form.full_clean()
    names, titles = form.cleaned_data.get("who") == "names", form.cleaned_data.get("what") == "titles"
    texts = [
        (group, chat_text(group, today=today, names=names, titles=titles, recall=asked.wanted.recall))
        for group in asked.groups
    ]
    return render(
        request, "circulation/overdue/chat.html", {**_context(request, asked), "texts": texts, "chat_form": form}
    )


@require_POST
def remind(request: SchoolRequest) -> HttpResponse:
    """Notes who is reminded, then shows what is to be printed or was copied; the same day counts once."""
    form = RemindForm(request.POST)
    if not form.is_valid() or not _may(request, PRINTED[form.cleaned_data["kind"]]):
        raise Http404
    kind = form.cleaned_data["kind"]
    asked = _asked(request, recall=form.cleaned_data["recall"])
    told = note_reminders(
        loan_ids=[line.loan_id for group in asked.groups for line in group.lines],
        kind=kind,
        by=request.user,
        at=timezone.now(),
        overdue_only=not asked.wanted.recall,
    )
    if kind == Reminder.Kind.CHAT:
        noted = ngettext("Noted: reminded of %(count)d book.", "Noted: reminded of %(count)d books.", len(told))
        messages.success(request, noted % {"count": len(told)} if told else _("Noted already today."))
    return redirect(f"{reverse(PRINTED[kind])}?{_query(request, kind)}")


def _query(request: SchoolRequest, kind: str) -> str:
    """The address narrowed as before; what is to be printed opens the printer's window at once."""
    if kind == Reminder.Kind.CHAT:  # one class was copied, the page goes on with all of them
        return QueryDict(request.POST.get("back", "")).urlencode()
    names = ["school_class", "grade", "late", "reminded", "reader", "recall", "together"]
    kept = {name: request.POST[name] for name in names if request.POST.get(name)}
    return urlencode({**kept, "print": "1"})


def _asked_to_print(request: SchoolRequest) -> Asked:
    return _asked(request, recall="recall" in request.GET)


def _asked(request: SchoolRequest, *, recall: bool = False) -> Asked:
    today, reached = timezone.localdate(), classes_reached(request)
    classes = [row for row in classes_on(request.reference, today) if reached is None or row.pk in reached]
    data = request.POST if request.method == "POST" else request.GET
    form = NarrowForm(data or {}, classes=classes, others=reached is None)
    if not form.is_valid():
        raise Http404
    wanted = _wanted(form.cleaned_data, classes, reached is None, recall=recall)
    groups = books_to_come_back(wanted, classes=classes, reference=request.reference, today=today)
    chosen = bool(form.cleaned_data["school_class"] or wanted.reader_id)
    return Asked(form, wanted, groups, chosen)


def _wanted(data: dict[str, Any], classes: list[NamedClass], whole_school: bool, *, recall: bool) -> Wanted:
    chosen, grade = data["school_class"], data.get("grade")
    if chosen and chosen != OTHERS:
        only: list[int] | None = [int(chosen)]
    elif grade and not chosen:
        only = [row.pk for row in classes if grade_key(row) == grade]
    else:
        only = None if whole_school else [row.pk for row in classes]
    return Wanted(
        classes=only,
        others=chosen == OTHERS,
        late_days=data["late"] or 1,
        reminders=data["reminded"] or 0,
        reader_id=data["reader"],
        recall=recall,
    )


def _context(request: SchoolRequest, asked: Asked) -> dict[str, Any]:
    """`kept` are the filters as hidden fields of the forms that note reminders."""
    kept = [(name, value) for name, value in asked.form.data.items() if name in asked.form.fields and value]
    return {
        "asked": asked,
        "groups": asked.groups,
        "form": asked.form,
        "kept": kept,
        "query": urlencode([*kept, *([("recall", "1")] if asked.wanted.recall else [])]),
        "shows_lines": asked.chosen or asked.books <= MOST_LINES,
        "today": timezone.localdate(),
        "now": timezone.now(),
        "may_write_letters": _may(request, "overdue:letters"),
    }


def _may(request: SchoolRequest, name: str) -> bool:
    return scope_of(name, frozenset(request.user.roles)) is not None
