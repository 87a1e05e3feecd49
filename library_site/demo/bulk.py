"""Filling tables by COPY."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models


class Columns:
    """The columns of a model in COPY's order: those given row by row, then all others with their usual value."""

    def __init__(self, model: type[models.Model], *given: str) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        by_name = {name: field for field in fields for name in (field.name, field.attname)}
        rest = [field for field in fields if field not in [by_name[name] for name in given] and _is_ours(field)]
        self.table = model._meta.db_table
        self.names = [str(by_name[name].column) for name in given] + [str(field.column) for field in rest]
        self.rest = tuple(_usual_value(field) for field in rest)
        # What closes a line written in COPY's text format after the given columns.
        self.text_end = "".join("\t\\N" if value is None else f"\t{_text(value)}" for value in self.rest) + "\n"

    @property
    def statement(self) -> str:
        return f"COPY {self.table} ({', '.join(self.names)}) FROM STDIN"


def _is_ours(field: "models.Field[Any, Any]") -> bool:
    """Keys and what the database fills in itself are left to it."""
    return not field.primary_key and field.db_default is models.NOT_PROVIDED


def _usual_value(field: "models.Field[Any, Any]") -> Any:
    value = field.get_default()
    if value is None and not field.null:
        raise ValueError(f"{field} needs a value")  # a column added since: the demo must learn to fill it
    return field.get_db_prep_save(value, connection)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def copy_rows(columns: Columns, rows: Iterable[Sequence[Any]]) -> None:
    """Writes rows of the given columns' values; they are not held in memory."""
    with connection.cursor() as cursor, cursor.copy(columns.statement) as copy:
        for row in rows:
            copy.write_row((*row, *columns.rest))


def copy_text(columns: Columns, lines: list[str]) -> None:
    """Writes lines in COPY's text format, each closed by `columns.text_end`."""
    with connection.cursor() as cursor, cursor.copy(columns.statement) as copy:
        for start in range(0, len(lines), 5000):
            copy.write("".join(lines[start : start + 5000]))


def continue_numbering(*tables: type[models.Model]) -> None:
    """After rows with keys of our own: the next key follows the highest."""
    with connection.cursor() as cursor:
        for model in tables:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(max(id), 1)) FROM {table}"  # noqa: S608
            )


@contextmanager
def built_afterwards(*tables: type[models.Model]) -> Iterator[None]:
    """Foreign keys and indexes of empty tables are taken off and made again: one pass instead of one per row.

    Runs inside the caller's transaction, so a failure brings them back. Primary keys stay.
    """
    names = [model._meta.db_table for model in tables]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # nothing may wait for a check
        cursor.execute(
            """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
                WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])""",
            [names],
        )
        keys = cursor.fetchall()
        cursor.execute(
            """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
                WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
                  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)""",
            [names],
        )
        indexes = cursor.fetchall()
        for table, name, _definition in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL maintenance_work_mem = '128MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
