"""The import of holdings, as the engine knows it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from catalog.imports.fields import FIELDS
from catalog.imports.matching import HoldingsPlan
from catalog.imports.reading import read_row
from catalog.imports.texts import TEXTS
from catalog.models import Title
from catalog.operations.search_index import index_titles
from library_site.imports.fields import Field, Reader
from library_site.models import ImportRun, User
from library_site.shared.spreadsheets import Sheet, open_sheets
from library_site.shared.spreadsheets.limits import MAX_BYTES


class HoldingsKind:
    """See `library_site.imports.fields.Kind`."""

    name = "holdings"
    fields: Sequence[Field] = FIELDS
    texts: Mapping[str, Any] = TEXTS
    dropped: tuple[str, ...] = ()

    columns: Mapping[str, int] = {}
    max_bytes = MAX_BYTES

    def open(self, path: Path) -> Iterator[Sheet]:
        return open_sheets(path)

    def scrub(self, text: str) -> str:
        return text

    def reader(self, run: ImportRun) -> Reader:
        return read_row

    def plan(self, run: ImportRun, *, keep: bool) -> HoldingsPlan:
        return HoldingsPlan(run, keep=keep)

    def finish(self, run: ImportRun, *, by: User | None) -> None:
        """Makes new and changed titles findable."""
        fresh = set(Title.objects.filter(search=None).values_list("pk", flat=True))
        fresh.update(run.counts.get("changed_titles", []))
        index_titles(sorted(fresh))


KIND = HoldingsKind()
