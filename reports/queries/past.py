"""What the catalogue was at the end of a day, from the rows of today and the old rows that history keeps.

Common table expressions to begin a statement with; `%(night)s` is the first moment after that day. Whatever is done
to a copy, a title or a room later changes nothing here. A copy counts from the day it was acquired, one without that
day as old stock. One that was entered later (a box found, a late sheet) counts by that day too, as it was first
entered; one that was entered later and removed again never counted.
"""

# The oldest of the rows that changes after that day have left is the row as it stood then.
COPIES_THEN = """
    copy_since AS MATERIALIZED (
        SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id AS id, title_id, location_id, price, state, acquired_on,
               in_room_only, created_at
          FROM catalog_copyevent WHERE pgh_created_at >= %(night)s
         ORDER BY pgh_obj_id, pgh_created_at, pgh_id
    ), copy_then AS (
        SELECT id, title_id, location_id, price, state, acquired_on, in_room_only
          FROM catalog_copy AS copy
         WHERE NOT EXISTS (SELECT FROM copy_since WHERE copy_since.id = copy.id)
        UNION ALL
        SELECT first.id, first.title_id, first.location_id, first.price, first.state,
               CASE WHEN first.created_at < %(night)s THEN first.acquired_on ELSE copy.acquired_on END,
               first.in_room_only
          FROM copy_since AS first LEFT JOIN catalog_copy AS copy ON copy.id = first.id
         WHERE first.created_at < %(night)s OR copy.id IS NOT NULL
    )"""

HELD_THEN = f"""{COPIES_THEN}, held AS (
        SELECT * FROM copy_then
         WHERE state NOT IN ('withdrawn', 'lost') AND (acquired_on IS NULL OR acquired_on <= %(day)s)
    )"""  # noqa: S608

# While a day runs there is no history yet: the tables themselves, whose sizes the planner knows.
COPIES_NOW = """
    copy_then AS (
        SELECT id, title_id, location_id, price, state, acquired_on, in_room_only FROM catalog_copy
    )"""

MAIN_CLASSES_THEN = """
    title_since AS MATERIALIZED (
        SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id AS id, main_class
          FROM catalog_titleevent WHERE pgh_created_at >= %(night)s
         ORDER BY pgh_obj_id, pgh_created_at, pgh_id
    ), title_then AS (
        SELECT id, main_class FROM catalog_title AS title
         WHERE NOT EXISTS (SELECT FROM title_since WHERE title_since.id = title.id)
        UNION ALL
        SELECT id, main_class FROM title_since
    )"""

ROOMS_THEN = """
    room_since AS (
        SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id AS id, circulates
          FROM catalog_locationevent WHERE pgh_created_at >= %(night)s AND pgh_label <> 'insert'
         ORDER BY pgh_obj_id, pgh_created_at, pgh_id
    ), room_then AS (
        SELECT id, circulates FROM catalog_location AS room
         WHERE NOT EXISTS (SELECT FROM room_since WHERE room_since.id = room.id)
        UNION ALL
        SELECT id, circulates FROM room_since
    )"""

CLASSES_NOW = "title_then AS (SELECT id, main_class FROM catalog_title)"
ROOMS_NOW = "room_then AS (SELECT id, circulates FROM catalog_location)"
