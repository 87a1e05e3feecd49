"""Numbers for copies, given out so that no two people, and no card, get the same."""

from django.db import connection

from library_site.models import NumberSeries, School

_DRAW = """
    INSERT INTO pg_temp.drawn_number (position, number, value)
    SELECT %(already)s + row_number() OVER (ORDER BY value), number, value
      FROM (SELECT value, lpad(value::text, greatest(%(digits)s, length(value::text)), '0') COLLATE "C" AS number
              FROM generate_series(%(first)s::bigint, %(first)s + %(span)s - 1) AS value) AS candidate
     WHERE NOT EXISTS (SELECT FROM catalog_copy AS c WHERE c.barcode = candidate.number)
       AND NOT EXISTS (SELECT FROM catalog_copy AS c WHERE c.accession_number = candidate.number)
       AND NOT EXISTS (SELECT FROM catalog_formerbarcode AS f WHERE f.barcode = candidate.number)
       AND NOT EXISTS (SELECT FROM readers_card AS k WHERE k.barcode = candidate.number)
     ORDER BY value
     LIMIT %(wanted)s - %(already)s
"""


def hold_numbers() -> NumberSeries:
    """Locks the series of copies' numbers until the transaction ends: whoever gives or draws one waits.

    To be locked before titles, and these before their classes.
    """
    assert connection.in_atomic_block
    NumberSeries.objects.get_or_create(kind=NumberSeries.Kind.COPY)
    return NumberSeries.objects.select_for_update().get(kind=NumberSeries.Kind.COPY)


def draw_numbers(wanted: int) -> list[str]:
    """The next free numbers, in order. See `draw_copy_numbers`."""
    draw_copy_numbers(wanted)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM drawn_number ORDER BY position")
        return [number for (number,) in cursor.fetchall()]


def draw_copy_numbers(wanted: int) -> None:
    """Fills the temporary table `drawn_number` (position from 1, number) with the next free numbers.

    Locks the series until the surrounding transaction ends. Numbers that a copy or a card bears, or a copy bore, are
    passed over; a number once drawn is not drawn again. Width is the school's `barcode_digits`.
    """
    series = hold_numbers()
    school = School.objects.first()
    digits = school.barcode_digits if school else 8
    first, already = series.next_value, 0
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.drawn_number")
        cursor.execute("CREATE TEMP TABLE drawn_number (position bigint PRIMARY KEY, number text, value bigint)")
        while already < wanted:
            span = wanted - already + 1000
            asked = {"already": already, "wanted": wanted, "digits": digits, "first": first, "span": span}
            cursor.execute(_DRAW, asked)
            already += cursor.rowcount
            first += span
        cursor.execute("SELECT max(value) + 1 FROM drawn_number")
        series.next_value = cursor.fetchone()[0]
        cursor.execute("ANALYZE drawn_number")
    series.save(update_fields=["next_value"])
