"""Books to come back: as a table to keep, and as text for the chat of a class."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from circulation.queries.late_totals import ClassTotals
from circulation.queries.overdue import BookLine, Borrower, BorrowerGroup
from library_site.shared.spreadsheets import Column, Table

Row = tuple[BorrowerGroup, Borrower, BookLine]


def overdue_table(groups: Sequence[BorrowerGroup]) -> Table[Row]:
    """Books to come back, one line each."""
    columns: list[Column[Row]] = [
        Column(gettext_lazy("Class"), lambda row: row[0].name, 12),
        Column(gettext_lazy("School number"), lambda row: row[1].number, 18),
        Column(gettext_lazy("Name"), lambda row: row[1].name, 16),
        Column(gettext_lazy("Title"), lambda row: row[2].title, 40),
        Column(gettext_lazy("Barcode"), lambda row: row[2].barcode, 16),
        Column(gettext_lazy("Due"), lambda row: row[2].back_by, 12),
        Column(gettext_lazy("Days overdue"), lambda row: row[2].days_late or None, 10),
        Column(gettext_lazy("Price"), lambda row: row[2].price, 10),
        Column(gettext_lazy("Times reminded"), lambda row: row[2].reminders or None, 10),
    ]
    rows = ((group, borrower, line) for group in groups for borrower in group.borrowers for line in borrower.lines)
    return Table(_("Books to come back"), columns, rows, act="export.overdue")


def totals_table(rows: Sequence[ClassTotals]) -> Table[ClassTotals]:
    """Late and lost books of a semester by class."""
    columns: list[Column[ClassTotals]] = [
        Column(gettext_lazy("Class"), lambda row: row.name, 12),
        Column(gettext_lazy("Lent"), lambda row: row.lent, 10),
        Column(gettext_lazy("Brought back late"), lambda row: row.late, 12),
        Column(gettext_lazy("Overdue now"), lambda row: row.overdue, 12),
        Column(gettext_lazy("Lost"), lambda row: row.lost, 10),
        Column(gettext_lazy("Late of 100 lent"), lambda row: row.late_rate, 12),
    ]
    return Table(_("Late and lost books by class"), columns, rows)


def chat_text(group: BorrowerGroup, *, today: date, names: bool, titles: bool, recall: bool) -> str:
    """What a class teacher pastes into the chat of the class: by number and count only, unless asked for more."""
    values = {"name": group.name, "day": date_format(today, "SHORT_DATE_FORMAT")}
    head = (
        _("%(name)s, %(day)s: these books are to come back to the library.")
        if recall
        else _("%(name)s, %(day)s: these books are overdue. Please bring them back to the library.")
    )
    lines = [_chat_line(borrower, names=names, titles=titles) for borrower in group.borrowers]
    total = ngettext("%(books)d book in all.", "%(books)d books in all.", group.books) % {"books": group.books}
    return "\n".join([head % values, *lines, total, _("If a book is back meanwhile, thank you.")])


def _chat_line(borrower: Borrower, *, names: bool, titles: bool) -> str:
    who = borrower.name if names or borrower.reader_id is None else borrower.number or _masked(borrower.name)
    if not titles:
        count = ngettext("%(count)d book", "%(count)d books", len(borrower.lines)) % {"count": len(borrower.lines)}
        return _("%(who)s: %(what)s") % {"who": who, "what": count}
    books = "".join(
        _("“%(title)s” (due %(due)s)") % {"title": line.title, "due": date_format(line.back_by, "n/j")}
        for line in borrower.lines
    )
    return _("%(who)s: %(what)s") % {"who": who, "what": books}


def _masked(name: str) -> str:
    """Who has no school number is told from classmates by the first sign of the name."""
    return f"{name[:1]}**"
