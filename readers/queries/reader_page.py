"""One reader: classes over time, cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from library_site.shared.reference import Reference
from readers.models import Card, ClassMembership, Reader
from readers.queries.classes import class_names_on, class_names_then
from readers.rules.cards import found_problems


@dataclass(frozen=True)
class Stay:
    """A class that a reader is or was in, under its name on the first day and on the last (or today).

    `until` is the first day no longer in it, None while it lasts.
    """

    first_name: str
    last_name: str
    since: date
    until: date | None


@dataclass(frozen=True)
class ReaderPage:
    """`class_name` is that of today; `stays` and `cards` begin with the newest; `card` is the valid one."""

    reader: Reader
    class_name: str
    stays: Sequence[Stay]
    cards: Sequence[Card]

    @property
    def card(self) -> Card | None:
        return next((card for card in self.cards if card.status == Card.Status.VALID), None)

    @property
    def can_be_found(self) -> bool:
        """Whether the latest card is the lost one."""
        return not found_problems(self.cards)


def page_of_reader(reader_id: int, reference: Reference, today: date) -> ReaderPage | None:
    """Everything of a reader but loans; None if there is none of that id. Three statements."""
    reader = Reader.objects.select_related("account").filter(pk=reader_id).first()
    if reader is None:
        return None
    memberships = list(ClassMembership.objects.filter(reader=reader).order_by("-since", "-pk"))
    names = class_names_on(reference, today)
    return ReaderPage(
        reader=reader,
        class_name=next((names[row.school_class_id] for row in memberships if row.until is None), ""),
        stays=[_stay(row, reference, today) for row in memberships],
        cards=list(Card.objects.filter(reader=reader).order_by("-issued_on", "-pk")),
    )


def _stay(row: ClassMembership, reference: Reference, today: date) -> Stay:
    last_day = max(row.since, row.until - timedelta(days=1)) if row.until else today
    return Stay(
        first_name=class_names_then(reference, row.since)[row.school_class_id],
        last_name=class_names_then(reference, last_day)[row.school_class_id],
        since=row.since,
        until=row.until,
    )
