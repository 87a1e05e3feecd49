"""Gifts of books: entered as they come, looked through, thanked for, handed over to cataloguing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import DonatedBook, Donation
from catalog.models import Batch, Title
from library_site.audit import attributed
from library_site.models import User
from library_site.shared.codes import isbn13
from library_site.shared.problems import Problem, Refused

COLUMNS = ("activity_id", "donor", "reader_id", "school_class_id", "on", "note")
NOBODY = Problem(
    "donation_of_nobody", gettext_lazy("Say who gives: a pupil, a class, or others in words."), field="donor"
)
NO_NAME = Problem(
    "donated_book_unknown", gettext_lazy("The library does not know this ISBN: type the title too."), field="name"
)
NO_REASON = Problem("refused_why", gettext_lazy("Say why the book is not taken."), field="reason")
HANDED_OVER = Problem("donation_handed_over", gettext_lazy("These books were handed over to cataloguing already."))
NOTHING_TAKEN = Problem("donation_nothing_taken", gettext_lazy("None of these books was taken in."))
NOT_EMPTY = Problem("donation_not_empty", gettext_lazy("Take its books out first."))
NOT_ON_IT = Problem("donated_book_gone", gettext_lazy("This book has been taken out already."))
MOST_BOOKS = 500


def save_donation(*, donation_id: int | None = None, values: Mapping[str, Any]) -> Donation:
    """Enters a gift, or corrects who gave it and when. Refused where nobody is named."""
    if not (values["donor"] or values["reader_id"] or values["school_class_id"]):
        raise Refused([NOBODY])
    with transaction.atomic(durable=True):
        row = Donation.objects.select_for_update().get(pk=donation_id) if donation_id else Donation()
        for column in COLUMNS:
            setattr(row, column, values[column])
        row.save()
        return row


def add_book(*, donation_id: int, words: str, name: str = "", copies: int = 1) -> DonatedBook:
    """Notes a book by its ISBN or its title. The same book again adds its copies to the line that waits.

    Refused for an ISBN that the library does not know while no title is given, and once the gift was handed over.
    """
    isbn, known = _known(words)
    name = name.strip() or (known.name[:200] if known else "") or ("" if isbn else words.strip()[:200])
    if not name:
        raise Refused([NO_NAME])
    with transaction.atomic(durable=True):
        donation = _open_donation(donation_id)
        same = {"isbn": isbn} if isbn else {"name": name}
        waiting = donation.books.filter(fate=DonatedBook.Fate.WAITING, **same)
        line = waiting.first() or DonatedBook(donation=donation, isbn=isbn or "", name=name, title=known, copies=0)
        line.copies += copies
        line.save()
        return line


def decide(*, book_id: int, fate: str, reason: str = "", copies: int | None = None) -> DonatedBook:
    """Says what becomes of a book. Refused without a reason for one that is not taken, and once handed over."""
    if fate == DonatedBook.Fate.REFUSED and not reason.strip():
        raise Refused([NO_REASON])
    with transaction.atomic(durable=True):
        book = _open_book(book_id)
        book.fate, book.reason = fate, reason.strip()
        book.copies = copies or book.copies
        book.save(update_fields=["fate", "reason", "copies"])
        return book


def take_all(*, donation_id: int) -> int:
    """Takes in every book that still waits to be looked at; returns how many titles."""
    with transaction.atomic(durable=True):
        waiting = _open_donation(donation_id).books.filter(fate=DonatedBook.Fate.WAITING)
        return waiting.update(fate=DonatedBook.Fate.TAKEN)


def drop_book(*, book_id: int) -> None:
    """Takes out a line that was entered by mistake."""
    with transaction.atomic(durable=True):
        _open_book(book_id).delete()


def drop_donation(*, donation_id: int) -> None:
    """Takes out a gift that was entered by mistake. Refused while it has books."""
    with transaction.atomic(durable=True):
        donation = _open_donation(donation_id)
        if donation.books.exists():
            raise Refused([NOT_EMPTY])
        donation.delete()


def thank(*, donation_ids: Sequence[int], on: date) -> int:
    """Notes the day on which givers were thanked; the first day stays. Returns how many were new."""
    with transaction.atomic(durable=True):
        return Donation.objects.filter(pk__in=donation_ids, thanked_on=None).update(thanked_on=on)


def hand_over(*, donation_ids: Sequence[int], supplier: str, on: date, by: User) -> Batch:
    """Makes one batch of what was taken in of these gifts, for the fast lane. Books not looked at yet are taken in.

    `supplier` is what the ledger says of the giver. Refused where one was handed over before, or nothing was taken.
    """
    with transaction.atomic(durable=True), attributed("hand_over_donation", by=by):
        gifts = list(Donation.objects.select_for_update(no_key=True).filter(pk__in=donation_ids).order_by("pk"))
        if any(gift.batch_id for gift in gifts):
            raise Refused([HANDED_OVER])
        books = DonatedBook.objects.filter(donation__in=gifts)
        books.filter(fate=DonatedBook.Fate.WAITING).update(fate=DonatedBook.Fate.TAKEN)
        taken = list(books.filter(fate=DonatedBook.Fate.TAKEN))
        if not taken:
            raise Refused([NOTHING_TAKEN])
        counts = {"titles": len(taken), "copies": sum(book.copies for book in taken)}
        note = _("%(titles)d titles, %(copies)d copies") % counts
        batch = Batch.objects.create(name=_free_name(on), received_on=on, supplier=supplier[:100], note=note)
        Donation.objects.filter(pk__in=[gift.pk for gift in gifts]).update(batch=batch)
        return batch


def _free_name(on: date) -> str:
    """A name that no batch of the day has: donation, day, and a number behind it where there are more."""
    base = _("Donation %(day)s") % {"day": on.isoformat()}
    taken = set(Batch.objects.filter(name__startswith=base).values_list("name", flat=True))
    return next(name for number in range(1, len(taken) + 2) if (name := f"{base}-{number}") not in taken)


def _known(words: str) -> tuple[str | None, Title | None]:
    """The ISBN that words are, and the title that the library has of it, or by that whole name."""
    isbn = isbn13(words)
    rows = Title.objects.filter(isbn=isbn) if isbn else Title.objects.filter(name=words.strip())
    return isbn, rows.only("name").order_by("pk").first()


def _open_donation(donation_id: int) -> Donation:
    donation = Donation.objects.select_for_update().get(pk=donation_id)
    if donation.batch_id:
        raise Refused([HANDED_OVER])
    return donation


def _open_book(book_id: int) -> DonatedBook:
    """The gift is locked before its book, as when it is handed over: nobody waits crosswise."""
    found = DonatedBook.objects.only("donation_id").filter(pk=book_id).first()
    if found is not None:
        _open_donation(found.donation_id)
    book = DonatedBook.objects.select_for_update().filter(pk=book_id).first()
    if book is None:
        raise Refused([NOT_ON_IT])
    return book
