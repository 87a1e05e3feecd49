"""The work log as a sheet with totals and a chart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from library_site.shared.spreadsheets.report_book import (
    DAY,
    MONEY,
    WHOLE,
    Column,
    NativeChart,
    ReportSheet,
)
from library_site.shared.spreadsheets.tables import Value
from reports.rules.worklog import Work, WorkRow, total_of


@dataclass(frozen=True)
class _Line:
    """A row of the sheet; `day` is a date, the name of a month, or the word for the total."""

    day: Value
    work: Work
    note: str = ""
    is_total: bool = False


def worklog_sheet(rows: Sequence[WorkRow], *, by_day: bool, notes: Sequence[str | Promise]) -> ReportSheet[_Line]:
    """The rows of the page with their total."""
    lines = [_Line(row.first if by_day else _month(row), row.work, row.note) for row in rows]
    if lines:
        lines.append(_Line(_("Total"), total_of(row.work for row in rows), is_total=True))
    return ReportSheet(
        name=_("Work log"),
        title=_("Work log"),
        columns=_columns(by_day=by_day),
        rows=lines,
        notes=[*notes, *words()],
        level=lambda line: "total" if line.is_total else "row",
        charts=[NativeChart("bar", _("Lent and returned"), _("Date"), [_("Lent"), _("Returned")])] if lines else [],
        landscape=True,
    )


def words() -> list[str]:
    """What the columns count, in words, as the page and the sheet say below the table."""
    return [
        _("Lent: loans of students, teachers and staff, those of book corners included; renewals are no loans."),
        _("Undone acts do not count. Cash: what came in less what was paid back, in yuan."),
    ]


def _month(row: WorkRow) -> str:
    return date_format(row.first, "YEAR_MONTH_FORMAT")


def _columns(*, by_day: bool) -> list[Column[_Line]]:
    counted: list[tuple[str, Callable[[Work], Value]]] = [
        (_("Lent"), lambda work: work.lent),
        (_("Returned"), lambda work: work.returned),
        (_("Renewed"), lambda work: work.renewed),
        (_("Lent in a class's name"), lambda work: work.class_lent),
        (_("Used in the room"), lambda work: work.in_room),
        (_("Visits"), lambda work: work.visits),
        (_("New copies"), lambda work: work.new_copies),
        (_("Books mended"), lambda work: work.mended),
        (_("Room care"), lambda work: work.care),
    ]
    columns = [Column[_Line](_("Date"), lambda line: line.day, DAY if by_day else "General", width=14)]
    columns += [_summed(heading, of, WHOLE) for heading, of in counted]
    columns.insert(-1, _summed(_("Cash (yuan)"), lambda work: work.cash, MONEY))
    return [*columns, Column[_Line](_("Note"), lambda line: line.note, width=40)] if by_day else columns


def _summed(heading: str, of: Callable[[Work], Value], number_format: str) -> Column[_Line]:
    return Column(heading, lambda line: of(line.work), number_format, total="sum", width=10)
