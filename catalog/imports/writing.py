"""Puts what a plan decided into temporary tables, and moves it from there in the transaction of the act.

Keys of new titles are drawn beforehand, so the transaction only inserts and renumbers; rows the desk may be using
are touched last. Numbers of copies are given out inside it, under the lock of their series.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from django.db import connection

from catalog.imports.lookup import TITLE_FIELDS, USUAL, Record
from catalog.operations.book_numbers import draw_book_number, keep_taken, locked_series
from catalog.operations.numbering import draw_copy_numbers, hold_numbers
from catalog.queries.classification import clc_codes
from catalog.rules.classification import longest_prefix, main_class
from library_site.imports.fields import LibraryChanged

_TITLE_COLUMNS = (*TITLE_FIELDS, "clc_class_id", "main_class")
_MADE_COLUMNS = ("popularity", "import_fingerprint", "pinyin", "initials", "created_at")
_NEW_TITLE = ", ".join(("id", *_TITLE_COLUMNS, *_MADE_COLUMNS))
_CHANGED_TITLE = ", ".join(("id", *_TITLE_COLUMNS))
_SAID = ", ".join(TITLE_FIELDS)
# Without the constraints of the tables they are for; columns that a sheet says nothing about keep their defaults.
_TABLES = f"""
    DROP TABLE IF EXISTS pg_temp.new_title, pg_temp.changed_title, pg_temp.new_copy, pg_temp.changed_copy,
        pg_temp.seen_title, pg_temp.seen_copy;
    CREATE TEMP TABLE new_title AS SELECT {_NEW_TITLE} FROM catalog_title LIMIT 0;
    CREATE TEMP TABLE changed_title AS SELECT {_CHANGED_TITLE} FROM catalog_title LIMIT 0;
    CREATE TEMP TABLE seen_title AS SELECT id, {_SAID} FROM catalog_title LIMIT 0;
    CREATE TEMP TABLE new_copy (place bigint, title_id bigint, had int, barcode text, accession_number text,
        volume text, location text, price numeric, source text, acquired_on date, n int);
    CREATE TEMP TABLE changed_copy (id bigint, barcode text, volume text, location text, price numeric, source text,
        acquired_on date);
    CREATE TEMP TABLE seen_copy (LIKE changed_copy);
"""  # noqa: S608 - our own text only


class Writes:
    """What has to be written. `columns` are those of further temporary tables.

    Without `keep` (preview) nothing is kept, and new titles get passing negative keys.
    """

    columns: Mapping[str, str] = {}

    def __init__(self, run_id: int, *, keep: bool) -> None:
        self.locations: set[str] = set()
        self._run_id, self._keep = run_id, keep
        self._passing, self._place = count(-1, -1), count(1)
        self._keys: Iterator[int] = iter(())
        self._codes = clc_codes()
        self._pending: dict[str, list[Sequence[Any]]] = {}
        if keep:
            with connection.cursor() as cursor:
                cursor.execute(_TABLES)

    def add_title(self, values: Record) -> int:
        """Returns the key of the new title."""
        pk = self._next_key() if self._keep else next(self._passing)
        mark = "" if values.get("school_number") else values["fingerprint"]
        given = {field: values.get(field, USUAL.get(field, "")) for field in TITLE_FIELDS}
        self._put("new_title", (pk, *self._title_row(given), 0, mark, "", "", datetime.now().astimezone()))
        return pk

    def change_title(self, title: Record, *, seen: Record) -> None:
        """`seen` is the title as it was read: written over only if it still says that."""
        self._put("changed_title", (title["pk"], *self._title_row({**title, "price": title["price"] or None})))
        said = {**seen, "price": seen["price"] or None}
        self._put("seen_title", (title["pk"], *(said[field] for field in TITLE_FIELDS)))

    def add_copy(self, title_id: int, barcode: str, accession_number: str, values: Record) -> None:
        self._put_copy(title_id, None, barcode, accession_number, values, 1)

    def number_copies(self, title_id: int, wanted: int, values: Record, *, had: int | None) -> None:
        """`wanted` copies with the next free numbers; `had` is what an old title must still have by then."""
        self._put_copy(title_id, had, None, None, values, wanted)

    def change_copy(self, copy: Record, *, seen: Record) -> None:
        """As `change_title`."""
        self._put("changed_copy", _copy_row(copy))
        self._put("seen_copy", _copy_row(seen))

    def flush(self) -> None:
        """Copies what has gathered into the temporary tables."""
        columns = {**_COPY_COLUMNS, **self.columns}
        for table, rows in self._pending.items():
            with (
                connection.cursor() as cursor,
                cursor.copy(f"COPY {table} ({columns[table]}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        self._pending = {}

    def write(self, *, at: datetime) -> None:
        """Moves everything into the library. To be called inside the act's transaction.

        Raises LibraryChanged if what it would write over is not what the plan had read.
        """
        assert connection.in_atomic_block
        hold_numbers()
        with connection.cursor() as cursor:
            self._check_unchanged(cursor)
            _lock_classes(cursor)
            cursor.execute(_NEW_LOCATIONS, [sorted(self.locations)])
            cursor.execute(_NEW_TITLES)
            cursor.execute(_NAMED_COPIES, [at, self._run_id])
            cursor.execute("SELECT coalesce(sum(n), 0)::bigint FROM new_copy WHERE barcode IS NULL")
            if wanted := cursor.fetchone()[0]:
                draw_copy_numbers(wanted)
                cursor.execute(_NUMBERED_COPIES, [at, self._run_id])
            cursor.execute(_CHANGED_TITLES)
            _number_anew(cursor)
            _refuse_if(cursor, _COPIES_CHANGED, "copies were changed meanwhile")
            cursor.execute(_KEPT_BARCODES, [at])
            cursor.execute(_CHANGED_COPIES)

    def _check_unchanged(self, cursor: Any) -> None:
        _refuse_if(cursor, _COPIES_ADDED, "copies were added meanwhile")
        cursor.execute(_HELD_TITLES)
        _refuse_if(cursor, _TITLES_CHANGED, "titles were changed meanwhile")

    def _title_row(self, title: Record) -> list[Any]:
        number = title["clc_number"]
        code = longest_prefix(number, self._codes) if number else None
        return [*(title[field] for field in TITLE_FIELDS), code, main_class(number) if number else ""]

    def _put_copy(
        self, title_id: int, had: int | None, barcode: str | None, accession: str | None, values: Record, n: int
    ) -> None:
        given = (values.get("price"), values.get("source", "unknown"), values.get("acquired_on"))
        place = next(self._place)
        row = (place, title_id, had, barcode, accession, values.get("volume", ""), values["location"], *given, n)
        self._put("new_copy", row)

    def _put(self, table: str, row: Sequence[Any]) -> None:
        if self._keep:
            self._pending.setdefault(table, []).append(row)

    def _next_key(self) -> int:
        key = next(self._keys, None)
        if key is None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence('catalog_title', 'id')) FROM generate_series(1, 1000)"
                )
                self._keys = iter([key for (key,) in cursor.fetchall()])
            key = next(self._keys)
        return int(key)


def _copy_row(copy: Record) -> list[Any]:
    fields = ("pk", "barcode", "volume", "location", "price", "source", "acquired_on")
    return [copy[field] if copy[field] != "" or field == "volume" else None for field in fields]


def _lock_classes(cursor: Any) -> None:
    """Whoever draws a book number in these classes waits, and passes over those that come in."""
    cursor.execute(_CLASSES)
    locked_series(*(number for (number,) in cursor.fetchall()))


def _number_anew(cursor: Any) -> None:
    """Titles that had a book number and come into another class get the next one there."""
    cursor.execute(_LEFT_THEIR_CLASS)
    for pk, number, old_class, old_number, author, name in cursor.fetchall():
        keep_taken(clc_number=old_class, book_number=old_number)
        drawn = draw_book_number(clc_number=number, author=author, name=name)
        cursor.execute("UPDATE catalog_title SET book_number = %s WHERE id = %s", [drawn, pk])


def _refuse_if(cursor: Any, question: str, reason: str) -> None:
    cursor.execute(f"SELECT EXISTS ({question})")
    if cursor.fetchone()[0]:
        raise LibraryChanged(reason)


_COPY_COLUMNS = {
    "new_title": _NEW_TITLE,
    "changed_title": _CHANGED_TITLE,
    "new_copy": "place, title_id, had, barcode, accession_number, volume, location, price, source, acquired_on, n",
    "changed_copy": "id, barcode, volume, location, price, source, acquired_on",
    "seen_title": f"id, {_SAID}",
    "seen_copy": "id, barcode, volume, location, price, source, acquired_on",
}
_COPIES_ADDED = """
    SELECT FROM (SELECT DISTINCT ON (title_id) title_id, had FROM new_copy WHERE had IS NOT NULL
                  ORDER BY title_id, place) AS planned
     WHERE had <> (SELECT count(*) FROM catalog_copy AS c WHERE c.title_id = planned.title_id)
"""
_HELD_TITLES = """
    SELECT t.id FROM catalog_title AS t WHERE t.id IN (SELECT id FROM seen_title) ORDER BY t.id FOR NO KEY UPDATE
"""
_TITLES_CHANGED = f"""
    SELECT id, {_SAID} FROM seen_title
    EXCEPT SELECT id, {_SAID} FROM catalog_title WHERE id IN (SELECT id FROM seen_title)
"""  # noqa: S608 - our own columns
_COPIES_CHANGED = """
    SELECT FROM (SELECT c.* FROM catalog_copy AS c WHERE c.id IN (SELECT id FROM seen_copy) ORDER BY c.id
                    FOR NO KEY UPDATE) AS c
      JOIN seen_copy AS s ON s.id = c.id JOIN catalog_location AS l ON l.id = c.location_id
     WHERE (c.barcode, c.volume, l.name, c.price, c.source, c.acquired_on)
           IS DISTINCT FROM (s.barcode, s.volume, s.location, s.price, s.source, s.acquired_on)
"""
_CLASSES = """
    SELECT clc_number FROM new_title WHERE book_number <> ''
    UNION SELECT clc_number FROM changed_title UNION SELECT clc_number FROM seen_title
"""
_LEFT_THEIR_CLASS = """
    SELECT c.id, c.clc_number, s.clc_number, s.book_number, c.author, c.name
      FROM changed_title AS c JOIN seen_title AS s USING (id)
     WHERE c.book_number = '' AND s.book_number <> '' AND c.clc_number <> s.clc_number ORDER BY c.id
"""
_NEW_LOCATIONS = """
    INSERT INTO catalog_location (name, circulates) SELECT name, true FROM unnest(%s::text[]) AS name
    ON CONFLICT (name) DO NOTHING
"""
_COPY_TARGET = """
    INSERT INTO catalog_copy (title_id, barcode, accession_number, volume, location_id, price, source, acquired_on,
        state, note, created_at, import_run_id)
"""
_NAMED_COPIES = (
    _COPY_TARGET  # noqa: S608 - our own text only
    + """
    SELECT c.title_id, c.barcode, c.accession_number, c.volume, l.id, c.price, c.source, c.acquired_on,
        'on_shelf', '', %s, %s
      FROM new_copy AS c JOIN catalog_location AS l ON l.name = c.location
     WHERE c.barcode IS NOT NULL ORDER BY c.place
"""
)
_NUMBERED_COPIES = (
    _COPY_TARGET  # noqa: S608 - our own text only
    + """
    SELECT c.title_id, d.number, d.number, c.volume, l.id, c.price, c.source, c.acquired_on, 'on_shelf', '', %s, %s
      FROM (SELECT w.*, row_number() OVER (ORDER BY w.place) AS position
              FROM new_copy AS w, generate_series(1, w.n) WHERE w.barcode IS NULL) AS c
      JOIN drawn_number AS d ON d.position = c.position
      JOIN catalog_location AS l ON l.name = c.location
     ORDER BY c.position
"""
)
_NEW_TITLES = f"INSERT INTO catalog_title ({_NEW_TITLE}) SELECT {_NEW_TITLE} FROM new_title ORDER BY id"  # noqa: S608
_ASSIGNED = ", ".join(f"{column} = c.{column}" for column in _TITLE_COLUMNS)
_CHANGED_TITLES = f"UPDATE catalog_title AS t SET {_ASSIGNED} FROM changed_title AS c WHERE t.id = c.id"  # noqa: S608
_KEPT_BARCODES = """
    INSERT INTO catalog_formerbarcode (barcode, copy_id, reason, replaced_at)
    SELECT t.barcode, t.id, '', %s FROM catalog_copy AS t JOIN changed_copy AS c ON c.id = t.id
     WHERE t.barcode <> c.barcode
"""
_CHANGED_COPIES = """
    UPDATE catalog_copy AS t SET barcode = c.barcode, volume = c.volume, location_id = l.id, price = c.price,
        source = c.source, acquired_on = c.acquired_on
      FROM changed_copy AS c JOIN catalog_location AS l ON l.name = c.location WHERE t.id = c.id
"""
