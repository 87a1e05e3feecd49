"""What an import can read, and the words a kind of import is described in."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from library_site.models import ImportRun, User
from library_site.shared.spreadsheets import Sheet

Values = dict[str, Any]  # what a row was read as; JSON


@dataclass(frozen=True)
class Field:
    """A field of an import. `headings` are the words that schools put above it, best first, parted by blanks."""

    name: str
    label: Any
    headings: str
    required: bool = False
    shown: bool = True  # in the preview

    @cached_property
    def synonyms(self) -> list[str]:
        return self.headings.split()


@dataclass(frozen=True)
class RowProblem:
    """Why a row is bad; a `note` says something about a row that is taken all the same."""

    field: str
    value: str
    code: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    note: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "value": self.value[:100],
            "code": self.code,
            "params": dict(self.params),
            "note": self.note,
        }


@dataclass
class Judged:
    """A row on its way: its place in the sheet, its values, and in the end what becomes of it."""

    pk: int
    number: int
    values: Values
    problems: list[RowProblem]
    verdict: str = ""

    @property
    def is_bad(self) -> bool:
        return any(not problem.note for problem in self.problems)

    def refuse(self, field_name: str, code: str, **params: Any) -> None:
        value = self.values.get(field_name)
        self.problems.append(RowProblem(field_name, "" if value is None else str(value), code, params))


class LibraryChanged(Exception):
    """What a plan was made from is no longer so: it has to be made again."""


class Plan(Protocol):
    """Compares rows with the library, batch by batch, and collects what would have to be written.

    `judge` gives each row its verdict; with `keep` the writes are put into temporary tables of the connection, so
    that `write` only has to move them, inside the transaction of the act.
    """

    def judge(self, rows: Sequence[Judged]) -> None: ...

    def counts(self) -> dict[str, Any]: ...

    def write(self, *, at: datetime, by: User | None) -> None: ...


class Kind(Protocol):
    """A kind of import: its fields, how a row is read, how rows are compared and written."""

    name: str
    fields: Sequence[Field]
    texts: Mapping[str, Any]  # problem code -> text with %(params)s
    dropped: Sequence[str]  # headings whose columns are never taken in
    columns: Mapping[str, int]  # where each field stands in files that are no tables; empty where headings tell
    max_bytes: int

    def open(self, path: Path) -> Iterator[Sheet]: ...

    def scrub(self, text: str) -> str: ...

    def reader(self, run: ImportRun) -> "Reader": ...

    def plan(self, run: ImportRun, *, keep: bool) -> Plan: ...

    def finish(self, run: ImportRun, *, by: User | None) -> None: ...


class Reader(Protocol):
    """Reads one row: cells by field name in, values and problems out. Knows nothing of what the library holds."""

    def __call__(self, cells: Mapping[str, str], *, sheet: str) -> tuple[Values, list[RowProblem]]: ...


_KINDS = {
    "holdings": "catalog.imports.holdings",
    "roster": "readers.imports.roster",
    "marc": "catalog.imports.marc",
}


def kind_of(name: str) -> Kind:
    """The kind of this name; later apps are reached by name only, so that this one imports none of them."""
    return cast(Kind, import_module(_KINDS[name]).KIND)


def batches(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Lists of up to `size` items."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
