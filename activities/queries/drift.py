"""Where drifting books are, and the journeys that they made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from activities.models import Activity, Consent, DriftBook, DriftStop
from activities.queries.activities import SHOWN
from activities.queries.consents import consents_of
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import class_names_then


def drifts() -> list[tuple[int, str]]:
    """Activities that books drift in, the newest first: (key, name)."""
    rows = Activity.objects.filter(kind__shape="drift", state__in=SHOWN).order_by("-starts_on", "-pk")
    return list(rows.values_list("pk", "name")[:50])


def drift_books(activity_id: int | None, state: str = "") -> QuerySet[DriftBook]:
    """Books by number, with `stops_made` and in `now_at` the stop where each is."""
    rows = DriftBook.objects.select_related("activity", "copy", "brought_by").annotate(stops_made=Count("stops"))
    current = DriftStop.objects.filter(until=None).select_related("reader")
    rows = rows.prefetch_related(Prefetch("stops", queryset=current, to_attr="now_at"))
    rows = rows.filter(activity=activity_id) if activity_id else rows
    return (rows.filter(state=state) if state else rows).order_by("-activity__starts_on", "activity", "number")


@dataclass(frozen=True)
class BookLine:
    """A book and where it is; `holder` names a person and is for whoever may see that class."""

    book: DriftBook
    class_name: str
    holder: str
    since: date
    days: int


def book_lines(
    books: Sequence[DriftBook], reference: Reference, today: date, *, named: Collection[int] | None
) -> list[BookLine]:
    """The books with their places. People are named of the classes in `named` alone, None for all. No statement."""
    return [_book_line(book, reference, today, named) for book in books]


def _book_line(book: DriftBook, reference: Reference, today: date, named: Collection[int] | None) -> BookLine:
    stop: DriftStop | None = next(iter(book.now_at), None)  # type: ignore[attr-defined]
    since = stop.since if stop else book.since
    days = max((today - since).days, 0) if book.state == DriftBook.State.DRIFTING else 0
    if stop is None:
        return BookLine(book, "", "", since, days)
    class_name = class_names_then(reference, stop.since).get(stop.school_class_id or 0, "")
    return BookLine(book, class_name, _name(stop, named), since, days)


def _name(stop: DriftStop, named: Collection[int] | None) -> str:
    may = named is None or stop.school_class_id in named
    return stop.reader.name if stop.reader and may else ""


@dataclass(frozen=True)
class StopLine:
    """A stop of a journey as somebody may read it; `waits` is a remark that only its readers before others see."""

    stop: DriftStop
    class_name: str
    name: str
    remark: str
    waits: bool


def journey(
    book: DriftBook, reference: Reference, today: date, *, named: Collection[int] | None, own: int | None
) -> list[StopLine]:
    """The stops in their order. Two statements.

    People are named of the classes in `named` alone (None: all); their remarks are shown to these and to the writer
    (`own`), to others once released and, of a pupil, while the guardian agrees to works being shown.
    """
    stops = list(book.stops.select_related("reader").order_by("since", "pk"))
    agreed = consents_of([stop.reader_id for stop in stops if stop.reader_id], Consent.What.WORKS, today)
    return [_stop_line(stop, reference, named, own, agreed) for stop in stops]


def _stop_line(
    stop: DriftStop, reference: Reference, named: Collection[int] | None, own: int | None, agreed: Collection[int]
) -> StopLine:
    inside = named is None or stop.school_class_id in named or (own is not None and stop.reader_id == own)
    class_name = class_names_then(reference, stop.since).get(stop.school_class_id or 0, "")
    free = stop.is_shown and (not _is_pupil(stop.reader) or stop.reader_id in agreed)
    remark = stop.remark if inside or free else ""
    name = stop.reader.name if stop.reader and inside else ""
    return StopLine(stop, class_name, name, remark, bool(stop.remark) and not stop.is_shown)


def _is_pupil(reader: Reader | None) -> bool:
    return reader is not None and reader.category == Reader.Category.STUDENT


def waiting_remarks() -> QuerySet[DriftStop]:
    """Remarks that nobody has released, the oldest first."""
    rows = DriftStop.objects.filter(is_shown=False).exclude(remark="").select_related("book__activity", "reader")
    return rows.order_by("since", "pk")


def stop_of(book: DriftBook, reader_id: int) -> DriftStop | None:
    """The latest stop of this reader, whose words are theirs to write."""
    return book.stops.filter(reader=reader_id).order_by("-since", "-pk").first()


@dataclass(frozen=True)
class DriftSum:
    """A drift in numbers."""

    books: int
    adrift: int
    stops: int


def drift_sum(activity_id: int) -> DriftSum:
    """How many books, how many of them on their way, and how often they were passed on. Two statements."""
    rows = DriftBook.objects.filter(activity=activity_id)
    counted = rows.aggregate(books=Count("pk"), adrift=Count("pk", filter=Q(state=DriftBook.State.DRIFTING)))
    return DriftSum(**counted, stops=DriftStop.objects.filter(book__activity=activity_id).count())
