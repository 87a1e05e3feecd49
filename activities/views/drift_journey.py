"""A book's journey, as whoever has the card in hand reads it; and what its holders say themselves."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.forms.drift import RemarkForm
from activities.models import DriftBook
from activities.operations.drift import pass_on, write_remark
from activities.queries.drift import journey as stops_of
from activities.queries.drift import stop_of
from activities.queries.persons import Person, person_of
from activities.views.drift import named_classes
from activities.views.rights import may_edit, require_seen
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused


@require_safe
def journey(request: SchoolRequest, book_id: int) -> HttpResponse:
    """Where the book has been: classes to everybody, people to whoever may know them, words once released."""
    book = get_object_or_404(DriftBook.objects.select_related("activity", "copy"), pk=book_id)
    activity = require_seen(request, book.activity_id)
    today, person = timezone.localdate(), _person(request)
    own = person.reader.pk if person else None
    edits = may_edit(request, activity)
    lines = stops_of(book, request.reference, today, named=None if edits else named_classes(request), own=own)
    context: dict[str, Any] = {"book": book, "activity": activity, "lines": lines, "edits": edits, "person": person}
    if person:
        current = next((line.stop for line in reversed(lines) if line.stop.until is None), None)
        context["has_it"] = current is not None and current.reader_id == own
        context["own_stop"] = stop_of(book, person.reader.pk)
    return render(request, "activities/drift/journey.html", context)


@require_POST
def receive(request: SchoolRequest, book_id: int) -> HttpResponse:
    """Whoever holds the book in hand says so."""
    book, person = _book(request, book_id)
    try:
        pass_on(
            book_id=book.pk, reader_id=person.reader.pk, school_class_id=person.class_id, on=timezone.localdate()
        )  # fmt: skip
        messages.success(request, _("The book is with you now. Enjoy it, and pass it on."))
    except Refused as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem.message))
    return redirect("drift:journey", book.pk)


@require_POST
def remark(request: SchoolRequest, book_id: int) -> HttpResponse:
    """A holder's own words; the librarian or class teacher reads them first."""
    book, person = _book(request, book_id)
    stop, form = stop_of(book, person.reader.pk), RemarkForm(request.POST)
    if stop is None or not form.is_valid():
        raise Http404
    write_remark(stop_id=stop.pk, remark=form.cleaned_data["remark"])
    messages.success(request, _("Thank you. Others see it once it has been read."))
    return redirect("drift:journey", book.pk)


def _person(request: SchoolRequest) -> Person | None:
    if not request.user.is_authenticated:
        return None
    return person_of(request.user, request.reference, timezone.localdate())


def _book(request: SchoolRequest, book_id: int) -> tuple[DriftBook, Person]:
    book, person = get_object_or_404(DriftBook, pk=book_id), _person(request)
    require_seen(request, book.activity_id)
    if person is None:
        raise Http404
    return book, person
