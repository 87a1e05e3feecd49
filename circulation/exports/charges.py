"""Who owes, and receipts, as tables to keep."""

from collections.abc import Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circulation.queries.accounts import Owing, ReceiptSheet
from library_site.shared.spreadsheets import Column, Table


def owing_table(rows: Sequence[Owing]) -> Table:
    """Who owes how much, one line per reader."""
    columns: list[Column[Owing]] = [
        Column(gettext_lazy("Class"), lambda row: row.class_name, 12),
        Column(gettext_lazy("School number"), lambda row: row.number, 18),
        Column(gettext_lazy("Name"), lambda row: row.name, 16),
        Column(gettext_lazy("Since"), lambda row: localdate(row.since), 12),
        Column(gettext_lazy("Charges"), lambda row: row.charges, 8),
        Column(gettext_lazy("Owed (yuan)"), lambda row: row.owed, 12),
    ]
    return Table(_("Who owes"), columns, rows, act="export.owing")


def receipts_table(sheets: Sequence[ReceiptSheet]) -> Table:
    """Receipts, one line each; what was paid back is negative, and one taken back counts nothing."""
    columns: list[Column[ReceiptSheet]] = [
        Column(gettext_lazy("Receipt"), lambda row: row.receipt.number, 14),
        Column(gettext_lazy("Date"), lambda row: localdate(row.receipt.at), 12),
        Column(gettext_lazy("Name"), lambda row: row.receipt.reader.name if row.receipt.reader else "", 16),
        Column(gettext_lazy("Amount (yuan)"), lambda row: 0 if row.taken_back else row.cash, 12),
        Column(gettext_lazy("Taken back"), lambda row: _("yes") if row.taken_back else "", 10),
        Column(gettext_lazy("Number of the finance office"), lambda row: row.receipt.finance_number, 20),
        Column(gettext_lazy("Recorded by"), lambda row: row.receipt.by.name if row.receipt.by else "", 14),
    ]
    return Table(_("Receipts"), columns, sheets, act="export.receipts")
