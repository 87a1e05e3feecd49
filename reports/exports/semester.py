"""The semester report as a workbook: rates as formulas over what they are made of, counts, and the months."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from library_site.shared.spreadsheets.report_book import (
    PERCENT,
    SHARE,
    TEXT,
    TWO_PLACES,
    WHOLE,
    Column,
    NativeChart,
    ReportSheet,
)
from reports.queries.semester_report import SemesterReport
from reports.queries.trends import TrendRow
from reports.rules.cards import FigureCard

OVER, UNDER = gettext_lazy("Numerator"), gettext_lazy("Denominator")
NAME, MONTH = gettext_lazy("Figure"), gettext_lazy("Month")
STUDENT_LOANS, TEACHER_LOANS = gettext_lazy("Loans by students"), gettext_lazy("Loans by teachers")


def report_sheets(
    report: SemesterReport, months: Sequence[TrendRow], school_name: str, today: date
) -> list[ReportSheet[Any]]:
    """Percentages, figures per student, counts, and the semester by month; what is not known is left blank."""
    notes = _notes(report, school_name, today)
    shares = [card for card in report.rates if card.percent]
    others = [card for card in report.rates if not card.percent]
    return [
        _rates(_("Percentages"), shares, notes, report, percent=True),
        _rates(_("Per student"), others, notes, report, percent=False),
        _counts(report, notes),
        _months(months, notes, report),
    ]


def _notes(report: SemesterReport, school_name: str, today: date) -> list[str]:
    first, last = report.period.starts_on, report.period.until
    days = _("%(first)s to %(last)s") % {"first": first.isoformat(), "last": last.isoformat()}
    as_of = pgettext("of figures", "As of %(day)s") % {"day": today.isoformat()}
    lines = [school_name, report.label, days, as_of]
    if report.before_label:
        lines.append(_("Last semester: %(value)s") % {"value": report.before_label})
    if report.snapshot:
        closed = date_format(report.snapshot.taken_at, "Y-m-d")
        lines.append(_("Closed on %(day)s: figures stay as they were then.") % {"day": closed})
    return [line for line in lines if line]


def _rates(
    name: str, cards: Sequence[FigureCard], notes: Sequence[str], report: SemesterReport, *, percent: bool
) -> ReportSheet[FigureCard]:
    written = PERCENT if percent else TWO_PLACES
    return ReportSheet(
        name=name,
        title=_title(report, name),
        notes=notes,
        columns=[
            Column(NAME, lambda card: str(card.name), TEXT, width=18),
            Column(_("Formula"), lambda card: str(card.formula), TEXT, width=44),
            Column(OVER, lambda card: card.numerator, WHOLE),
            Column(UNDER, lambda card: card.denominator, WHOLE),
            Column(_("Counted by the system"), number_format=SHARE if percent else TWO_PLACES, parts=(OVER, UNDER)),
            *_beside(written),
        ],
        rows=cards,
        landscape=True,
    )


def _counts(report: SemesterReport, notes: Sequence[str]) -> ReportSheet[FigureCard]:
    return ReportSheet(
        name=_("Counts"),
        title=_title(report, _("Counts")),
        notes=notes,
        columns=[
            Column(NAME, lambda card: str(card.name), TEXT, width=18),
            Column(_("What is counted"), lambda card: str(card.formula), TEXT, width=44),
            Column(_("Counted by the system"), lambda card: _whole(card.counted, card), MONEY_OR_WHOLE, width=14),
            Column(_("Unit"), lambda card: str(card.unit), TEXT, width=8),
            *_beside(MONEY_OR_WHOLE),
        ],
        rows=report.counts,
        landscape=True,
    )


# Sums of money have cents, counts of things have not.
MONEY_OR_WHOLE = "#,##0.##"


def _beside(written: str) -> list[Column[FigureCard]]:
    return [
        Column(
            pgettext("of a figure", "Entered by hand"), lambda card: card.value if card.is_entered else None, written
        ),
        Column(_("Goal"), _goals, TEXT, width=26),
        Column(_("Last semester"), lambda card: _whole(card.last, card), written, width=14),
        Column(_("Note"), lambda card: card.note, TEXT, width=24),
    ]


def _goals(card: FigureCard) -> str:
    return "; ".join(f"{goal.words} {goal.target_text}" for goal in card.goals)


def _whole(value: Decimal | None, card: FigureCard) -> Decimal | int | None:
    return int(value) if value is not None and card.whole else value


def _months(months: Sequence[TrendRow], notes: Sequence[str], report: SemesterReport) -> ReportSheet[TrendRow | None]:
    heads: dict[str, Any] = {
        "student_loans": STUDENT_LOANS,
        "teacher_loans": TEACHER_LOANS,
        "corner_loans": _("Loans at book corners"),
        "class_loans": _("Lent in a class's name"),
        "room_uses": _("Used in the room"),
        "visits": _("Visits"),
    }
    columns: list[Column[TrendRow | None]] = [
        Column(MONTH, lambda row: date_format(row.first, "YEAR_MONTH_FORMAT") if row else _("Total"), TEXT, width=14)
    ]
    for name, head in heads.items():
        columns.append(Column(head, _field(name), WHOLE, total="sum"))
    columns.append(Column(_("Students who borrowed"), _field("borrowers"), WHOLE))
    chart = NativeChart("line", _("Loans by month"), MONTH, [STUDENT_LOANS, TEACHER_LOANS])
    return ReportSheet(
        name=_("By month"),
        title=_title(report, _("By month")),
        notes=[*notes, _("Whoever borrowed in two months is counted in both: that column has no total.")],
        columns=columns,
        rows=[*months, None],
        level=lambda row: "row" if row else "total",
        charts=[chart] if any(row.student_loans for row in months) else [],
        landscape=True,
    )


def _field(name: str) -> Any:
    return lambda row: getattr(row, name) if row else None


def _title(report: SemesterReport, name: str) -> str:
    return f"{report.label} {name}"
