"""The class and grade tables as a workbook."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from library_site.shared.spreadsheets.report_book import (
    PERCENT,
    SHARE,
    TWO_PLACES,
    WHOLE,
    Column,
    Level,
    NativeChart,
    ReportSheet,
)
from reports.queries.class_report import ClassReport
from reports.queries.class_table import CLASS, GRADE, NUMBERS, OTHER, TOTAL, ClassRow
from reports.queries.contest import ContestGroup, ContestLine, Measure
from reports.queries.periods import ChosenPeriod


def class_sheets(report: ClassReport, *, notes: Sequence[str]) -> list[ReportSheet[ClassRow]]:
    """Students by class and grade; teachers and staff on a sheet of their own. `notes` stand above each table."""
    sheets = [_classes(report, notes)]
    if report.adults:
        sheets.append(_adults(report, notes))
    return sheets


def notes_of(report: ClassReport, chosen: ChosenPeriod, *, school: str) -> list[str]:
    """School and period, the days that are counted, and of what date the figures are."""
    days = _("%(first)s to %(last)s") % {"first": report.period.starts_on, "last": report.period.until}
    if report.closed is not None:
        day = date_format(timezone.localdate(report.closed.taken_at), "Y-m-d")
        days = f"{days} · {_('closed on %(day)s') % {'day': day}}"
    return [f"{school}　{chosen.label}", days]


def contest_sheet(
    groups: Sequence[ContestGroup], measure: Measure, *, notes: Sequence[str]
) -> ReportSheet[tuple[str, ContestLine]]:
    """The classes from the first place to the last, grade by grade, each with the sum behind its figure."""
    columns: list[Column[tuple[str, ContestLine]]] = [
        Column(_("Grade"), lambda row: row[0], width=10),
        Column(pgettext("in a contest", "Place"), lambda row: row[1].place, WHOLE, width=8),
        Column(_("Class"), lambda row: row[1].row.name, width=14),
        Column(measure.name, lambda row: row[1].value, PERCENT if measure.percent else TWO_PLACES, width=16),
        Column(measure.over_name, lambda row: row[1].over, WHOLE, width=16),
        Column(measure.under_name, lambda row: row[1].under, WHOLE, width=16),
    ]
    name = _("Contest between classes")
    formula = _("%(figure)s: %(formula)s") % {"figure": measure.name, "formula": measure.formula}
    rows = [(line.row.grade, line) for group in groups for line in group.lines]
    return ReportSheet(name=name, title=name, notes=[*notes, formula], columns=columns, rows=rows)


def _classes(report: ClassReport, notes: Sequence[str]) -> ReportSheet[ClassRow]:
    students, lent, who = NUMBERS["students"], NUMBERS["loans"], NUMBERS["borrowers"]
    average = pgettext("class table", "Books per student")
    columns: list[Column[ClassRow]] = [
        Column(_("Class"), lambda row: row.title, width=16),
        _summed(report, "students"),
        _summed(report, "loans"),
        Column(who, lambda row: row.borrowers, WHOLE),
        Column(average, number_format=TWO_PLACES, parts=(lent, students)),
        Column(_("Borrowing rate"), number_format=SHARE, parts=(who, students)),
        *(_summed(report, name) for name in ("corner", "due", "missed", "late", "lost")),
    ]
    return ReportSheet(
        name=_("By class"),
        title=_("Reading by class and grade"),
        notes=[*notes, report.formulas],
        columns=columns,
        rows=report.rows,
        level=_level,
        charts=[NativeChart("bar", _("Books per student by class"), _("Class"), [average])],
        landscape=True,
    )


def _summed(report: ClassReport, name: str) -> Column[ClassRow]:
    """Summed up in grades and in all; a number that is known of no class has no sum."""
    known = getattr(report.total, name) is not None
    return Column(NUMBERS[name], lambda row: getattr(row, name), WHOLE, total="sum" if known else None)


def _level(row: ClassRow) -> Level:
    levels: dict[str, Level] = {CLASS: "row", OTHER: "row", GRADE: "group", TOTAL: "total"}
    return levels[row.kind]


def _adults(report: ClassReport, notes: Sequence[str]) -> ReportSheet[ClassRow]:
    lent, people, who = _("Books lent"), pgettext("number", "People"), _("Who borrowed")
    columns: list[Column[ClassRow]] = [
        Column(pgettext("of readers", "Group"), lambda row: row.title, width=16),
        Column(people, lambda row: row.students, WHOLE),
        Column(lent, lambda row: row.loans, WHOLE),
        Column(who, lambda row: row.borrowers, WHOLE),
        Column(pgettext("of adults", "Books a head"), number_format=TWO_PLACES, parts=(lent, people)),
        Column(_("Borrowing rate"), number_format=SHARE, parts=(who, people)),
    ]
    name = _("Teachers and staff")
    return ReportSheet(name=name, title=name, notes=notes, columns=columns, rows=report.adults)
