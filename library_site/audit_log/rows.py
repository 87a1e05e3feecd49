"""Reading the audit: every change of every tracked table in one list by time, the newest first.

One statement over all history tables, each by its index of time and cut to a page; then a few for the rows of the page.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from library_site.audit_log.labels import COLUMNS, column_label, model_label
from library_site.audit_log.overrides import overrides_in_words
from library_site.audit_log.values import Names, shown, thing

PAGE = 50
SYSTEM = "system"
LABELS = ("insert", "update", "delete", "look", "export", "exception")


@dataclass(frozen=True)
class Filters:
    """What is asked for; None or empty means everything. `user` is an account's pk, or `SYSTEM`."""

    user: str = ""
    kind: str = ""
    obj: int | None = None
    act: str = ""
    label: str = ""
    since: datetime | None = None
    until: datetime | None = None  # the first moment no longer asked for
    context: UUID | None = None


class Cursor(NamedTuple):
    """The place after which a page begins: time, source and number of the last row shown."""

    at: datetime
    source: str
    number: int


@dataclass(frozen=True)
class Change:
    """One column, before and after; an empty text where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One row of the log. `user_id` None: the system. `act` is empty where no operation said its name."""

    source: str
    number: int
    label: str
    at: datetime
    obj: int | None
    act: str
    user_id: int | None
    address: str
    context: UUID | None
    kind: str = ""
    thing: str = ""
    changes: Sequence[Change] = field(default_factory=tuple)

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.at, self.source, self.number)


@cache
def histories() -> dict[str, type[models.Model]]:
    """The history table of every tracked model, by the model's label."""
    found = {
        model.pgh_tracked_model._meta.label: model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")
    }
    return dict(sorted(found.items()))


@cache
def looks() -> dict[str, type[models.Model]]:
    """Tables whose rows are acts of staff: looks at people's data, exports, exceptions; they say so by `audited_as`.

    `audited_object` is the column of the reader, if any; `audited_columns` are told. Where a table's own columns have
    other names, or only some rows are meant, `audited_at`, `_by`, `_what` and `_when` say so in SQL.
    """
    return {model._meta.label: model for model in apps.get_models() if hasattr(model, "audited_as")}


def kinds() -> list[tuple[str, str]]:
    """What can be asked for: (label of a model, its name)."""
    known = [*histories().items(), *looks().items()]
    return sorted(((label, model_label(apps.get_model(label))) for label, _model in known), key=lambda row: row[1])


def page_of(
    filters: Filters, *, after: Cursor | None, names: Names, size: int = PAGE
) -> tuple[list[Entry], Cursor | None]:
    """One page of the log, and where the next begins (None at the end). `names` knows things by model label and pk."""
    rows = _rows(filters, after, size + 1)
    entries = _with_changes(rows[:size], names)
    return entries, entries[-1].cursor if len(rows) > size else None


def _rows(filters: Filters, after: Cursor | None, limit: int) -> list[Entry]:
    parts, values = [], []
    sources = {**histories(), **({} if filters.context else looks())}
    for label, model in sources.items():
        if filters.kind in ("", label):
            statement, given = _part(label, model, filters, after)
            parts.append(f"({statement} LIMIT {limit})")
            values += given
    if not parts:
        return []
    order = f'ORDER BY at DESC, source COLLATE "C" DESC, number DESC LIMIT {limit}'
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS log {order}", values)  # noqa: S608
        return [_entry(row) for row in cursor.fetchall()]


def _entry(row: Sequence[Any]) -> Entry:
    source, number, label, at, obj, act, user, address, context = row
    return Entry(source, number, label, at, obj, act or "", int(user) if user else None, address or "", context)


class _Table(NamedTuple):
    """The columns of a source under the names of the log; `when` says which rows of it are meant."""

    columns: str
    origin: str
    at: str
    number: str
    obj: str
    label: str
    act: str
    user: str
    when: str = ""


def _table(model: Any) -> _Table:
    name = model._meta.db_table
    if hasattr(model, "audited_as"):
        return _told_table(model, name)
    act, user = "c.metadata->>'act'", "c.metadata->>'user'"
    columns = f"e.pgh_id AS number, e.pgh_label, e.pgh_created_at AS at, e.pgh_obj_id, {act}, {user}"
    columns += ", c.metadata->>'address', e.pgh_context_id"
    origin = f"{name} AS e LEFT JOIN pghistory_context AS c ON c.id = e.pgh_context_id"
    return _Table(columns, origin, "e.pgh_created_at", "e.pgh_id", "e.pgh_obj_id", "e.pgh_label", act, user)


def _told_table(model: Any, name: str) -> _Table:
    label = f"'{model.audited_as}'"
    obj = f"e.{model.audited_object}" if model.audited_object else "NULL::bigint"
    at = f"e.{getattr(model, 'audited_at', 'at')}"
    by = f"e.{getattr(model, 'audited_by', 'by_id')}::text"
    what = getattr(model, "audited_what", "e.what")
    address = "e.address" if any(field.name == "address" for field in model._meta.local_fields) else "''"
    columns = f"e.id AS number, {label}, {at} AS at, {obj}, {what}, {by}, {address}, NULL::uuid"
    return _Table(columns, f"{name} AS e", at, "e.id", obj, label, what, by, getattr(model, "audited_when", ""))


def _part(label: str, model: type[models.Model], filters: Filters, after: Cursor | None) -> tuple[str, list[Any]]:
    table = _table(model)
    conditions, values = _conditions(table, filters)
    if after is not None:
        beyond, place = _beyond(table, label, after)
        conditions.append(beyond)
        values += place
    where = " AND ".join(conditions) or "true"
    order = f"ORDER BY {table.at} DESC, {table.number} DESC"
    return f"SELECT '{label}' AS source, {table.columns} FROM {table.origin} WHERE {where} {order}", values  # noqa: S608


def _conditions(table: _Table, filters: Filters) -> tuple[list[str], list[Any]]:
    asked = [
        (f"{table.at} >= %s", filters.since),
        (f"{table.at} < %s", filters.until),
        (f"{table.obj} = %s", filters.obj),
        (f"{table.label} = %s", filters.label or None),
        (f"{table.act} = %s", filters.act or None),
        ("e.pgh_context_id = %s", filters.context),
        (f"{table.user} = %s", filters.user if filters.user not in ("", SYSTEM) else None),
    ]
    conditions = [text for text, value in asked if value is not None] + [table.when] * bool(table.when)
    if filters.user == SYSTEM:
        conditions.append(f"{table.user} IS NULL")
    return conditions, [value for _text, value in asked if value is not None]


def _beyond(table: _Table, label: str, after: Cursor) -> tuple[str, list[Any]]:
    if label == after.source:
        return f"({table.at}, {table.number}) < (%s, %s)", [after.at, after.number]
    return f"{table.at} {'<=' if label < after.source else '<'} %s", [after.at]


def _with_changes(rows: Sequence[Entry], names: Names) -> list[Entry]:
    by_source: defaultdict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
    known = histories()
    versions = {source: _versions(known[source], group) for source, group in by_source.items() if source in known}
    names.load(versions, [row.obj for row in rows if row.source in looks()])
    told = {source: _told(looks()[source], group) for source, group in by_source.items() if source in looks()}
    return [
        _looked(row, told[row.source], names)
        if row.source in told
        else _filled(row, versions[row.source][row.number], names)
        for row in rows
    ]


def _told(model: Any, entries: Sequence[Entry]) -> dict[int, list[Change]]:
    """{number: what the row itself says} of looks and exports. One statement, none where they say nothing."""
    if not model.audited_columns:
        return {}
    rows = model.objects.filter(pk__in=[entry.number for entry in entries]).values("pk", *model.audited_columns)
    return {row["pk"]: [_change_told(model, name, row[name]) for name in model.audited_columns] for row in rows}


def _change_told(model: Any, name: str, value: Any) -> Change:
    """A column, or a key of one that holds JSON (`details__reason`)."""
    if name == "details__overrides":
        return Change(str(_("rules set aside")), "", overrides_in_words(value or ()))
    if "__" in name:
        return Change(str(COLUMNS.get(name, name)), "", str(value or ""))
    return Change(column_label(model._meta.get_field(name)), "", str(value))


Version = tuple[dict[str, Any] | None, dict[str, Any] | None]


def _versions(history: Any, entries: Sequence[Entry]) -> dict[int, Version]:
    """{number: (before, after)} of rows of one history table. Three statements."""
    numbers = [entry.number for entry in entries]
    columns = [column.attname for column in tracked_columns(history)]
    later = history.objects.filter(pgh_obj_id=models.OuterRef("pgh_obj_id"), pgh_id__gt=models.OuterRef("pgh_id"))
    rows = history.objects.filter(pk__in=numbers).annotate(
        next_id=models.Subquery(later.order_by("pgh_id").values("pgh_id")[:1])
    )
    old = {row["pgh_id"]: row for row in rows.values("pgh_id", "pgh_obj_id", "pgh_label", "next_id", *columns)}
    ahead = [row["next_id"] for row in old.values() if row["next_id"]]
    following = {row["pgh_id"]: row for row in history.objects.filter(pk__in=ahead).values("pgh_id", *columns)}
    last = [row["pgh_obj_id"] for row in old.values() if not row["next_id"] and row["pgh_label"] == "update"]
    live = history.pgh_tracked_model.objects.filter(pk__in=last)
    now = {row["pk"]: row for row in live.values("pk", *columns)} if last else {}
    return {number: _version(row, following, now) for number, row in old.items()}


def _version(row: dict[str, Any], following: Mapping[int, Any], now: Mapping[int, Any]) -> Version:
    if row["pgh_label"] == "insert":
        return None, row
    if row["pgh_label"] == "delete":
        return row, None
    return row, following.get(row["next_id"]) or now.get(row["pgh_obj_id"])


def tracked_columns(history: Any) -> list[Any]:
    """The model's own columns that its history table keeps."""
    kept = {column.name for column in history._meta.local_fields}
    return [column for column in history.pgh_tracked_model._meta.local_fields if column.name in kept]


def _looked(entry: Entry, told: Mapping[int, Sequence[Change]], names: Names) -> Entry:
    name, kind = names.of("readers.Reader", entry.obj), model_label(apps.get_model(entry.source))
    return replace(entry, kind=kind, thing=name, changes=told.get(entry.number, ()))


def _filled(entry: Entry, version: Version, names: Names) -> Entry:
    model = apps.get_model(entry.source)
    before, after = version
    changes = _changes(histories()[entry.source], before, after, names)
    name = thing(model, before or after or {}, names)
    return replace(entry, kind=model_label(model), thing=name, changes=changes)


def _changes(history: Any, before: dict[str, Any] | None, after: dict[str, Any] | None, names: Names) -> list[Change]:
    changes = []
    for column in tracked_columns(history):
        old, new = ((row or {}).get(column.attname) for row in (before, after))
        if old != new and not column.primary_key:
            changes.append(Change(column_label(column), shown(column, old, names), shown(column, new, names)))
    return [change for change in changes if change.before or change.after]
