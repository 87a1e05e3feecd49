"""Who is at the page, and who wrote the slip of paper that is being entered."""

from collections.abc import Iterable

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.forms.people import WhoForm
from activities.queries.people import readers_meant
from library_site.http import SchoolRequest
from readers.models import Reader
from readers.queries.people import FoundReader
from readers.views.scope import classes_reached


def typed(data: QueryDict, name: str, most: int) -> str:
    """What was typed under a name in the address, at most so many signs; what no database keeps is left out."""
    return data.get(name, "").replace("\x00", "").strip()[:most]


def key_of(text: str) -> int | None:
    """The number that a page sent for a row; None for what is none, or longer than any."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def keys_of(texts: Iterable[str]) -> set[int]:
    return {key for key in map(key_of, texts) if key is not None}


def own_reader(request: SchoolRequest) -> Reader:
    """The reader of this account; 404 for an account that is no reader's."""
    return get_object_or_404(Reader, account=request.user)


@require_safe
def who(request: SchoolRequest) -> HttpResponse:
    """A part of a page: those within reach whom the typed text means."""
    text = typed(request.GET, "who", 64)
    context = {"found": found_by(request, text), "asked": text}
    return render(request, "activities/people/found.html", context)


def found_by(request: SchoolRequest, text: str) -> list[FoundReader]:
    """Those within reach whom the text means."""
    return readers_meant(text, request.reference, timezone.localdate(), classes_reached(request))


def reader_of_slip(request: SchoolRequest, form: WhoForm) -> tuple[Reader | None, list[FoundReader]]:
    """The one whom the slip means, and those it could be; nobody or several are an error of the form.

    A chosen reader counts only among those whom the text means: the choice may be older than the text.
    """
    text, chosen = form.cleaned_data["who"], form.cleaned_data["reader"]
    if not text:
        return None, []
    found = found_by(request, text)
    meant = [row for row in found if row.reader_id == chosen] or (found if len(found) == 1 else [])
    if not meant:
        form.add_error("who", _("Who is it?") if found else _("Nobody was found by that."))
        return None, found
    return Reader.objects.get(pk=meant[0].reader_id), found
