"""The register of honours as a table to keep."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Honour
from library_site.shared.spreadsheets import Column, Table


def honours_table(rows: Iterable[Honour]) -> Table[Honour]:
    """The lines in their order, those taken back with day and reason."""
    columns: list[Column[Honour]] = [
        Column(gettext_lazy("awarded on"), lambda row: row.awarded_on, 12),
        Column(gettext_lazy("certificate number"), lambda row: row.number, 14),
        Column(gettext_lazy("level"), lambda row: row.get_level_display(), 10),
        Column(gettext_lazy("occasion"), lambda row: row.occasion, 30),
        Column(gettext_lazy("award"), lambda row: row.award, 20),
        Column(gettext_lazy("Class"), lambda row: row.class_name, 12),
        Column(gettext_lazy("awarded to"), lambda row: row.name, 16),
        Column(gettext_lazy("title of the work"), lambda row: row.work, 30),
        Column(gettext_lazy("guided by"), lambda row: row.teacher, 14),
        Column(gettext_lazy("taken back on"), lambda row: row.revoked_on, 12),
        Column(gettext_lazy("reason"), lambda row: row.reason, 30),
    ]
    return Table(_("Register of honours"), columns, rows, act="export.honours")
