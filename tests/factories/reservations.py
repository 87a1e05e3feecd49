"""Who waits for what."""

from datetime import date, datetime, timedelta

from catalog.models import Copy, Title
from circulation.models import ClassSet, Reservation
from readers.models import Reader
from tests.factories.desk import NOON


def make_reservation(title: Title, reader: Reader, *, placed_at: datetime = NOON, **fields: object) -> Reservation:
    """A turn; waiting unless `state` says otherwise."""
    return Reservation.objects.create(title=title, reader=reader, placed_at=placed_at, **fields)


def make_ready(copy: Copy, reader: Reader, *, expires_on: date, **fields: object) -> Reservation:
    """A turn whose copy stands on the pick-up shelf."""
    fields.setdefault("ready_at", NOON)
    return make_reservation(copy.title, reader, state="ready", copy=copy, expires_on=expires_on, **fields)


def make_queue(title: Title, readers: list[Reader]) -> list[Reservation]:
    """They wait in this order."""
    start = NOON - timedelta(days=1)
    return [
        make_reservation(title, reader, placed_at=start + timedelta(minutes=minute))
        for minute, reader in enumerate(readers)
    ]


def make_class_set(title: Title, teacher: Reader, *, needed_on: date, wanted: int = 2) -> ClassSet:
    """A teacher's wish with its turns."""
    wish = ClassSet.objects.create(title=title, teacher=teacher, wanted=wanted, needed_on=needed_on)
    for _number in range(wanted):
        make_reservation(title, teacher, class_set=wish)
    return wish
