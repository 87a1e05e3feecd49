"""Numbers for library cards."""

from collections.abc import Collection

from django.db import connection

from library_site.models import NumberSeries, School
from readers.models import Card


def draw_card_numbers(wanted: int, *, taken: Collection[str] = ()) -> list[str]:
    """The next free card numbers, as wide as the school's barcodes; those already given and `taken` are passed over.

    Locks the series until the surrounding transaction ends. They begin with an 8, so that no card has the number of
    a book while books count up from one.
    """
    if wanted == 0:
        return []
    assert connection.in_atomic_block
    school = School.objects.first()
    digits = school.barcode_digits if school else 8
    NumberSeries.objects.get_or_create(kind=NumberSeries.Kind.CARD, defaults={"next_value": 8 * 10 ** (digits - 1) + 1})
    series = NumberSeries.objects.select_for_update().get(kind=NumberSeries.Kind.CARD)
    found: list[str] = []
    while len(found) < wanted:
        span = [str(value).zfill(digits) for value in range(series.next_value, series.next_value + wanted - len(found))]
        used = {*taken, *Card.objects.filter(barcode__in=span).values_list("barcode", flat=True)}
        found += [number for number in span if number not in used]
        series.next_value += len(span)
    series.save(update_fields=["next_value"])
    return found
