"""Requests for material of a semester."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.queries.material import Counted
from library_site.shared.spreadsheets import Column, Table


def counted_table(rows: Sequence[Counted]) -> Table[Counted]:
    """One line a purpose."""
    columns: list[Column[Counted]] = [
        Column(gettext_lazy("Purpose"), lambda row: row.purpose, 20),
        Column(gettext_lazy("Asked for"), lambda row: row.asked, 10),
        Column(gettext_lazy("Found"), lambda row: row.answered, 10),
        Column(gettext_lazy("Books and sources"), lambda row: row.books, 12),
        Column(gettext_lazy("Titles set aside"), lambda row: row.set_aside, 12),
    ]
    return Table(_("Requests for material"), columns, rows)
