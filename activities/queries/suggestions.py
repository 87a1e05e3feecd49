"""Suggestions as pages show them, and what the library has of a book that somebody wants."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from activities.models import Backer, Suggestion
from activities.rules.suggestions import OPEN, plain_name
from catalog.models import Copy, Title
from catalog.queries.search import GONE, Hit, search_titles
from circulation.queries.availability import title_availability
from library_site.shared.codes import isbn13

NEAR = 3  # titles shown while somebody types
Suggestions = QuerySet[Suggestion, Any]


def held_with_isbn(isbn: str) -> int:
    """Copies that the library still has of an ISBN (13 digits); 0 without one. One statement."""
    return Copy.objects.filter(title__isbn=isbn).exclude(state__in=GONE).count() if isbn else 0


@dataclass(frozen=True)
class Known:
    """What is known of a book while it is being suggested: titles of the catalogue, an open suggestion of it."""

    isbn: str
    wrong_isbn: bool
    hits: list[Hit]
    record: Title | None  # of the very ISBN: what the other fields can be filled with
    open_one: Suggestion | None


def known_book(isbn: str, name: str) -> Known:
    """By ISBN where there is one, else by the words of the title."""
    code, words = isbn13(isbn) or "", plain_name(name)
    hits = _of_isbn(code) if code else _of_words(words)
    same = Q(isbn=code) if code else Q(name=words)
    found = suggestions().filter(same, state__in=OPEN).order_by("at", "pk").first() if code or words else None
    record = hits[0].title if code and hits else None
    return Known(code, bool(isbn.strip()) and not code, hits, record, found)


def _of_isbn(isbn: str) -> list[Hit]:
    """Titles of which the library has copies."""
    counts = title_availability()
    rows = Title.objects.filter(isbn=isbn).annotate(held=counts.held, inside=counts.inside).filter(held__gt=0)
    return [Hit(row, [], row.held, row.inside) for row in rows.order_by("-held", "pk")[:NEAR]]


def _of_words(words: str) -> list[Hit]:
    if len(words) < 2:  # one sign is hardly a title yet
        return []
    return search_titles(words, availability=title_availability(), limit=NEAR, gone_too=False).hits


def suggestions() -> Suggestions:
    """All suggestions with `wanted`, the number of readers who want the book."""
    named = Q(reader__isnull=False) | Q(item=None)
    rows = Suggestion.objects.annotate(others=Count("backers"), first=Count("pk", filter=named, distinct=True))
    return rows.annotate(wanted=F("others") + F("first"))


def listed(*, state: str = "", words: str = "") -> Suggestions:
    """For the librarian: those of a state (`open` for all that wait), the newest first."""
    rows = suggestions().select_related("reader", "title", "item__book_list")
    if state:
        rows = rows.filter(state__in=OPEN) if state == "open" else rows.filter(state=state)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(author__icontains=words) | Q(isbn=isbn13(words) or "-"))
    return rows.order_by("-at", "-pk")


def own_suggestions(reader_id: int) -> Suggestions:
    """What a reader suggested or backed, what moved last first."""
    backed = Backer.objects.filter(suggestion=OuterRef("pk"), reader=reader_id)
    rows = suggestions().filter(Q(reader=reader_id) | Q(Exists(backed))).select_related("title")
    return rows.order_by("-state_at", "-pk")


def wanted_by_others(reader_id: int) -> Suggestions:
    """Open suggestions of others that the librarian has seen, the most wanted first: books only, nobody's name."""
    backed = Backer.objects.filter(suggestion=OuterRef("pk"), reader=reader_id)
    rows = suggestions().filter(~Exists(backed), state__in=OPEN[1:]).exclude(reader=reader_id)
    return rows.order_by("-wanted", "-at", "-pk")


def counts_by_state() -> dict[str, int]:
    """How many suggestions are in which state."""
    rows = Suggestion.objects.order_by().values("state").annotate(number=Count("pk"))
    return {row["state"]: row["number"] for row in rows}


def titles_it_may_be(row: Suggestion) -> list[tuple[int, str]]:
    """Titles of the catalogue that a suggestion may have become: (title, in words); by ISBN, else by its words."""
    known = known_book(row.isbn, row.name) if row.isbn else None
    hits = known.hits if known and known.hits else search_titles(row.name, limit=NEAR * 2, gone_too=False).hits
    found = {hit.title.pk: hit.title for hit in hits}
    if row.title is not None:
        found = {row.title.pk: row.title, **found}
    return [
        (pk, " ".join(filter(None, (title.name, title.author[:20], title.published)))) for pk, title in found.items()
    ]
