"""Objects read and written by SQL that is composed once.

The ORM composes each statement anew, which takes half a millisecond of every statement of a scan. Where that counts
(the front desk), the statement is written by hand; what it returns are the same objects all the same.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)


class Rows(Generic[M]):
    """The columns of a model in a hand-written statement: `sql` is their list, `read` makes the object.

    Columns in `leave_out` are deferred: they are read when somebody asks for them.
    """

    def __init__(self, model: type[M], alias: str, *, leave_out: tuple[str, ...] = ()) -> None:
        fields = [field for field in model._meta.concrete_fields if field.name not in leave_out]
        self.sql = ", ".join(f'{alias}."{field.column}"' for field in fields)
        self._model, self._names = model, [field.attname for field in fields]

    def read(self, values: Iterator[Any]) -> M:
        """The object of the next columns of a row; takes just as many of them as `sql` names."""
        return self._model.from_db(DEFAULT_DB_ALIAS, self._names, [next(values) for _name in self._names])


def insert(row: M) -> M:
    """Writes a new object and gives it its key. No defaults of the database, no signals, no history of its own."""
    sql, fields = _insertion(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


@cache
def _insertion(model: type[Model]) -> tuple[str, list["Field[Any, Any]"]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(["%s"] * len(fields))
    key = model._meta.pk.column
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({values}) RETURNING "{key}"', fields  # noqa: S608
