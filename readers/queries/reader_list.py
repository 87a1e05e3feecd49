"""The list of readers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable

from library_site.shared.codes import normalise_code
from library_site.shared.reference import Reference
from readers.models import Card, Reader
from readers.queries.classes import classes_on
from readers.queries.people import fitting, with_class


@dataclass(frozen=True)
class Filters:
    """Empty values leave everybody in."""

    text: str = ""
    class_id: int | None = None
    category: str = ""
    status: str = ""


def list_readers(filters: Filters, reference: Reference, today: date, *, books_out: Combinable) -> QuerySet:
    """Readers by class, school number and name, each with `class_id`, `card` (the valid number) and `out`.

    `books_out` is the expression that counts what a reader has now: loans are known to circulation only.
    """
    valid = Card.objects.filter(reader=OuterRef("pk"), status=Card.Status.VALID)
    rows = with_class(Reader.objects.all()).filter(fitting(filters.text, reference, today))
    if filters.class_id is not None:
        rows = rows.filter(class_id=filters.class_id)
    if filters.category:
        rows = rows.filter(category=filters.category)
    if filters.status:
        rows = rows.filter(status=filters.status)
    rows = rows.annotate(card=Subquery(valid.values("barcode")[:1]), out=books_out)
    return rows.order_by(*by_class(reference, today), "number", "name", "pk")


def reader_of_card(text: str) -> int | None:
    """The reader that a scanned card, valid or not, was given to."""
    return Card.objects.filter(barcode=normalise_code(text)).values_list("reader_id", flat=True).first()


def by_class(reference: Reference, today: date) -> list[Case]:
    """The order of rows with `class_id`, as the school counts its classes; none where there are no classes."""
    classes = classes_on(reference, today)
    places = [When(class_id=row.pk, then=Value(place)) for place, row in enumerate(classes)]
    return [Case(*places, default=Value(len(classes)), output_field=IntegerField())] if places else []
