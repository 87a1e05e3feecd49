"""Each copy at the end of a period, with the loans it had in it: what all tables of the collection begin with."""

from datetime import timedelta
from typing import Any

from reports.queries.past import COPIES_THEN, ROOMS_THEN
from reports.rules.figures import Period, midnight

# Loans in a reader's name, from the shelf or a book corner; what else leaves the shelf is counted apart everywhere.
LENT = """
    lent AS MATERIALIZED (
        SELECT copy_id, count(*) AS loans FROM circulation_loan
         WHERE lent_at >= %(begins)s AND lent_at < %(ends)s AND voided_at IS NULL AND kind IN ('reader', 'corner')
         GROUP BY copy_id
    )
"""

# Copies that are gone are there too, for the loans they had; `held` and what it counts are those of the last day.
COPIES = f"""
    {COPIES_THEN}, {ROOMS_THEN}, {LENT}, stood AS (
        SELECT copy.id, copy.title_id, copy.location_id, room.circulates AND NOT copy.in_room_only AS circulates,
               copy.price, COALESCE(lent.loans, 0) AS loans,
               copy.state NOT IN ('withdrawn', 'lost') AND (copy.acquired_on IS NULL OR copy.acquired_on <= %(day)s)
                   AS held
          FROM copy_then AS copy
          JOIN room_then AS room ON room.id = copy.location_id
          LEFT JOIN lent ON lent.copy_id = copy.id
    )
"""  # noqa: S608 - put together from constants
SUMS = """count(*) FILTER (WHERE held) AS copies, count(*) FILTER (WHERE held AND circulates) AS circulating,
          COALESCE(sum(price) FILTER (WHERE held), 0) AS value, sum(loans) AS loans"""


def lent_in(period: Period) -> dict[str, Any]:
    """The parameters of `LENT`."""
    begins, ends = period.bounds()
    return {"begins": begins, "ends": ends}


def copies_of(period: Period) -> dict[str, Any]:
    """The parameters of `COPIES`: copies at the end of the period's last day, of now while it runs."""
    night = midnight(period.until + timedelta(days=1))
    return {**lent_in(period), "day": period.until, "night": night}
