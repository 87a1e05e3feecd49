"""Sets with gaps as a table to keep."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.queries.copies import SetRow
from library_site.shared.spreadsheets import Column, Table


def sets_table(rows: Iterable[SetRow]) -> Table:
    """Sets and the volumes that they miss."""
    columns: list[Column[SetRow]] = [
        Column(gettext_lazy("call number"), lambda row: row.title.call_number, 18),
        Column(gettext_lazy("title"), lambda row: row.title.name, 40),
        Column(gettext_lazy("volumes of the set"), lambda row: row.title.volumes, 10),
        Column(gettext_lazy("Missing volumes"), lambda row: ", ".join(map(str, row.missing)), 24),
        Column(gettext_lazy("Without a volume"), lambda row: row.unmarked, 10),
    ]
    return Table(_("Sets of which volumes are missing"), columns, rows)
