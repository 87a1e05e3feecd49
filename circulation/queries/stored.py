"""All that is stored about one person, table by table: whatever points to the reader or to the reader's account."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q

from library_site.audit_log.labels import column_label, model_label
from library_site.audit_log.rows import histories
from library_site.audit_log.values import Names, shown
from library_site.models import User
from readers.models import Reader

HIDDEN = {"password"}
# Tables that say something about a person through another row: {table: the path to the reader}. Apps that come after
# this one add theirs when they are ready.
THROUGH = {"circulation.ChargeEntry": "charge__reader", "circulation.Reminder": "loan__reader"}


@dataclass(frozen=True)
class Stored:
    """The rows of one table that are about the person; `header` and cells are text."""

    title: str
    header: list[str]
    rows: list[list[str]]


def stored_about(reader: Reader, names: Names) -> list[Stored]:
    """Tables without a row about the person are left out. A few statements per table."""
    return [table for model, rows in _found(reader) if (table := _table(model, list(rows), names)).rows]


def _found(reader: Reader) -> Iterator[tuple[Any, Any]]:
    for model in apps.get_models():
        if model._meta.proxy or model in histories().values():
            continue
        if model is Reader:
            yield model, model._default_manager.filter(pk=reader.pk)
        elif model is User:
            yield model, model._default_manager.filter(reader=reader)
        elif path := THROUGH.get(model._meta.label):
            yield model, model._default_manager.filter(**{path: reader}).order_by("pk")
        elif columns := _pointing(model):
            yield model, model._default_manager.filter(_any_of(columns, reader)).order_by("pk")


def _pointing(model: Any) -> list[Any]:
    return [column for column in model._meta.local_fields if column.related_model is Reader]


def _any_of(columns: list[Any], reader: Reader) -> Q:
    condition = Q()
    for column in columns:
        condition |= Q(**{column.name: reader})
    return condition


def _table(model: Any, rows: list[Any], names: Names) -> Stored:
    columns = [column for column in model._meta.local_fields if column.name not in HIDDEN]
    pairs: dict[int, Any] = {
        number: ({column.attname: getattr(row, column.attname) for column in columns}, None)
        for number, row in enumerate(rows)
    }
    names.load({model._meta.label: pairs}, [])
    cells = [[shown(column, before[column.attname], names) for column in columns] for before, _none in pairs.values()]
    return Stored(model_label(model), [column_label(column) for column in columns], cells)
