"""Posters: books on A4 or A3, printed by the browser."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.forms.posters import PosterForm
from activities.models import BookList
from activities.queries.bulletin import new_titles
from activities.queries.posters import MOST, PosterBook, books_of_list, books_of_titles
from activities.rules.qr import qr_picture
from activities.views.booklists import categories
from activities.views.bulletin import period_form
from activities.views.list_rights import runs_library
from library_site.http import SchoolRequest

USUAL = 4


@dataclass(frozen=True)
class Source:
    """What posters are made of: their heading, a line below it, the books."""

    heading: str
    lead: str
    books: Sequence[PosterBook]


@require_safe
def posters(request: SchoolRequest) -> HttpResponse:
    """Posters of `?list=`, of `?titles=` (keys with commas) or of new books (`?since=&until=`), as they will print."""
    form = PosterForm(request.GET)
    source = _source(request)
    wanted = {int(key) for key in request.GET.getlist("book") if key.isdecimal() and len(key) < 10}
    books = [book for book in source.books if not wanted or book.title.pk in wanted][:MOST]
    if len(books) == 1 and (words := form.given("words")):
        books = [replace(books[0], reason=words)]
    address = _address(request, form)
    codes = not form.given("plain", False)
    shown = [(book, qr_picture(f"{address}{_path(book)}") if codes else "") for book in books]
    per = form.given("per", USUAL)
    context = {
        "form": form,
        "source": source,
        "chosen": {book.title.pk for book in books},
        "heading": form.given("heading") or source.heading,
        "posters": list(_parted(shown, per)),
        "per": per,
        "paper": form.given("paper", "a4"),
        "address": address,
        "unreachable": codes and _is_this_computer(address),
        "kept": [(name, request.GET[name]) for name in ("list", "titles", *_PERIOD) if request.GET.get(name)],
    }
    return render(request, "activities/posters/posters.html", context)


_PERIOD = ("since", "until", "audience", "more")


def _source(request: SchoolRequest) -> Source:
    asked = request.GET
    if asked.get("list", "").isdecimal() and (found := _list(request, int(asked["list"][:9]))):
        return Source(found.name, found.introduction, books_of_list(found.pk))
    if asked.get("titles"):
        keys = [int(key) for key in asked["titles"].split(",") if key.isdecimal() and len(key) < 10]
        return Source(_("Recommended reading"), "", books_of_titles(list(dict.fromkeys(keys)), timezone.localdate()))
    if asked.get("since") or asked.get("until"):
        form = period_form(asked)
        audience, more = form.given("audience") or "", bool(form.given("more"))
        titles = new_titles(*form.period, audience=audience, more_copies=more)[:MOST]
        return Source(_("New books"), "", books_of_titles([title.pk for title in titles], timezone.localdate()))
    return Source(_("Recommended reading"), "", [])


def _list(request: SchoolRequest, list_id: int) -> BookList | None:
    """A list that this person may see: shown to them, or made by them."""
    found = BookList.objects.filter(pk=list_id).first()
    if found is None or runs_library(request) or found.by_id == request.user.pk:
        return found
    return found if found.published_at and found.category in categories(request) else None


def _address(request: SchoolRequest, form: PosterForm) -> str:
    """Where the codes lead; what was once typed is kept for this login."""
    if given := form.given("address"):
        request.session["poster_address"] = given
        return str(given)
    return str(request.session.get("poster_address") or request.build_absolute_uri("/").rstrip("/"))


def _path(book: PosterBook) -> str:
    return reverse("catalog:title", args=[book.title.pk])


def _is_this_computer(address: str) -> bool:
    """Whether a phone would look for the library in itself."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parted(rows: Sequence[Any], per: int) -> Any:
    return (rows[start : start + per] for start in range(0, len(rows), per))
