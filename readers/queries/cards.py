"""Cards of classes: who has one, and which are to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import connection
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from library_site.shared.figures import ratio
from library_site.shared.reference import Reference
from readers.models import Card, ClassMembership, Reader
from readers.queries.classes import NamedClass, classes_on
from readers.queries.enrolment import enrolled_on
from readers.queries.reader_list import by_class


@dataclass(frozen=True)
class ClassCards:
    """A class, its pupils on the day, and how many of them have a valid card."""

    school_class: NamedClass
    enrolled: int
    valid: int

    @property
    def without(self) -> int:
        return self.enrolled - self.valid


@dataclass(frozen=True)
class Coverage:
    """借书证覆盖率 of some classes: pupils with a valid card ÷ pupils enrolled × 100 %, two decimals; None if nobody
    is enrolled."""

    classes: Sequence[ClassCards]

    @property
    def enrolled(self) -> int:
        return sum(row.enrolled for row in self.classes)

    @property
    def valid(self) -> int:
        return sum(row.valid for row in self.classes)

    @property
    def without(self) -> int:
        return self.enrolled - self.valid

    @property
    def value(self) -> Decimal | None:
        return ratio(self.valid, self.enrolled, percent=True)


def grades_on(reference: Reference, day: date) -> list[str]:
    """The names of the grades that have a class on `day`, in the order of the school."""
    return [grade for grade, _classes in groupby(row.grade for row in classes_on(reference, day))]


def card_coverage(reference: Reference, day: date, *, grades: Sequence[str]) -> Coverage:
    """The classes of these grades and their cards. One statement."""
    classes = [row for row in classes_on(reference, day) if row.grade in grades]
    card = Card.objects.filter(reader=OuterRef("reader"), status=Card.Status.VALID)
    members = enrolled_on(day).filter(school_class__in=[row.pk for row in classes]).annotate(has_card=Exists(card))
    counts = (
        members.order_by()
        .values_list("school_class")
        .annotate(
            enrolled=Count("reader", distinct=True), valid=Count("reader", distinct=True, filter=Q(has_card=True))
        )
    )
    by_class = {class_id: (enrolled, valid) for class_id, enrolled, valid in counts}
    return Coverage([ClassCards(row, *by_class.get(row.pk, (0, 0))) for row in classes])


def students_in_no_class() -> int:
    """Pupils who are at the school and in no class: no range of grades counts them."""
    current = ClassMembership.objects.filter(reader=OuterRef("pk"), until=None)
    students = Reader.objects.filter(category=Reader.Category.STUDENT, status=Reader.Status.ACTIVE)
    return students.exclude(Exists(current)).count()


def cards_to_print(
    reference: Reference,
    day: date,
    *,
    class_id: int | None = None,
    reader_id: int | None = None,
    since: date | None = None,
    first_id: int | None = None,
) -> QuerySet[Card]:
    """The valid cards of one class, one reader or everybody at the school, by class, number and name.

    `since` leaves only those issued on that day or later, `first_id` that card and later ones. Each has `class_id`
    and comes with its reader.
    """
    current = FilteredRelation("reader__memberships", condition=Q(reader__memberships__until=None))
    cards: QuerySet = Card.objects.filter(status=Card.Status.VALID, reader__status=Reader.Status.ACTIVE)
    cards = cards.annotate(current=current, class_id=F("current__school_class_id")).select_related("reader")
    if reader_id is not None:
        cards = cards.filter(reader=reader_id)
    if class_id is not None:
        cards = cards.filter(class_id=class_id)
    if first_id is not None:
        cards = cards.filter(pk__gte=first_id)
    if since is not None:
        cards = cards.filter(issued_on__gte=since)
    return cards.order_by(*by_class(reference, day), "reader__number", "reader__name", "pk")


# By the names of the tables: this app comes before the catalogue, but a number scanned at the desk is one number.
_BOOKS = """
    SELECT barcode FROM catalog_copy WHERE barcode = ANY(%(numbers)s)
    UNION SELECT barcode FROM catalog_formerbarcode WHERE barcode = ANY(%(numbers)s)
"""


def numbers_of_books(numbers: Sequence[str]) -> set[str]:
    """Those of the numbers that a copy bears or bore. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_BOOKS, {"numbers": list(numbers)})
        return {number for (number,) in cursor.fetchall()}
