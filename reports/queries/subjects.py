"""What was lent, by the main class of the CLC and by copy."""

from datetime import timedelta

from django.db import connection

from reports.queries.past import MAIN_CLASSES_THEN
from reports.queries.rolled import LENT, Rolled, consistently, lent_in
from reports.rules.figures import Period, midnight

# A copy's title is the one it had then, so that merged titles keep their class of that time.
_BY_CLASS = f"""
    WITH {LENT}, moved AS (
        SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id AS id, title_id
          FROM catalog_copyevent WHERE pgh_created_at >= %(night)s
         ORDER BY pgh_obj_id, pgh_created_at, pgh_id
    ), {MAIN_CLASSES_THEN}
    SELECT coalesce(title_then.main_class, ''), sum(lent.loans)::int
      FROM lent
      JOIN catalog_copy AS copy ON copy.id = lent.copy_id
      LEFT JOIN moved ON moved.id = copy.id
      LEFT JOIN title_then ON title_then.id = coalesce(moved.title_id, copy.title_id)
     GROUP BY 1
"""  # noqa: S608


def loans_by_class(period: Period) -> dict[str, int]:
    """{main class: loans in a reader's name}, '' = unclassified; classes without any are left out.

    A loan counts under the class that its title has at the end of the period (now, while it runs), as holdings do:
    what is classified or re-classed later changes no past period.
    """
    return consistently(lambda rolled: _by_class(period, rolled))


def _by_class(period: Period, rolled: Rolled) -> dict[str, int]:
    asked = {**lent_in(period, rolled), "night": midnight(period.until + timedelta(days=1))}
    with connection.cursor() as cursor:
        cursor.execute(_BY_CLASS, asked)
        return dict(cursor.fetchall())


def copies_lent(period: Period, rolled: Rolled | None = None) -> int:
    """Distinct copies lent at least once in a reader's name. `rolled` where the caller reads consistently itself."""
    if rolled is None:
        return consistently(lambda found: copies_lent(period, found))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {LENT} SELECT count(*)::int FROM lent", lent_in(period, rolled))  # noqa: S608
        return cursor.fetchone()[0]
