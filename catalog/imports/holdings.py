"""The import of holdings, as the engine knows it."""

from catalog.imports.fields import FIELDS
from catalog.imports.matching import HoldingsPlan
from catalog.imports.reading import read_row
from catalog.imports.texts import TEXTS
from catalog.models import Title
from catalog.operations.search_index import index_titles
from library_site.imports.fields import Reader
from library_site.models import ImportRun, User


class HoldingsKind:
    """See `library_site.imports.fields.Kind`."""

    name = "holdings"
    fields = FIELDS
    texts = TEXTS
    dropped: tuple[str, ...] = ()

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
