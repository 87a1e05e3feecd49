"""Values of history rows as people read them: choices and foreign keys by name, times in the school's zone."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _

NAMING = ("name", "title", "barcode", "username", "reason", "text")
Rows = Mapping[str, Mapping[int, tuple[dict[str, Any] | None, dict[str, Any] | None]]]


class Names:
    """Names of the things that history rows point to, read once per page. `given` is {label of a model: how to}.

    A model without a name of its own (a class, whose name follows from the year) is given from above.
    """

    def __init__(self, given: Mapping[str, Callable[[], Mapping[int, str]]]) -> None:
        self._given = given
        self._names: dict[str, dict[Any, str]] = {}

    def load(self, versions: Rows, readers: Sequence[int | None]) -> None:
        """Reads the names of everything that these rows point to, one statement per model."""
        wanted: defaultdict[str, set[Any]] = defaultdict(set)
        wanted["readers.Reader"].update(readers)
        for source, rows in versions.items():
            for column in apps.get_model(source)._meta.local_fields:
                if column.is_relation:
                    pointed = (row.get(column.attname) for pair in rows.values() for row in pair if row)
                    wanted[column.related_model._meta.label].update(pointed)
        for label, keys in wanted.items():
            self._names[label] = self._read(label, keys - {None})

    def of(self, label: str, key: Any) -> str:
        """The name, the number if there is none, an empty text for nothing."""
        if key is None:
            return ""
        return self._names.get(label, {}).get(key) or f"#{key}"

    def _read(self, label: str, keys: set[Any]) -> dict[Any, str]:
        model: Any = apps.get_model(label)
        if not keys:
            return {}
        if label in self._given:
            return dict(self._given[label]())
        if type(model).__str__ is model.__str__ or "__str__" not in vars(model):
            return {}
        return {row.pk: str(row) for row in model.objects.filter(pk__in=keys)}


def thing(model: type[models.Model], row: Mapping[str, Any], names: Names) -> str:
    """What a row is called: by its name, by whose it is, else by its number."""
    for name in NAMING:
        if isinstance(row.get(name), str) and row[name]:
            return str(row[name])[:60]
    if row.get("reader_id"):
        return names.of("readers.Reader", row["reader_id"])
    return f"#{row.get('id', row.get('pgh_obj_id', ''))}"


def shown(column: Any, value: Any, names: Names) -> str:
    """A value of this column as text."""
    if value is None or value == "":
        return ""
    if column.is_relation:
        return names.of(column.related_model._meta.label, value)
    if isinstance(value, list):
        choices = dict(getattr(column, "base_field", column).choices or ())
        return ", ".join(_parts(item) if isinstance(item, dict) else str(choices.get(item, item)) for item in value)
    if isinstance(value, dict):
        return _parts(value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return _plain(value)


def _parts(value: Mapping[str, Any]) -> str:
    return " ".join(f"{key}={part}" for key, part in sorted(value.items()))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    return str(value)
