"""Gifts of books as tables to keep."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.queries.donations import ClassGifts, GiftLine
from library_site.shared.spreadsheets import Column, Table


def gifts_table(lines: Iterable[GiftLine]) -> Table[GiftLine]:
    """The register of gifts."""
    columns: list[Column[GiftLine]] = [
        Column(gettext_lazy("given on"), lambda row: row.donation.on, 12),
        Column(gettext_lazy("given by"), lambda row: row.giver, 24),
        Column(gettext_lazy("activity"), lambda row: row.donation.activity.name if row.donation.activity else "", 24),
        Column(gettext_lazy("titles given"), lambda row: row.donation.titles, 10),  # type: ignore[attr-defined]
        Column(gettext_lazy("copies"), lambda row: row.donation.copies, 10),  # type: ignore[attr-defined]
        Column(gettext_lazy("batch"), lambda row: row.donation.batch.name if row.donation.batch else "", 24),
        Column(gettext_lazy("thanked on"), lambda row: row.donation.thanked_on, 12),
        Column(gettext_lazy("note"), lambda row: row.donation.note, 24),
    ]
    return Table(_("Gifts of books"), columns, lines, act="export.donations")


def totals_table(rows: Sequence[ClassGifts]) -> Table[ClassGifts]:
    """Gifts by class."""
    columns: list[Column[ClassGifts]] = [
        Column(gettext_lazy("Class"), lambda row: row.name or _("others"), 14),
        Column(gettext_lazy("Gifts"), lambda row: row.gifts, 10),
        Column(gettext_lazy("copies"), lambda row: row.copies, 10),
    ]
    return Table(_("Gifts by class"), columns, rows)
