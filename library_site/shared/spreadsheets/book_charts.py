"""Charts of Excel's own, below the table of a report's sheet."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from library_site.shared.spreadsheets.report_book import NativeChart, ReportSheet

COLOURS = ("1E5A4B", "BD6A00", "3A7CB3", "8A4F9E", "877F6B")
CENTIMETRES = {False: 18.0, True: 26.0}  # what A4 leaves, upright and landscape
HEIGHT = 8.5
ROWS_A_CHART = 18
ROWS_A_PAGE = {False: 46, True: 30}  # upright and landscape, where nothing is made smaller to fit


def add_charts(page: Any, sheet: "ReportSheet[Any]", *, head: int, levels: Sequence[str]) -> None:
    """Adds the charts of `sheet`, each below the one before. A chart whose rows are none is left out."""
    from openpyxl.worksheet.pagebreak import Break

    at, begins = head + len(levels) + 2, 0
    for chart in sheet.charts:
        chosen = [head + 1 + number for number, level in enumerate(levels) if level == chart.level]
        if not chosen:
            continue
        if (at - begins) % ROWS_A_PAGE[sheet.landscape] + ROWS_A_CHART > ROWS_A_PAGE[sheet.landscape]:
            page.row_breaks.append(Break(id=at - 2))
            begins = at
        page.add_chart(_drawn(page, sheet, chart, chosen), f"A{at}")
        at += ROWS_A_CHART


def _drawn(page: Any, sheet: "ReportSheet[Any]", chart: "NativeChart", chosen: list[int]) -> Any:
    from openpyxl.utils import get_column_letter

    columns = {str(column.heading): place for place, column in enumerate(sheet.columns, start=1)}
    drawn = _kind(chart)
    drawn.title = str(chart.title)
    drawn.width, drawn.height = CENTIMETRES[sheet.landscape], HEIGHT
    drawn.legend.position = "b"
    if len(chart.values) == 1:
        drawn.legend = None
    names = _range(page.title, get_column_letter(columns[str(chart.categories)]), chosen)
    for number, heading in enumerate(chart.values):
        letter = get_column_letter(columns[str(heading)])
        drawn.series.append(_series(chart, names, _range(page.title, letter, chosen), str(heading), number))
    return drawn


def _kind(chart: "NativeChart") -> Any:
    from openpyxl.chart import BarChart, LineChart, PieChart
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    if chart.kind == "pie":
        pie = PieChart()
        pie.dataLabels = DataLabelList(
            showPercent=True, showCatName=True, showVal=False, showSerName=False, showLeaderLines=True
        )
        pie.dataLabels.position = "outEnd"
        return pie
    made = LineChart() if chart.kind == "line" else BarChart()
    if isinstance(made, BarChart):
        made.gapWidth = 60
    if chart.kind == "stacked":
        made.grouping, made.overlap = "stacked", 100
    # openpyxl leaves this out, and newer Excel then hides the axes.
    made.x_axis.delete = made.y_axis.delete = False
    made.y_axis.number_format = "General"
    made.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="DDD6C4"))
    return made


def _series(chart: "NativeChart", names: str, values: str, title: str, number: int) -> Any:
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.series import Series, SeriesLabel

    made = Series(idx=number, order=number)
    made.tx = SeriesLabel(v=title)
    made.cat = AxDataSource(strRef=StrRef(f=names))
    made.val = NumDataSource(numRef=NumRef(f=values))
    _coloured(made, chart.kind, COLOURS[number % len(COLOURS)])
    return made


def _coloured(made: Any, kind: str, colour: str) -> None:
    from openpyxl.chart.marker import DataPoint, Marker

    if kind == "pie":
        made.dPt = [DataPoint(idx=place) for place in range(len(COLOURS))]
        for point, shade in zip(made.dPt, COLOURS, strict=True):
            point.graphicalProperties.solidFill = shade
    elif kind == "line":
        made.smooth = False
        made.marker = Marker(symbol="circle", size=6)
        made.graphicalProperties.line.solidFill = colour
        made.marker.graphicalProperties.solidFill = made.marker.graphicalProperties.line.solidFill = colour
    else:
        made.graphicalProperties.solidFill = colour


def _range(sheet: str, letter: str, rows: list[int]) -> str:
    """The cells of a column in some rows: one range, or several in brackets where group rows stand between."""
    begins = [rows[0], *(later for earlier, later in pairwise(rows) if later != earlier + 1)]
    ends = [*(earlier for earlier, later in pairwise(rows) if later != earlier + 1), rows[-1]]
    quoted = sheet.replace("'", "''")
    parts = [f"'{quoted}'!${letter}${first}:${letter}${last}" for first, last in zip(begins, ends, strict=True)]
    return parts[0] if len(parts) == 1 else f"({','.join(parts)})"
