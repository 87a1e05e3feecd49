"""Which books a note may be about: those that somebody has out or had, and the title that a text means."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from catalog.models import Title
from catalog.models.titles import long_columns
from circulation.models import Loan
from circulation.models.loans import OPEN
from library_site.shared.codes import isbn13


@dataclass(frozen=True)
class BookAtHand:
    """A title that a reader has out or had."""

    title_id: int
    name: str


def books_at_hand(reader_ids: Collection[int], *, since: date | None, most: int) -> dict[int, list[BookAtHand]]:
    """What each of the readers has out, and what was lent since a day (None: only what is out). One statement.

    The last lent first, each title once, at most so many for each reader.
    """
    wanted = OPEN if since is None else OPEN | Q(voided_at=None, lent_at__date__gte=since)
    rows = Loan.objects.filter(wanted, reader_id__in=reader_ids)
    latest = Window(RowNumber(), partition_by=[F("reader_id"), F("copy__title_id")], order_by=[F("pk").desc()])
    found = rows.annotate(again=latest).filter(again=1).order_by("reader_id", "-pk")
    hand: dict[int, list[BookAtHand]] = {}
    for reader_id, title_id, name in found.values_list("reader_id", "copy__title_id", "copy__title__name"):
        books = hand.setdefault(reader_id, [])
        if len(books) < most:
            books.append(BookAtHand(title_id, name))
    return hand


def title_meant(text: str) -> Title | None:
    """The title that an ISBN or a whole name means; None where it is not held, or several are called so."""
    plain = text.strip().strip("《》")
    rows = Title.objects.defer(*long_columns()).order_by("pk")
    isbn = isbn13(plain)
    if isbn:
        return rows.filter(isbn=isbn).first()
    found = list(rows.filter(name=plain)[:2]) if plain else []
    return found[0] if len(found) == 1 else None
