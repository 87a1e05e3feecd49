"""The collection of a closed semester as it was kept, and where a recount says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

from readers.models import Semester
from reports.models import Snapshot
from reports.queries.collection.classes import ClassTable, table_from
from reports.queries.snapshots import snapshot_of
from reports.rules.collection import Part
from reports.rules.figures import Period
from reports.rules.snapshots import period_of


@dataclass(frozen=True)
class ClosedTable:
    """What a closed semester has kept, and of which days."""

    snapshot: Snapshot
    table: ClassTable

    @property
    def period(self) -> Period:
        return period_of(self.snapshot)


@dataclass(frozen=True)
class Differing:
    """A line that a recount gives other numbers than the closing."""

    kept: Part
    now: Part


def closed_table(semester: Semester | None) -> ClosedTable | None:
    """None while the semester is open, and where no table was kept. One statement."""
    snapshot = snapshot_of(semester) if semester else None
    if snapshot is None or "collection" not in snapshot.tables:
        return None
    return ClosedTable(snapshot, table_from(snapshot.tables["collection"]))


def differing(kept: ClassTable, now: ClassTable) -> Sequence[Differing]:
    """The lines whose titles, copies, value or loans are others now, in the order of the table."""
    pairs = zip(kept.rows, now.rows, strict=True)
    return [Differing(before, after) for before, after in pairs if not _same(before, after)]


def _same(before: Part, after: Part) -> bool:
    return all(
        getattr(before, name) == getattr(after, name) for name in ("titles", "copies", "circulating", "value", "loans")
    )
