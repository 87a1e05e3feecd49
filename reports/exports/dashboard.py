"""The dashboard as a workbook: its tables with Excel's own charts."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from library_site.shared.charts import Chart
from library_site.shared.spreadsheets.report_book import TWO_PLACES, WHOLE, Column, NativeChart, ReportSheet
from reports.rules.cards import FigureCard

NATIVE = {"line": "line", "pair": "bar", "bar": "bar"}


def dashboard_sheets(cards: Sequence[FigureCard], charts: Sequence[Chart], *, notes: Sequence[str]) -> list[Any]:
    """A sheet with the figures, and one for each chart that has anything to show; `notes`: school and period."""
    return [_figures(cards, notes), *(_sheet(chart, notes) for chart in charts if chart.drawn)]


def _figures(cards: Sequence[FigureCard], notes: Sequence[str]) -> ReportSheet[FigureCard]:
    columns = [
        Column[FigureCard](_("Figure"), lambda card: str(card.name), width=18),
        Column[FigureCard](_("Value"), lambda card: card.value, _format),
        Column[FigureCard](_("Unit"), lambda card: str(card.unit), width=8),
        Column[FigureCard](_("Numerator"), lambda card: card.numerator, WHOLE),
        Column[FigureCard](_("Denominator"), lambda card: card.denominator, WHOLE),
        Column[FigureCard](_("Last semester"), lambda card: card.last, _format),
        Column[FigureCard](_("Formula"), lambda card: str(card.formula), width=60),
    ]
    return ReportSheet(_("Figures"), _("Figures"), columns, cards, notes=notes, landscape=True)


def _format(card: FigureCard) -> str:
    return WHOLE if card.whole else TWO_PLACES


def _sheet(chart: Chart, notes: Sequence[str]) -> ReportSheet[Any]:
    """The table of a chart with the chart below it."""
    whole = all(isinstance(value, int | None) for row in chart.series for value in row.values)
    columns = [Column[Any](chart.heading, lambda row: str(row[0]), width=24)]
    for place, series in enumerate(chart.series):
        value = lambda row, place=place: row[1][place]  # noqa: E731
        columns.append(Column[Any](series.name, value, WHOLE if whole else TWO_PLACES, width=22))
    native = NativeChart(NATIVE[chart.kind], chart.title, chart.heading, [row.name for row in chart.series])  # type: ignore[arg-type]
    unit = [_("in %(unit)s") % {"unit": chart.unit}] if chart.unit else []
    return ReportSheet(chart.title, chart.title, columns, list(chart.rows()), notes=[*notes, *unit], charts=[native])
