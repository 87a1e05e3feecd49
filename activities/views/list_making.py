"""Booklists while they are made: all of them, what each is, and its way to the readers."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.exports.booklists import figures_table
from activities.forms.booklists import ListForm, list_initial
from activities.models import BookList
from activities.operations.booklists import (
    copy_list,
    delete_list,
    end_list,
    publish_list,
    review_list,
    save_list,
)
from activities.queries.audience import grades_text
from activities.queries.list_editing import activities_to_tie, list_figures, made_lists
from activities.views.list_rights import made_list, may_change, runs_library
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.queries.classes import grade_names
from readers.views.told import address_of, done_or_told

ROWS = 30
STATES = ("draft", "shown", "ended")


@require_safe
def manage(request: SchoolRequest) -> HttpResponse:
    """All lists for the librarian, the own ones for a teacher."""
    day, state = timezone.localdate(), request.GET.get("state", "")
    mine = None if runs_library(request) else request.user
    page = Paginator(made_lists(by=mine, state=state, day=day), ROWS).get_page(request.GET.get("page"))
    rows = [(row, grades_text(row, request.reference), state_of(row)) for row in page.object_list]
    context = {"page": page, "rows": rows, "state": state if state in STATES else "", "all_of_them": mine is None}
    return render(request, "activities/booklists/manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Begins a list; its books come next."""
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Changes what a list is."""
    return _form_page(request, made_list(request, list_id))


@require_POST
def copy(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Begins a list with the books of another one that this person makes."""
    made = copy_list(list_id=made_list(request, list_id).pk, by=request.user, address=address_of(request))
    messages.success(request, _("The new list has the same books. Change what is different."))
    return redirect("booklists:edit", made.pk)


@require_POST
def review(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Marks a list as reviewed, or takes the mark back."""
    shown, reviewed = made_list(request, list_id), request.POST.get("reviewed") == "1"
    said = _("Marked as reviewed.") if reviewed else _("The review is taken back; readers do not find the list.")
    return _done(
        request,
        shown,
        lambda: review_list(
            list_id=shown.pk, reviewed=reviewed, by=request.user, at=timezone.now(), address=address_of(request)
        ),
        said,
    )


@require_POST
def publish(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Shows a list to its readers."""
    shown = made_list(request, list_id)
    return _done(
        request,
        shown,
        lambda: publish_list(list_id=shown.pk, by=request.user, at=timezone.now(), address=address_of(request)),
        _("Readers find the list now."),
    )


@require_POST
def end(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Readers find the list no more."""
    shown, today = made_list(request, list_id), timezone.localdate()
    return _done(
        request,
        shown,
        lambda: end_list(list_id=shown.pk, on=today, by=request.user, address=address_of(request)),
        _("Readers do not find the list any more."),
    )


@require_POST
def delete(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Takes a draft away."""
    shown = made_list(request, list_id)
    if done_or_told(request, lambda: delete_list(list_id=shown.pk, by=request.user, address=address_of(request))):
        messages.success(request, _("Deleted."))
        return redirect("booklists:manage")
    return redirect("booklists:books", shown.pk)


@require_safe
def figures(request: SchoolRequest, list_id: int) -> HttpResponse:
    """What came of a list: copies, what is out, and loans since it was published."""
    shown = made_list(request, list_id)
    context = {"book_list": shown, "figures": list_figures(shown), "grades": grades_text(shown, request.reference)}
    return render(request, "activities/booklists/figures.html", context)


@require_safe
def export_figures(request: SchoolRequest, list_id: int) -> FileResponse:
    """The same, to keep."""
    shown = made_list(request, list_id)
    return download(request, figures_table(shown, list_figures(shown)))


def state_of(book_list: BookList) -> tuple[str, str]:
    """The state of a list as (kind, words) of a badge."""
    today = timezone.localdate()
    if book_list.published_at is None:
        return ("info", _("reviewed")) if book_list.reviewed_at else ("quiet", _("draft"))
    if book_list.ended_on and book_list.ended_on <= today:
        return "quiet", _("ended")
    if book_list.begins_on and book_list.begins_on > today:
        return "info", _("to come")
    return "ok", _("shown")


def _form_page(request: SchoolRequest, book_list: BookList | None) -> HttpResponse:
    kept = book_list.activity_id if book_list else None
    initial = list_initial(book_list) if book_list else _wanted(request)
    form = ListForm(
        request.POST or None,
        initial=initial,
        grades=grade_names(request.reference),
        activities=activities_to_tie(kept),
    )
    if form.is_bound and form.is_valid():
        list_id = book_list.pk if book_list else None
        try:
            saved = save_list(list_id=list_id, values=form.values(), by=request.user, address=address_of(request))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("booklists:books", saved.pk)
    context = {"form": form, "book_list": book_list, "changeable": book_list is None or may_change(request, book_list)}
    return render(request, "activities/booklists/form.html", context, status=422 if form.errors else 200)


def _wanted(request: SchoolRequest) -> dict[str, str]:
    """What an address may fill in for a new list: its activity."""
    activity = request.GET.get("activity", "")
    return {"activity": activity} if activity.isdecimal() else {}


def _done(request: SchoolRequest, book_list: BookList, act: Callable[[], object], said: str) -> HttpResponse:
    if done_or_told(request, act):
        messages.success(request, said)
    return redirect(reverse("booklists:books", args=[book_list.pk]))
