"""Books that pupils brought to the corner."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from circulation.forms.boxes import OwnBookForm
from circulation.models import OwnBook
from circulation.operations.own_books import bring_book, give_back
from circulation.queries import corners as query
from circulation.queries.board import class_board
from circulation.views.corners import class_reached
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.views.scope import require_class


@require_http_methods(["GET", "POST"])
def own_books(request: SchoolRequest, class_id: int) -> HttpResponse:
    """The list with its owners, and a form for one more."""
    today = timezone.localdate()
    school_class = class_reached(request, class_id)
    pupils = [
        (row.reader.pk, f"{row.position} {row.reader.name}") for row in class_board(class_id, today, request.reference)
    ]
    form = OwnBookForm(request.POST or None, pupils=pupils)
    if form.is_valid():
        data = form.cleaned_data
        try:
            bring_book(class_id=class_id, owner_id=data["owner"], name=data["name"], note=data["note"], day=today)
            messages.success(request, _("Listed: %(title)s") % {"title": data["name"]})
            return redirect("boxes:own_books", class_id)
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"school_class": school_class, "form": form, "books": query.own_books(class_id), "today": today}
    return render(request, "circulation/boxes/own_books.html", context, status=422 if form.errors else 200)


@require_POST
def back(request: SchoolRequest, book_id: int) -> HttpResponse:
    """The owner took it home."""
    book = get_object_or_404(OwnBook, pk=book_id)
    require_class(request, book.school_class_id)
    give_back(own_book_id=book_id, day=timezone.localdate())
    messages.success(request, _("Given back: %(title)s") % {"title": book.name})
    return redirect("boxes:own_books", book.school_class_id)
