"""Books that travel (图书漂流): set adrift, passed on, home again or lost; and the words that readers leave in them.

A journey is its own history: each stop stays as it was.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, DriftBook, DriftStop
from catalog.models import Copy
from circulation.models import Loan
from circulation.models.loans import OPEN
from library_site.shared.problems import Problem, Refused, violated

DIGITS = 3
NO_BOOK = Problem("drift_no_book", _("Say which book: its barcode, or its title."), field="words")
ADRIFT = Problem("drift_copy_adrift", _("This copy is on its way already."), field="words")
NOT_HERE = Problem(
    "drift_copy_not_here", _("This copy is not on the shelf: it is lent, missing or gone."), field="words"
)
UNKNOWN = Problem("drift_unknown", _("No book of this drift has this number."), field="number")
NOT_ADRIFT = Problem("drift_not_adrift", _("This book is no longer on its way."), field="number")
HAS_IT = Problem("drift_has_it", _("The book is there already."), field="who")
NOBODY = Problem("drift_nobody", _("Say who has the book now."), field="who")
TOO_EARLY = Problem("drift_too_early", _("The book came to its last stop later than that."), field="on")
NO_STOP = Problem("drift_no_stop", _("This book has not been anywhere yet."))


def set_adrift(
    *, activity_id: int, copy_id: int | None, name: str, on: date, brought_by: int | None = None, wish: str = ""
) -> DriftBook:
    """Sets a copy of the library, or a book that somebody brings, adrift under the next number of the drift.

    Refused without a book, for a copy that is on its way already, and for one that is not on the shelf.
    """
    try:
        with transaction.atomic(durable=True):
            Activity.objects.select_for_update(no_key=True).get(pk=activity_id)  # numbers are drawn one after another
            copy = Copy.objects.select_related("title").get(pk=copy_id) if copy_id else None
            if copy is not None and not _is_here(copy):
                raise Refused([NOT_HERE])
            words = name.strip() or (copy.title.name if copy else "")
            if not words:
                raise Refused([NO_BOOK])
            return DriftBook.objects.create(
                activity_id=activity_id, number=_next_number(activity_id), copy=copy, name=words[:200],
                brought_by_id=brought_by, wish=wish.strip(), since=on,
            )  # fmt: skip
    except IntegrityError as error:
        if violated(error) != "drift_copy_once":
            raise
        raise Refused([ADRIFT]) from error


def pass_on(
    *, book_id: int, reader_id: int | None, school_class_id: int | None, on: date, remark: str = ""
) -> DriftStop:  # fmt: skip
    """Notes that the book came to a reader or class on a day. `remark` is what the holder before them wrote in it.

    Refused for nobody, for whoever has it, before its last stop began, and once it is home or lost.
    """
    if not (reader_id or school_class_id):
        raise Refused([NOBODY])
    with transaction.atomic(durable=True):
        book = _adrift(book_id)
        stop = _current(book)
        if stop is not None and (stop.reader_id, stop.school_class_id) == (reader_id, school_class_id):
            raise Refused([HAS_IT])
        if on < (stop.since if stop else book.since):
            raise Refused([TOO_EARLY])
        _leave(stop, on, remark)
        return DriftStop.objects.create(book=book, reader_id=reader_id, school_class_id=school_class_id, since=on)


def end_drift(*, book_id: int, state: str, on: date, remark: str = "") -> DriftBook:
    """The book came home, or is lost. Asked twice, the first day stays."""
    with transaction.atomic(durable=True):
        book = DriftBook.objects.select_for_update().get(pk=book_id)
        if book.state != DriftBook.State.DRIFTING:
            return book
        stop = _current(book)
        day = max(on, stop.since if stop else book.since)
        _leave(stop, day, remark)
        book.state, book.until = state, day
        book.save(update_fields=["state", "until"])
        return book


def take_back_stop(*, book_id: int) -> None:
    """Undoes the last step of a journey: home or lost becomes adrift again, else the last stop is taken out and the
    one before holds the book. Refused where the book has not been anywhere."""
    with transaction.atomic(durable=True):
        book = DriftBook.objects.select_for_update().get(pk=book_id)
        stops = book.stops.select_for_update().order_by("-since", "-pk")
        if book.state != DriftBook.State.DRIFTING:
            book.state, book.until = DriftBook.State.DRIFTING, None
            book.save(update_fields=["state", "until"])
        elif last := stops.first():
            last.delete()
        else:
            raise Refused([NO_STOP])
        if before := stops.first():
            before.until = None
            before.save(update_fields=["until"])


def write_remark(*, stop_id: int, remark: str) -> DriftStop:
    """What a holder writes about the book; it is read by the librarian before others see it."""
    with transaction.atomic(durable=True):
        stop = DriftStop.objects.select_for_update(no_key=True).get(pk=stop_id)
        if stop.remark != remark.strip():
            stop.remark, stop.is_shown = remark.strip(), False
            stop.save(update_fields=["remark", "is_shown"])
        return stop


def show_remark(*, stop_id: int, shown: bool) -> None:
    """Lets others read a remark, or no longer."""
    with transaction.atomic(durable=True):
        DriftStop.objects.exclude(remark="").filter(pk=stop_id).update(is_shown=shown)


def _is_here(copy: Copy) -> bool:
    return copy.state == Copy.State.ON_SHELF and not Loan.objects.filter(OPEN, copy=copy).exists()


def _next_number(activity_id: int) -> str:
    numbers = DriftBook.objects.filter(activity=activity_id).values_list("number", flat=True)
    highest = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return str(highest + 1).zfill(DIGITS)


def _adrift(book_id: int) -> DriftBook:
    book = DriftBook.objects.select_for_update().get(pk=book_id)
    if book.state != DriftBook.State.DRIFTING:
        raise Refused([NOT_ADRIFT])
    return book


def _current(book: DriftBook) -> DriftStop | None:
    return book.stops.filter(until=None).first()


def _leave(stop: DriftStop | None, on: date, remark: str) -> None:
    if stop is None:
        return
    stop.until = on
    if remark.strip():
        stop.remark, stop.is_shown = remark.strip(), False
    stop.save(update_fields=["until", "remark", "is_shown"])
