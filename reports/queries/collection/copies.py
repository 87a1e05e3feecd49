"""Each copy at the end of a period, with the loans it had in it: what all tables of the collection begin with."""

from datetime import date, timedelta
from typing import Any

from reports.queries.past import COPIES_NOW, COPIES_THEN, ROOMS_NOW, ROOMS_THEN
from reports.queries.rolled import LENT, Rolled, lent_in
from reports.rules.figures import Period, midnight

# Copies that are gone are there too, for the loans they had; copies, circulating and value are those of the last day.
# The few rooms are asked as an array: of a join with them the planner thinks that it leaves hardly a copy.
_STOOD = """
    stood AS (
        SELECT copy.title_id, copy.location_id,
               count(*) FILTER (WHERE held.yes) AS copies,
               count(*) FILTER (WHERE held.yes AND NOT copy.in_room_only
                                  AND copy.location_id = ANY(ARRAY(SELECT id FROM room_then WHERE circulates)))
                   AS circulating,
               COALESCE(sum(copy.price) FILTER (WHERE held.yes), 0) AS value, COALESCE(sum(lent.loans), 0) AS loans
          FROM copy_then AS copy
         CROSS JOIN LATERAL (
               SELECT copy.state NOT IN ('withdrawn', 'lost')
                      AND (copy.acquired_on IS NULL OR copy.acquired_on <= %(day)s) AS yes
               ) AS held
          LEFT JOIN lent ON lent.copy_id = copy.id
         GROUP BY copy.title_id, copy.location_id
    )
"""
SUMS = "sum(copies)::int AS copies, sum(circulating)::int AS circulating, sum(value) AS value, sum(loans)::int AS loans"


def stood(period: Period, *, today: date) -> str:
    """Common table expressions up to `stood`: what of each title stood in each room at the end of the period."""
    copies = (COPIES_NOW, ROOMS_NOW) if period.until >= today else (COPIES_THEN, ROOMS_THEN)
    return ", ".join([*copies, LENT, _STOOD])


def copies_of(period: Period, rolled: Rolled) -> dict[str, Any]:
    """The parameters of `stood`: copies at the end of the period's last day, of now while it runs."""
    night = midnight(period.until + timedelta(days=1))
    return {**lent_in(period, rolled), "day": period.until, "night": night}
