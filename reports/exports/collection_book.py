"""The collection by class, and the stock divided in several ways, as sheets of a report book."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from library_site.shared.spreadsheets.report_book import (
    MONEY,
    PERCENT,
    SHARE,
    TEXT,
    WHOLE,
    Column,
    Level,
    NativeChart,
    ReportSheet,
    Text,
)
from reports.queries.collection.classes import ClassTable
from reports.queries.collection.stock import Table
from reports.rules.collection import Part
from reports.rules.figures import Period

LEVELS: dict[str, Level] = {"division": "group", "total": "total"}
LOANS, CIRCULATING = gettext_lazy("Loans"), gettext_lazy("Copies that may be taken home")
COPIES_SHARE, LOANS_SHARE = gettext_lazy("Share of copies"), gettext_lazy("Share of loans")


@dataclass(frozen=True)
class About:
    """What stands above each table: the school, the name of the period and its days."""

    school: str
    label: str
    period: Period


def class_sheet(table: ClassTable, about: About, *, title: str) -> ReportSheet[Part]:
    """Classes with the sums of divisions below them, and the whole; loans only where the system knows of any."""
    heading = pgettext("classification", "Class")
    code: Column[Part] = Column(gettext_lazy("CLC number"), _code, TEXT, width=9)
    return ReportSheet(
        name=pgettext("classification", "By class"),
        title=title,
        notes=notes(about, known=table.whole.loans is not None),
        columns=[Column(heading, _name, TEXT, width=42), code, *_numbers(known=table.whole.loans is not None)],
        rows=table.rows,
        level=lambda row: LEVELS.get(row.kind, "row"),
        charts=[_chart(code.heading, known=table.whole.loans is not None)],
    )


def stock_sheet(table: Table, about: About) -> ReportSheet[Part]:
    """One way to divide the stock."""
    known = table.rows[-1].loans is not None
    return ReportSheet(
        name=table.name,
        title=table.name,
        notes=notes(about, known=known),
        columns=[Column(table.heading, _name, TEXT, width=22), *_numbers(known=known, titles=table.code != "room")],
        rows=table.rows,
        level=lambda row: LEVELS.get(row.kind, "row"),
        charts=[_chart(table.heading, known=known)],
    )


def notes(about: About, *, known: bool) -> list[str]:
    """What stands above the table: school, period, what is counted."""
    days = {"label": about.label, "first": about.period.starts_on, "last": about.period.until}
    lines = [
        about.school,
        _("%(label)s, %(first)s to %(last)s") % days,
        _("Titles, copies and prices: what was held on %(last)s, neither withdrawn nor lost.") % days,
    ]
    if known:
        lines.append(_("Circulation rate = loans in the period ÷ copies that may be taken home × 100%"))
    return [line for line in lines if line]


def _numbers(*, known: bool, titles: bool = True) -> Sequence[Column[Part]]:
    """A title can stand in two rooms: there their sum says nothing, and the total is that of the whole."""
    found: list[Column[Part]] = [
        Column(pgettext_lazy("number", "Titles"), lambda row: row.titles, WHOLE, "sum" if titles else None, width=8),
        Column(gettext_lazy("Copies"), lambda row: row.copies, WHOLE, "sum", width=9),
        Column(COPIES_SHARE, lambda row: row.share_of_copies, PERCENT, width=10),
        Column(gettext_lazy("Value (yuan)"), lambda row: row.value, MONEY, "sum", width=14),
    ]
    if known:
        found += [
            Column(LOANS, lambda row: row.loans, WHOLE, "sum", width=9),
            Column(LOANS_SHARE, lambda row: row.share_of_loans, PERCENT, width=10),
            Column(gettext_lazy("Difference (points)"), lambda row: row.difference, "+0.00;-0.00;0.00", width=10),
            Column(CIRCULATING, lambda row: row.circulating, WHOLE, "sum", width=10),
            Column(gettext_lazy("Circulation rate"), number_format=SHARE, parts=(LOANS, CIRCULATING), width=10),
        ]
    return found


def _chart(categories: Text, *, known: bool) -> NativeChart:
    shares: list[Any] = [COPIES_SHARE, *([LOANS_SHARE] if known else [])]
    return NativeChart("bar", _("Share of the collection and share of the loans"), categories, shares)


def _code(row: Part) -> str:
    """Short enough for the bars of a chart; what has no class must have a name there too."""
    return {"class": row.code, "other": "—"}.get(row.kind, "")


def _name(row: Part) -> str:
    if row.kind == "total":
        return _("Total")
    if row.kind == "division":
        return _("%(name)s in all") % {"name": row.name}
    return row.name or _("Unclassified")
