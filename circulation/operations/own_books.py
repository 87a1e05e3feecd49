"""Books that pupils brought to the corner: listed with their owner, given back, never in the holdings."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circulation.models import OwnBook
from circulation.operations.desk import lock_reader
from circulation.rules.boxes import OTHER_CLASS
from library_site.shared.problems import Problem, Refused
from readers.models import ClassMembership

LISTED = Problem("listed_already", _("This book of this pupil is listed already."), field="name")


def bring_book(*, class_id: int, owner_id: int, name: str, day: date, note: str = "") -> OwnBook:
    """Lists a pupil's own book in the corner of the own class. Refused for pupils of other classes, and for a book of
    the same title that the pupil has there already (a form sent twice)."""
    with transaction.atomic(durable=True):
        owner = lock_reader(owner_id)
        if not ClassMembership.objects.filter(reader=owner, school_class_id=class_id, until=None).exists():
            raise Refused([OTHER_CLASS])
        if OwnBook.objects.filter(owner=owner, school_class_id=class_id, name=name, given_back_on=None).exists():
            raise Refused([LISTED])
        return OwnBook.objects.create(school_class_id=class_id, owner=owner, name=name, brought_on=day, note=note)


def give_back(*, own_book_id: int, day: date) -> OwnBook:
    """The owner took the book home again; asked twice, the first day stays."""
    with transaction.atomic(durable=True):
        book = OwnBook.objects.select_for_update(no_key=True).get(pk=own_book_id)
        if book.given_back_on is None:
            book.given_back_on = max(day, book.brought_on)
            book.save(update_fields=["given_back_on"])
        return book
