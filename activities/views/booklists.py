"""Booklists as readers find them: the lists, and a list with where its books stand."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.forms.booklists import ListsForm
from activities.models import BookList
from activities.queries.audience import grades_text
from activities.queries.booklists import (
    books_of,
    means_grade,
    own_grade,
    published_lists,
    shown_lists,
    with_book_counts,
    with_covers_of,
)
from library_site.http import SchoolRequest
from library_site.models import Role
from readers.models import Reader
from readers.queries.classes import grade_names

LISTS = 12
STUDENT, TEACHER = Reader.Category.STUDENT, Reader.Category.TEACHER
# Who finds what is recommended to teachers.
STAFF = frozenset({Role.LIBRARIAN, Role.TEACHER, Role.PRINCIPAL})


@require_safe
def lists(request: SchoolRequest) -> HttpResponse:
    """The lists that are shown, for the own grade first; teachers choose whether those for pupils or for themselves."""
    day = timezone.localdate()
    staff = is_staff(request)
    form = ListsForm(_asked(request, day), grades=grade_names(request.reference))
    for_teachers = staff and form.given("for") == TEACHER
    rows = with_book_counts(published_lists(TEACHER if for_teachers else STUDENT, None, day))
    if grade := form.asked_grade:
        rows = rows.filter(means_grade(*grade))
    if occasion := form.given("occasion"):
        rows = rows.filter(occasion=occasion)
    page = Paginator(rows, LISTS).get_page(request.GET.get("page"))
    shown = [(row, grades_text(row.book_list, request.reference)) for row in with_covers_of(page.object_list)]
    context = {"form": form, "page": page, "lists": shown, "staff": staff, "for_teachers": for_teachers}
    return render(request, "activities/booklists/lists.html", context)


@require_safe
def book_list(request: SchoolRequest, list_id: int) -> HttpResponse:
    """A list that is shown: its books, why to read them, and what is in now."""
    shown = shown_list(request, list_id)
    books = books_of(shown.pk)
    context = {
        "book_list": shown,
        "grades": grades_text(shown, request.reference),
        "books": books,
        "inside": sum(1 for book in books if book.inside),
    }
    return render(request, "activities/booklists/list.html", context)


def shown_list(request: SchoolRequest, list_id: int) -> BookList:
    """The list, or 404 for one that is not shown, or not to this person."""
    found = shown_lists(timezone.localdate()).filter(pk=list_id, category__in=categories(request)).first()
    if found is None:
        raise Http404
    return found


def categories(request: HttpRequest) -> list[str]:
    """The categories of readers whose lists this person finds."""
    return [STUDENT, TEACHER] if is_staff(request) else [STUDENT]


def is_staff(request: HttpRequest) -> bool:
    return request.user.is_authenticated and not STAFF.isdisjoint(request.user.roles)


def _asked(request: SchoolRequest, day: date) -> Any:
    """What the address asks; a pupil who asks for no grade begins with the own one."""
    asked = request.GET.copy()
    if "grade" not in asked and request.user.is_authenticated:
        own = own_grade(request.user, request.reference, day)
        asked["grade"] = f"{own.stage}-{own.position}" if own else ""
    return asked
