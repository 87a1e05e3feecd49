"""How often titles are lent: what search puts first among equals."""

from datetime import datetime, timedelta

from django.db import connection

DAYS = 365
_COUNT = """
    WITH lent AS (
        SELECT copy.title_id, count(*) AS number
          FROM circulation_loan AS loan JOIN catalog_copy AS copy ON copy.id = loan.copy_id
         WHERE loan.lent_at >= %(since)s AND loan.lent_at < %(until)s AND loan.voided_at IS NULL
           AND loan.kind IN ('reader', 'corner')
         GROUP BY copy.title_id
    )
    UPDATE catalog_title AS title
       SET popularity = coalesce(lent.number, 0)
      FROM catalog_title AS known LEFT JOIN lent ON lent.title_id = known.id
     WHERE title.id = known.id AND title.popularity <> coalesce(lent.number, 0)
"""


def count_popularity(*, at: datetime) -> int:
    """Sets each title's popularity to its loans of the year before `at` to readers; returns how many titles changed.

    One statement, which writes only what changed. Leaves no history: the column is derived.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"since": at - timedelta(days=DAYS), "until": at})
        return cursor.rowcount
