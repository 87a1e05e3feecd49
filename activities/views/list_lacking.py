"""What a list lacks: which title it may be after all, suggestions to buy, and the sheet for the order."""

from contextlib import suppress

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from activities.exports.booklists import order_table
from activities.operations.list_books import choose_titles
from activities.operations.suggestions import suggest
from activities.queries.list_editing import Lacking, arrived_titles, lacking_books
from activities.views.list_rights import made_list, may_change, runs_library
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.views.told import address_of, done_or_told


@require_safe
def lacking(request: SchoolRequest, list_id: int) -> HttpResponse:
    """The books of a list that the library has no copy of."""
    shown = made_list(request, list_id)
    context = {
        "book_list": shown,
        "rows": lacking_books(shown.pk),
        "changeable": may_change(request, shown),
        "runs_library": runs_library(request),
    }
    return render(request, "activities/booklists/lacking.html", context)


@require_safe
def export_lacking(request: SchoolRequest, list_id: int) -> FileResponse:
    """The same, for whoever orders the books."""
    shown = made_list(request, list_id)
    return download(request, order_table(shown, lacking_books(shown.pk)))


@require_POST
def arrived(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Looks again: books that were words and surely are titles of the library by now become those."""
    return _tie(request, list_id, arrived_titles(made_list(request, list_id).pk))


@require_POST
def choose(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Takes the titles that were said to be the ones meant."""
    shown = made_list(request, list_id)
    asked = ((row.item.pk, request.POST.get(f"item-{row.item.pk}", "")) for row in lacking_books(shown.pk))
    return _tie(
        request, shown.pk, {item: int(title) for item, title in asked if title.isdecimal() and 0 < len(title) < 10}
    )


@require_POST
def buy(request: SchoolRequest, list_id: int) -> HttpResponse:
    """Suggests the chosen books to be bought; one that is suggested already is passed over."""
    shown = made_list(request, list_id)
    wanted = set(request.POST.getlist("book"))
    rows = [row for row in lacking_books(shown.pk) if str(row.item.pk) in wanted]
    done = sum(1 for row in rows if row.open is None and _suggested(request, row, shown.name))
    if done:
        text = ngettext("%(count)d book is suggested.", "%(count)d books are suggested.", done)
        messages.success(request, text % {"count": done})
    else:
        messages.info(request, _("Nothing new to suggest: choose books that are not suggested yet."))
    return redirect("booklists:lacking", shown.pk)


def _suggested(request: SchoolRequest, row: Lacking, list_name: str) -> bool:
    item, copies = row.item, request.POST.get(f"copies-{row.item.pk}", "")
    with suppress(Refused):
        suggest(
            isbn=item.isbn,
            name=item.name,
            author=item.author,
            publisher=item.publisher,
            reason=_("Booklist: %(name)s") % {"name": list_name},
            copies=min(int(copies), 200) if copies.isdecimal() and 0 < len(copies) < 4 and int(copies) else 1,
            reader_id=None,
            item_id=item.pk,
            by=request.user,
            at=timezone.now(),
        )
        return True
    messages.error(request, _("%(name)s could not be suggested.") % {"name": item.name})
    return False


def _tie(request: SchoolRequest, list_id: int, chosen: dict[int, int]) -> HttpResponse:
    numbers: list[int] = []

    def act() -> None:
        numbers.append(choose_titles(list_id=list_id, chosen=chosen, by=request.user, address=address_of(request)))

    if done_or_told(request, act):
        count = numbers[0]
        text = ngettext("%(count)d book was found here.", "%(count)d books were found here.", count)
        messages.success(request, text % {"count": count})
    return redirect("booklists:lacking", list_id)
