"""Drifting books as a table to keep."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.queries.drift import BookLine
from library_site.shared.spreadsheets import Column, Table


def drift_table(lines: Sequence[BookLine]) -> Table[BookLine]:
    """Every book with where it is."""
    columns: list[Column[BookLine]] = [
        Column(gettext_lazy("drift number"), lambda row: row.book.number, 10),
        Column(gettext_lazy("title"), lambda row: row.book.name, 30),
        Column(gettext_lazy("book drift"), lambda row: row.book.activity.name, 24),
        Column(gettext_lazy("State"), lambda row: row.book.get_state_display(), 12),
        Column(gettext_lazy("Class"), lambda row: row.class_name, 12),
        Column(gettext_lazy("name"), lambda row: row.holder, 14),
        Column(gettext_lazy("from"), lambda row: row.since, 12),
        Column(gettext_lazy("stops"), lambda row: row.book.stops_made, 8),  # type: ignore[attr-defined]
    ]
    return Table(_("Drifting books"), columns, lines, act="export.drift")
