"""Class sets: a teacher asks, the librarian fetches, all is lent in one act."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Title
from circulation.forms.reservations import ClassSetForm
from circulation.models import ClassSet
from circulation.operations.class_sets import ask_for_set, end_set, lend_set
from circulation.queries.class_sets import class_sets
from circulation.views.desk import desk_name
from circulation.views.reservations import meant
from library_site.access import Scope
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import Reader
from readers.queries.classes import class_names_on, classes_on

PER_PAGE = 50


@require_safe
def sets(request: SchoolRequest) -> HttpResponse:
    """All class sets; a teacher sees the own ones."""
    rows = class_sets(teacher=_teacher(request)) if _is_own(request) else class_sets()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = class_names_on(request.reference, timezone.localdate())
    lines = [(row, names.get(row.school_class_id or 0, "")) for row in page]
    context = {"page": page, "lines": lines, "own": _is_own(request), "today": timezone.localdate()}
    return render(request, "circulation/reservations/sets.html", context)


def new(request: SchoolRequest, title_id: int) -> HttpResponse:
    """Asks for a class set of a title; the librarian asks for a teacher."""
    title, today = get_object_or_404(Title, pk=title_id), timezone.localdate()
    own, classes = _is_own(request), classes_on(request.reference, today)
    form = ClassSetForm(request.POST or None, classes=classes, asks_teacher=not own, today=today)
    if form.is_valid() and (wish := _ask(request, form, title)):
        messages.success(request, _("The class set was asked for."))
        return redirect("reservations:set", wish.pk)
    status = 422 if form.errors else 200
    return render(request, "circulation/reservations/set_form.html", {"form": form, "title": title}, status=status)


def _ask(request: SchoolRequest, form: ClassSetForm, title: Title) -> ClassSet | None:
    data = form.cleaned_data
    teacher = _teacher(request) if _is_own(request) else meant(request, data["teacher"]).reader
    if teacher is None:
        form.add_error("teacher", _("No teacher was found by that, or several."))
        return None
    try:
        return ask_for_set(
            title_id=title.pk,
            teacher_id=teacher.pk,
            school_class_id=data["school_class"],
            wanted=data["wanted"],
            needed_on=data["needed_on"],
            by=request.user,
            at=timezone.now(),
            reference=request.reference,
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


@require_safe
def class_set(request: SchoolRequest, set_id: int) -> HttpResponse:
    """A class set and each of its turns."""
    return _set_page(request, _reached(request, set_id))


def _set_page(request: SchoolRequest, wish: ClassSet, refused: Any = ()) -> HttpResponse:
    turns = wish.reservations.select_related("copy__location").order_by("state", "copy__barcode", "pk")
    names = class_names_on(request.reference, timezone.localdate())
    context = {
        "set": wish,
        "class_name": names.get(wish.school_class_id or 0, ""),
        "turns": list(turns),
        "refused": refused,
        "scan_id": uuid4(),
        "own": _is_own(request),
        "today": timezone.localdate(),
    }
    return render(request, "circulation/reservations/set.html", context, status=409 if refused else 200)


@require_POST
def lend(request: SchoolRequest, set_id: int) -> HttpResponse:
    """Lends all that is set aside to the teacher; what cannot be lent is shown with its reasons."""
    wish = _reached(request, set_id)
    try:
        scan_id = UUID(request.POST.get("scan_id", ""))
    except ValueError:
        raise Http404 from None
    events, refused = lend_set(
        class_set_id=wish.pk, scan_id=scan_id, desk=desk_name(request), by=request.user, at=timezone.now(),
        reference=request.reference,
    )  # fmt: skip
    if events:
        text = ngettext("%(n)d book lent.", "%(n)d books lent.", len(events))
        messages.success(request, text % {"n": len(events)})
    if refused:
        return _set_page(request, _reached(request, set_id), refused)
    return redirect("reservations:set", wish.pk)


@require_POST
def end(request: SchoolRequest, set_id: int) -> HttpResponse:
    """Gives up what is still waited for."""
    wish = _reached(request, set_id)
    end_set(class_set_id=wish.pk, by=request.user, at=timezone.now(), reference=request.reference)
    messages.success(request, _("What was still waited for is cancelled."))
    return redirect("reservations:sets")


def _is_own(request: SchoolRequest) -> bool:
    return request.scope == Scope.OWN


def _teacher(request: SchoolRequest) -> Reader:
    """The teacher of this account; an account without a reader has no sets."""
    return get_object_or_404(Reader, account=request.user)


def _reached(request: SchoolRequest, set_id: int) -> ClassSet:
    rows = class_sets(teacher=_teacher(request)) if _is_own(request) else class_sets()
    return get_object_or_404(rows, pk=set_id)
