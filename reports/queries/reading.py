"""What readers did beside borrowing in a period: activities, works, prizes, notes, what they asked for.

Counted from rows as they were stored, by their own days and classes: nothing done later to a reader changes them. What
was never entered in the system by the end of the period is unknown, not 0.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db import connection

from reports.rules.figures import Period, midnight

# An activity that was shown and was held by itself: a festival is counted by its parts. {a} is its row.
HELD = (
    "{a}.state IN ('published', 'over') AND NOT EXISTS (SELECT FROM activities_activity AS part"
    " WHERE part.parent_id = {a}.id AND part.state IN ('published', 'over'))"
)
# As counted by hand, else the most that one list of it says.
TOOK_PART = """
    coalesce({a}.took_part, greatest(
        (SELECT sum(r.number_of_people) FROM activities_activityregistration AS r
          WHERE r.activity_id = {a}.id AND r.cancelled_at IS NULL),
        (SELECT sum(s.present) FROM activities_activitysession AS s WHERE s.activity_id = {a}.id),
        (SELECT count(*) FROM activities_entry AS e WHERE e.activity_id = {a}.id AND e.state = 'handed_in'),
        (SELECT max(sheets.number) FROM (SELECT count(*) AS number FROM activities_attempt AS t
          JOIN activities_quiz AS q ON q.id = t.quiz_id
          WHERE q.activity_id = {a}.id AND t.handed_in_at IS NOT NULL GROUP BY q.id) AS sheets)
    ), 0)
"""
GRANTED = "(h.revoked_on IS NULL OR h.revoked_on > %(last)s)"
WRITTEN = "n.category = 'student' AND n.state <> 'draft'"
OF_READERS = "g.item_id IS NULL"

_HELD, _TOOK_PART = HELD.format(a="a"), TOOK_PART.format(a="a")
_COUNTED = f"""
    SELECT
      (SELECT count(*) FROM activities_activity AS a
        WHERE {_HELD} AND a.starts_on BETWEEN %(first)s AND %(last)s) AS activities,
      (SELECT coalesce(sum({_TOOK_PART}), 0)::int FROM activities_activity AS a
        WHERE {_HELD} AND a.starts_on BETWEEN %(first)s AND %(last)s) AS participants,
      EXISTS (SELECT FROM activities_activity AS a WHERE {_HELD} AND a.starts_on <= %(last)s) AS any_activities,
      (SELECT count(*) FROM activities_entry AS e
        WHERE e.state = 'handed_in' AND e.handed_in_at >= %(begins)s AND e.handed_in_at < %(ends)s) AS works,
      EXISTS (SELECT FROM activities_entry AS e
        WHERE e.state = 'handed_in' AND e.handed_in_at < %(ends)s) AS any_works,
      (SELECT count(*) FROM activities_honour AS h
        WHERE {GRANTED} AND h.awarded_on BETWEEN %(first)s AND %(last)s) AS prizes,
      EXISTS (SELECT FROM activities_honour AS h WHERE {GRANTED} AND h.awarded_on <= %(last)s) AS any_prizes,
      EXISTS (SELECT FROM activities_readingnote AS n WHERE {WRITTEN} AND n.written_on <= %(last)s) AS any_notes,
      (SELECT count(*) FROM activities_suggestion AS g
        WHERE {OF_READERS} AND g.at >= %(begins)s AND g.at < %(ends)s) AS suggestions,
      EXISTS (SELECT FROM activities_suggestion AS g WHERE {OF_READERS} AND g.at < %(ends)s) AS any_suggestions,
      (SELECT count(*) FROM activities_materialrequest AS m
        WHERE m.at >= %(begins)s AND m.at < %(ends)s) AS requests,
      EXISTS (SELECT FROM activities_materialrequest AS m WHERE m.at < %(ends)s) AS any_requests
"""  # noqa: S608
_NOTES = f"""
    SELECT n.school_class_id, count(*) FROM activities_readingnote AS n
     WHERE {WRITTEN} AND n.written_on BETWEEN %(first)s AND %(last)s GROUP BY 1
"""  # noqa: S608


@dataclass(frozen=True)
class ReadingCounts:
    """Counts of a period; None where such a thing was never in the system. `notes` are pupils' notes by the class of
    their day (None for no class)."""

    activities: int | None = None
    participants: int | None = None
    works: int | None = None
    prizes: int | None = None
    suggestions: int | None = None
    requests: int | None = None
    notes_known: bool = False
    notes_by_class: Mapping[int | None, int] = field(default_factory=dict)

    @property
    def notes(self) -> int | None:
        return sum(self.notes_by_class.values()) if self.notes_known else None

    def of_classes(self, keys: Collection[int]) -> "ReadingCounts":
        """As if the school had these classes only; what is not known by class stays that of the school."""
        return replace(self, notes_by_class={key: n for key, n in self.notes_by_class.items() if key in keys})


def reading_counts(period: Period) -> ReadingCounts:
    """Two statements."""
    asked = asked_of(period)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, asked)
        row = dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))
        cursor.execute(_NOTES, asked)
        notes = dict(cursor.fetchall())
    return ReadingCounts(
        activities=row["activities"] if row["any_activities"] else None,
        participants=row["participants"] if row["any_activities"] else None,
        works=row["works"] if row["any_works"] else None,
        prizes=row["prizes"] if row["any_prizes"] else None,
        suggestions=row["suggestions"] if row["any_suggestions"] else None,
        requests=row["requests"] if row["any_requests"] else None,
        notes_known=row["any_notes"],
        notes_by_class=notes,
    )


def asked_of(period: Period) -> dict[str, Any]:
    """The days of a period, and its moments, as the statements name them."""
    return {
        "first": period.starts_on,
        "last": period.until,
        "begins": midnight(period.starts_on),
        "ends": midnight(period.until + timedelta(days=1)),
    }
