"""What readers owe: sums of entries, nothing that is kept beside them."""

from collections.abc import Collection
from decimal import Decimal

from django.db import connection
from django.db.models import Sum
from django.db.models.query import QuerySet

from circulation.models import ChargeEntry

_OWED = """
    SELECT charge.reader_id, sum(entry.amount)
      FROM circulation_charge AS charge
      JOIN circulation_chargeentry AS entry ON entry.charge_id = charge.id
     WHERE charge.reader_id = ANY(%s)
     GROUP BY charge.reader_id
    HAVING sum(entry.amount) > 0
"""


def owed(reader_ids: Collection[int]) -> dict[int, Decimal]:
    """What each of these readers owes in yuan; who owes nothing is left out. One statement."""
    if not reader_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_OWED, [list(reader_ids)])
        return dict(cursor.fetchall())


def readers_who_owe() -> QuerySet[ChargeEntry, dict[str, int]]:
    """Their keys, to narrow another statement by."""
    sums = ChargeEntry.objects.order_by().values("charge__reader").exclude(charge__reader=None)
    return sums.annotate(owed=Sum("amount")).filter(owed__gt=0).values("charge__reader")
