"""The list of readers and the page of one."""

from datetime import date

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circulation.queries.balances import owed
from circulation.queries.out import books_out
from circulation.queries.panel import reader_panel
from circulation.queries.pickup import turns_of_reader
from library_site.http import SchoolRequest
from library_site.views.downloads import download
from readers.exports import readers_table
from readers.forms.reader_list import ReaderListForm
from readers.queries.classes import class_names_on, classes_on
from readers.queries.reader_list import list_readers, reader_of_card
from readers.queries.reader_page import page_of_reader
from readers.rules.accounts import may_manage, may_open_account

PER_PAGE = 50


@require_safe
def reader_list(request: SchoolRequest) -> HttpResponse:
    """Readers by class; a card scanned into the box opens its reader."""
    today = timezone.localdate()
    form = _asked(request, today)
    if form.filters.text and (owner := reader_of_card(form.filters.text)):
        return redirect("readers:reader", owner)
    rows = list_readers(form.filters, request.reference, today, books_out=books_out())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = class_names_on(request.reference, today)
    lines = [(reader, names.get(reader.class_id, "")) for reader in page.object_list]
    return render(request, "readers/readers.html", {"form": form, "page": page, "lines": lines})


@require_safe
def export_readers(request: SchoolRequest) -> FileResponse:
    """The readers that the list shows, all pages of it."""
    today = timezone.localdate()
    rows = list_readers(_asked(request, today).filters, request.reference, today, books_out=books_out())
    return download(request, readers_table(rows.iterator(), class_names_on(request.reference, today)))


def _asked(request: SchoolRequest, today: date) -> ReaderListForm:
    return ReaderListForm(request.GET, classes=classes_on(request.reference, today))


@require_safe
def reader_page(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """Who a reader is, and what is out now. What was read before is not shown here."""
    today = timezone.localdate()
    shown = page_of_reader(reader_id, request.reference, today)
    panel = reader_panel(reader_id, request.reference, today, in_full=True)
    if shown is None or panel is None:
        raise Http404
    reader = shown.reader
    context = {
        "shown": shown,
        "reader": reader,
        "panel": panel,
        "owed": owed([reader_id]).get(reader_id),
        "turns": turns_of_reader(reader_id),
        "manages_account": reader.account is not None and may_manage(request.user, reader.account),
        "may_open_account": may_open_account(request.user, reader),
    }
    return render(request, "readers/reader.html", context)
