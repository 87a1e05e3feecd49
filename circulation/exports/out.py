"""Who has what, as a table to keep."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circulation.queries.out import OutGroup, OutLine
from library_site.shared.spreadsheets import Column, Table


def out_table(groups: Sequence[OutGroup]) -> Table:
    """Who has what now, one line per book; those of a class box under the box's name."""
    columns: list[Column[tuple[str, OutLine]]] = [
        Column(gettext_lazy("Class"), lambda row: row[0], 12),
        Column(gettext_lazy("School number"), lambda row: row[1].reader_number, 18),
        Column(gettext_lazy("Name"), lambda row: row[1].reader_name, 16),
        Column(gettext_lazy("Title"), lambda row: row[1].line.title, 40),
        Column(gettext_lazy("Barcode"), lambda row: row[1].line.barcode, 16),
        Column(gettext_lazy("Due"), lambda row: row[1].line.due_on, 12),
        Column(gettext_lazy("Days overdue"), lambda row: row[1].line.days_late or None, 10),
    ]
    rows = ((group.name, line) for group in groups for line in [*group.lines, *_of_boxes(group)])
    return Table(_("Who has what"), columns, rows, act="export.out")


def _of_boxes(group: OutGroup) -> list[OutLine]:
    return [OutLine(box.name, "", line) for box in group.boxes for line in box.lines]
