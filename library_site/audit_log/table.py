"""The audit log as a table to keep."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library_site.audit_log.acts import act_label
from library_site.audit_log.rows import Entry, Filters, page_of
from library_site.audit_log.values import Names
from library_site.shared.spreadsheets import Column, Table

AT_ONCE = 1000
MOST = 50_000  # the newest; older ones by narrowing the days


def audit_table(rows: Iterable[Entry], people: Mapping[int, str], labels: Mapping[str, object]) -> Table:
    """Rows of the log, with the names of the accounts and of the kinds of change."""
    columns: list[Column[Entry]] = [
        Column(gettext_lazy("When"), lambda row: row.at, 18),
        Column(gettext_lazy("By whom"), lambda row: people.get(row.user_id or 0) or _("System"), 16),
        Column(gettext_lazy("Address"), lambda row: row.address, 16),
        Column(gettext_lazy("How"), lambda row: str(labels[row.label]), 10),
        Column(gettext_lazy("What"), lambda row: f"{row.kind} {row.thing}".strip(), 36),
        Column(gettext_lazy("Act"), lambda row: act_label(row.act) if row.act else "", 24),
        Column(gettext_lazy("Before and after"), _changes, 60),
    ]
    return Table(_("Audit log"), columns, rows, act="export.audit")


def entries(filters: Filters, names: Names) -> Iterator[Entry]:
    """The newest entries, read a thousand at a time."""
    after = None
    for _part in range(MOST // AT_ONCE):
        rows, after = page_of(filters, after=after, names=names, size=AT_ONCE)
        yield from rows
        if after is None:
            return


def _changes(entry: Entry) -> str:
    return "; ".join(f"{change.label}: {change.before or '—'} → {change.after or '—'}" for change in entry.changes)
