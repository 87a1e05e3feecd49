"""Lists of readers, cards, helpers and accounts as tables to keep."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from library_site.models import User
from library_site.shared.spreadsheets import Column, Table
from readers.queries.cards import ClassCards
from readers.queries.helpers import HelperRow


def readers_table(rows: Iterable, classes: Mapping[int, str]) -> Table:
    """Rows of `list_readers`, with the names of the classes."""
    columns: list[Column] = [
        Column(gettext_lazy("Class"), lambda row: classes.get(row.class_id, ""), 12),
        Column(gettext_lazy("School number"), lambda row: row.number, 18),
        Column(gettext_lazy("Name"), lambda row: row.name, 16),
        Column(gettext_lazy("Category"), lambda row: row.get_category_display(), 10),
        Column(gettext_lazy("Card"), lambda row: row.card, 16),
        Column(gettext_lazy("State"), lambda row: row.get_status_display(), 12),
        Column(gettext_lazy("Books out"), lambda row: row.out, 10),
    ]
    return Table(_("Readers"), columns, rows, act="export.readers")


def cards_table(rows: Sequence[ClassCards]) -> Table:
    """How many of each class have a card; names nobody."""
    columns: list[Column[ClassCards]] = [
        Column(gettext_lazy("Class"), lambda row: row.school_class.name),
        Column(gettext_lazy("Pupils"), lambda row: row.enrolled),
        Column(gettext_lazy("With a card"), lambda row: row.valid),
        Column(gettext_lazy("Without a card"), lambda row: row.without),
    ]
    return Table(_("Library cards"), columns, rows)


def helpers_table(rows: Iterable[tuple[HelperRow, int, int]], name: str) -> Table:
    """(appointment, minutes served, acts at the desk) of a semester, whose title is `name`."""
    columns: list[Column[tuple[HelperRow, int, int]]] = [
        Column(gettext_lazy("Class"), lambda row: row[0].class_name, 12),
        Column(gettext_lazy("School number"), lambda row: row[0].reader.number, 18),
        Column(gettext_lazy("Name"), lambda row: row[0].reader.name, 16),
        Column(gettext_lazy("Serves as"), lambda row: row[0].appointment.get_kind_display(), 16),
        Column(gettext_lazy("Appointed on"), lambda row: row[0].appointment.appointed_on, 12),
        Column(gettext_lazy("Trained"), lambda row: row[0].trained, 10),
        Column(gettext_lazy("Minutes of service"), lambda row: row[1], 10),
        Column(gettext_lazy("Acts at the desk"), lambda row: row[2], 10),
    ]
    return Table(name, columns, rows, act="export.helpers")


def accounts_table(rows: Iterable[User], classes: Mapping[int, str]) -> Table:
    """Rows of `list_accounts`, with the names of the classes; no password and no code."""
    columns: list[Column] = [
        Column(gettext_lazy("Account"), lambda row: row.username, 18),
        Column(gettext_lazy("Name"), lambda row: row.name, 16),
        Column(gettext_lazy("Roles"), lambda row: " · ".join(str(name) for name in row.role_names), 24),
        Column(gettext_lazy("Class"), lambda row: classes.get(row.class_id, ""), 12),
        Column(gettext_lazy("Last login"), lambda row: row.last_login, 18),
        Column(gettext_lazy("State"), _state_of_account, 16),
    ]
    return Table(_("Accounts"), columns, rows, act="export.accounts")


def _state_of_account(account: User) -> str | Promise:
    if not account.is_active:
        return pgettext_lazy("account", "Closed")
    if account.code_until:
        return _("Code until %(day)s") % {"day": account.code_until.date()}
    return gettext_lazy("Own password") if account.has_usable_password() else gettext_lazy("No password yet")
