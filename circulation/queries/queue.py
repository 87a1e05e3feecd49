"""Who waits for a title: as the desk's rules ask it."""

from django.db import connection

from circulation.rules.reservations import Turns

# One row; it has %(title)s, %(copy)s and %(reader)s, so that the desk asks it beside what else it asks.
# A title that nobody waits for costs one look into a partial index; copies are counted only where somebody is ahead.
TURNS = """
WITH turn AS MATERIALIZED (
    SELECT id, reader_id, class_set_id, state, copy_id, expires_on, placed_at
      FROM circulation_reservation
     WHERE title_id = %(title)s AND state IN ('waiting', 'ready')),
held AS (SELECT reader_id, expires_on FROM turn WHERE state = 'ready' AND copy_id = %(copy)s),
own AS (
    SELECT id, class_set_id, state, placed_at FROM turn WHERE reader_id = %(reader)s
     ORDER BY (state = 'ready' AND copy_id = %(copy)s) DESC, class_set_id IS NOT NULL, state = 'waiting',
              placed_at, id
     LIMIT 1),
ahead AS (
    SELECT count(*) AS n FROM turn
     WHERE state = 'waiting' AND reader_id IS DISTINCT FROM %(reader)s
       AND NOT EXISTS (
            SELECT 1 FROM own
             WHERE own.state = 'ready' OR (own.placed_at, own.id) < (turn.placed_at, turn.id)))
SELECT (SELECT reader_id FROM held), (SELECT expires_on FROM held),
       (SELECT id FROM own), (SELECT class_set_id FROM own),
       ahead.n,
       CASE WHEN ahead.n = 0 THEN 0 ELSE (
            SELECT count(*)
              FROM catalog_copy copy JOIN catalog_location location ON location.id = copy.location_id
             WHERE copy.title_id = %(title)s AND copy.state = 'on_shelf'
               AND location.circulates AND NOT copy.in_room_only
               AND NOT EXISTS (
                    SELECT 1 FROM circulation_loan loan
                     WHERE loan.copy_id = copy.id AND loan.returned_at IS NULL AND loan.voided_at IS NULL)
               AND NOT EXISTS (SELECT 1 FROM turn WHERE turn.state = 'ready' AND turn.copy_id = copy.id)
       ) END
  FROM ahead
"""


def turns_of(*, title_id: int, copy_id: int, reader_id: int | None) -> Turns:
    """How a copy stands to the queue of its title, seen by a reader (None: by nobody). One statement.

    For a renewal the copy is the reader's own: `is_short` says whether others wait for more than is in.
    """
    with connection.cursor() as cursor:
        cursor.execute(TURNS, {"title": title_id, "copy": copy_id, "reader": reader_id})
        return Turns(*cursor.fetchone())
