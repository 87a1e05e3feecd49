"""The pick-up shelf and the queues, as their pages list them. Every list is bounded."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from catalog.models import Copy, Title
from catalog.models.titles import long_columns
from circulation.models import Loan, Reservation
from circulation.models.loans import OPEN
from circulation.models.reservations import ACTIVE
from circulation.rules.reservations import NO_COPIES, REASONS
from library_site.shared.reference import Reference
from readers.models import ClassMembership
from readers.queries.classes import class_names_on, classes_on

# Whatever nobody saw to for so long was seen to without a word.
SEEN_TO_AFTER = timedelta(days=30)
MOST = 200


@dataclass(frozen=True)
class TurnLine:
    """One turn as a page lists it; `class_name` is the reader's class now."""

    turn: Reservation
    class_name: str

    @property
    def reason(self) -> str:
        return str(REASONS.get(self.turn.reason, self.turn.reason))


def _with_class(turns: "QuerySet[Reservation]") -> "QuerySet[Reservation]":
    now_in = ClassMembership.objects.filter(reader=OuterRef("reader_id"), until=None).values("school_class")[:1]
    rows = turns.annotate(class_id=Subquery(now_in))
    rows = rows.select_related("reader", "title", "copy__location", "class_set")
    return rows.defer(*long_columns("title"))


def _lines(turns: "QuerySet[Reservation]", reference: Reference, today: date) -> list[TurnLine]:
    names = class_names_on(reference, today)
    return [TurnLine(turn, names.get(turn.class_id, "")) for turn in turns]  # type: ignore[attr-defined]


def on_the_shelf(reference: Reference, today: date, *, only: int | None = None) -> list[TurnLine]:
    """What stands ready, by class and name, at most `MOST`; one statement. `only` asks for one turn."""
    rows = Reservation.objects.filter(state=Reservation.State.READY)
    if only is not None:
        rows = rows.filter(pk=only)
    ordered = _with_class(rows).order_by("reader__number", "reader__name", "pk")
    place = {row.name: number for number, row in enumerate(classes_on(reference, today))}
    return sorted(_lines(ordered[:MOST], reference, today), key=lambda line: place.get(line.class_name, len(place)))


def came_free(*, with_queue: bool = False) -> "QuerySet[Reservation]":
    """Turns that ended while their book stood on the pick-up shelf, and whose book still stands there for nobody.

    `with_queue` narrows to titles that somebody waits for. One statement, at most `MOST`, the oldest first.
    """
    kept = Reservation.objects.filter(copy=OuterRef("copy"), state=Reservation.State.READY)
    lent = Loan.objects.filter(copy=OuterRef("copy"), lent_at__gte=OuterRef("ready_at"), voided_at=None)
    later = Reservation.objects.filter(copy=OuterRef("copy"), ready_at__gt=OuterRef("ready_at"))
    rows = Reservation.objects.filter(
        ended_at__gte=timezone.now() - SEEN_TO_AFTER, ready_at__isnull=False, settled_at=None,
        copy__state=Copy.State.ON_SHELF,
    )  # fmt: skip
    rows = rows.exclude(state__in=ACTIVE).filter(~Exists(kept), ~Exists(lent), ~Exists(later))
    if with_queue:
        waiting = Reservation.objects.filter(title=OuterRef("title"), state=Reservation.State.WAITING)
        rows = rows.filter(Exists(waiting))
    rows = rows.select_related("reader", "title", "copy__location").defer(*long_columns("title"))
    return rows.order_by("ended_at", "pk")[:MOST]


def to_tell(reference: Reference, today: date) -> list[TurnLine]:
    """Readers whose turn the library ended, since it has no copy any more; until somebody said so. One statement."""
    since = timezone.now() - SEEN_TO_AFTER
    rows = Reservation.objects.filter(
        state=Reservation.State.CANCELLED, reason=NO_COPIES, settled_at=None, ended_at__gte=since
    )
    return _lines(_with_class(rows).order_by("class_id", "reader__name", "pk")[:MOST], reference, today)


@dataclass(frozen=True)
class ToFetch:
    """A copy that is in, for a title that somebody waits for."""

    copy_id: int
    barcode: str
    place: str
    title_id: int
    title: str
    call_number: str
    waiting: int


_TO_FETCH = """
WITH waiting AS (
    SELECT title_id, count(*) AS n FROM circulation_reservation WHERE state = 'waiting' GROUP BY title_id),
inside AS (
    SELECT copy.id, copy.barcode, location.name AS place, waiting.title_id, waiting.n,
           row_number() OVER (PARTITION BY copy.title_id ORDER BY location.name, copy.barcode) AS number
      FROM waiting
      JOIN catalog_copy copy ON copy.title_id = waiting.title_id
      JOIN catalog_location location ON location.id = copy.location_id
     WHERE copy.state = 'on_shelf' AND location.circulates AND NOT copy.in_room_only
       AND NOT EXISTS (SELECT 1 FROM circulation_loan loan
                        WHERE loan.copy_id = copy.id AND loan.returned_at IS NULL AND loan.voided_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM circulation_reservation kept
                        WHERE kept.copy_id = copy.id AND kept.state = 'ready'))
SELECT inside.id, inside.barcode, inside.place, title.id, title.name,
       concat_ws('/', NULLIF(title.clc_number, ''), NULLIF(title.book_number, '')), inside.n
  FROM inside JOIN catalog_title title ON title.id = inside.title_id
 WHERE inside.number <= inside.n
 ORDER BY inside.place, title.clc_number, title.book_number, inside.barcode
 LIMIT %(most)s
"""


def to_fetch() -> list[ToFetch]:
    """Copies to be taken from the shelf, in shelf order: as many of each title as wait for it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_FETCH, {"most": MOST})
        return [ToFetch(*row) for row in cursor.fetchall()]


def queue_of(title_id: int, reference: Reference, today: date) -> list[TurnLine]:
    """Who waits for a title, set aside first, then in turn; at most `MOST`. One statement."""
    rows = Reservation.objects.filter(title=title_id, state__in=ACTIVE)
    return _lines(_with_class(rows).order_by("state", "placed_at", "pk")[:MOST], reference, today)


def turns_of_reader(reader_id: int) -> "QuerySet[Reservation]":
    """What a reader waits for, set aside first; at most `MOST`. One statement."""
    rows = Reservation.objects.filter(reader=reader_id, state__in=ACTIVE).select_related("title", "copy")
    return rows.defer(*long_columns("title")).order_by("state", "placed_at", "pk")[:MOST]


def ended_lately(title_id: int, reference: Reference, today: date) -> list[TurnLine]:
    """The last turns of a title that ended, at most 20. One statement."""
    rows = Reservation.objects.filter(title=title_id).exclude(state__in=ACTIVE)
    return _lines(_with_class(rows).order_by("-ended_at", "-pk")[:20], reference, today)


def waited_for() -> "QuerySet[Title]":
    """Titles that somebody waits for, the longest wait first; each with `waiting`, `kept`, `first_at`, `next_due`."""
    turns = Reservation.objects.filter(title=OuterRef("pk"), state=Reservation.State.WAITING).order_by()
    kept = Reservation.objects.filter(title=OuterRef("pk"), state=Reservation.State.READY).order_by()
    due = Loan.objects.filter(OPEN, copy__title=OuterRef("pk")).order_by("due_on").values("due_on")[:1]
    rows = Title.objects.filter(Exists(turns)).defer(*long_columns())
    return rows.annotate(
        waiting=Subquery(turns.values("title").annotate(n=Count("pk")).values("n")),
        kept=Subquery(kept.values("title").annotate(n=Count("pk")).values("n")),
        first_at=Subquery(turns.order_by("placed_at").values("placed_at")[:1]),
        next_due=Subquery(due),
    ).order_by("first_at", "pk")
