"""The order list: books that readers want."""

from collections.abc import Iterable

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Suggestion
from library_site.shared.spreadsheets import Column, Table


def order_table(rows: Iterable[Suggestion]) -> Table[Suggestion]:
    """One line a book, without a name of anybody who wants it."""
    columns: list[Column[Suggestion]] = [
        Column(gettext_lazy("ISBN"), lambda row: row.isbn, 16),
        Column(gettext_lazy("Title"), lambda row: row.name, 40),
        Column(gettext_lazy("Author"), lambda row: row.author, 20),
        Column(gettext_lazy("Publisher"), lambda row: row.publisher, 20),
        Column(gettext_lazy("Copies"), lambda row: row.copies, 8),
        Column(gettext_lazy("Wanted by"), lambda row: getattr(row, "wanted", None), 10),
        Column(gettext_lazy("Booklist"), lambda row: row.item.book_list.name if row.item else "", 24),
        Column(gettext_lazy("Why"), lambda row: row.reason, 40),
        Column(gettext_lazy("State"), lambda row: row.get_state_display(), 10),
        Column(gettext_lazy("Suggested on"), lambda row: localdate(row.at), 12),
    ]
    return Table(_("Books to order"), columns, rows)
