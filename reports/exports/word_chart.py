"""Charts that Word draws itself: a chart part beside the text, with the workbook behind "edit data".

The chart's XML is openpyxl's, the same that our Excel files have, and the numbers stand in it too: Word shows them
without opening the workbook.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from library_site.shared.charts import Chart, Text
from library_site.shared.spreadsheets.cells import without_formula
from reports.exports.word_styles import LATIN, printable

COLOURS = ("1F5F8B", "E0A030", "5B8C5A", "8A8A8A")
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LYING = ("pair", "share", "goal")  # bars that lie, for long names
HEIGHT = 0.5  # of the width


def add_chart(document: Any, chart: Chart, *, width: int) -> None:
    """Puts the chart into the text, in a paragraph of its own. `width` in Word's units (EMU)."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import Part

    package = document.part.package
    book = Part(package.next_partname("/word/embeddings/chart%d.xlsx"), WORKBOOK, _workbook(chart), package)
    part = Part(package.next_partname("/word/charts/chart%d.xml"), CHART, b"", package)
    part._blob = chart_xml(chart, workbook=part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))
    place = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph = document.add_paragraph(style="Table Text")
    paragraph.add_run()._r.append(_drawing(chart.title, place, document.part.next_id, width))


def chart_xml(chart: Chart, *, workbook: str) -> bytes:
    """The chart part; `workbook` is the relation under which the part knows its numbers."""
    from openpyxl.chart.chartspace import ChartContainer, ChartSpace, ExternalData
    from openpyxl.xml.functions import tostring

    plot = _plot(chart)
    plot.plot_area._charts = [plot]
    several = len(chart.series) > 1
    space = ChartSpace(
        chart=ChartContainer(
            title=plot.title, plotArea=plot.plot_area, legend=plot.legend if several else None, dispBlanksAs="gap"
        ),
        roundedCorners=False,
        txPr=_small_print(),
        externalData=ExternalData(id=workbook, autoUpdate=False),
    )
    tree = space.to_tree()
    outside = tree.find("externalData")
    del outside.attrib["id"]
    outside.set(f"{{{RELATION}}}id", workbook)
    return bytes(tostring(tree))


def _plot(chart: Chart) -> Any:
    from openpyxl.chart import BarChart, LineChart
    from openpyxl.chart.legend import Legend

    plot = LineChart() if chart.kind == "line" else BarChart()
    if chart.kind == "stacked":
        plot.grouping, plot.overlap = "stacked", 100
    if chart.kind in LYING:
        plot.type, plot.x_axis.scaling.orientation, plot.y_axis.crosses = "bar", "maxMin", "max"
    unit = f" ({printable(str(chart.unit))})" if chart.unit else ""
    plot.title = printable(str(chart.title)) + unit
    plot.title.overlay = False
    plot.legend = Legend(legendPos="b")
    plot.x_axis.delete = plot.y_axis.delete = False
    plot.x_axis.axPos = "l" if chart.kind in LYING else "b"
    plot.y_axis.majorGridlines.spPr = _thin_line()
    plot.y_axis.scaling.min = 0
    for number in range(len(chart.series)):
        plot.series.append(_series(chart, number))
    return plot


def _series(chart: Chart, number: int) -> Any:
    from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal
    from openpyxl.chart.series import Series, SeriesLabel
    from openpyxl.utils import get_column_letter

    name, values = chart.series[number].name, chart.series[number].values
    last, column = len(chart.names) + 1, get_column_letter(number + 2)
    points = [NumVal(idx=place, v=str(value)) for place, value in enumerate(values) if value is not None]
    series = Series(
        idx=number,
        order=number,
        tx=SeriesLabel(strRef=_texts(f"Sheet1!${column}$1", [name])),
        cat=AxDataSource(strRef=_texts(f"Sheet1!$A$2:$A${last}", chart.names)),
        val=NumDataSource(
            numRef=NumRef(f=f"Sheet1!${column}$2:${column}${last}", numCache=NumData(ptCount=len(values), pt=points))
        ),
    )
    colour = COLOURS[number % len(COLOURS)]
    if chart.kind == "line":
        series.graphicalProperties.line.solidFill = colour
        series.marker.symbol = ("circle", "diamond", "square", "triangle")[number % 4]
        series.marker.graphicalProperties.solidFill = colour
        series.smooth = False
    else:
        series.graphicalProperties.solidFill = colour
        series.invertIfNegative = False
    return series


def _texts(place: str, texts: Sequence[Text]) -> Any:
    from openpyxl.chart.data_source import StrData, StrRef, StrVal

    points = [StrVal(idx=number, v=printable(str(text))) for number, text in enumerate(texts)]
    return StrRef(f=place, strCache=StrData(ptCount=len(points), pt=points))


def _thin_line() -> Any:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    return GraphicalProperties(ln=LineProperties(solidFill="D9D9D9"))


def _small_print() -> Any:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties

    properties = CharacterProperties(sz=900, latin=Font(typeface=LATIN), ea=Font(typeface="SimSun"))
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=properties), r=[], endParaRPr=CharacterProperties())])


def _workbook(chart: Chart) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append(["", *(_cell(row.name) for row in chart.series)])
    for number, name in enumerate(chart.names):
        sheet.append([_cell(name), *(row.values[number] for row in chart.series)])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(text: Text) -> str:
    return without_formula(printable(str(text)))


def _drawing(title: Text, place: str, number: int, width: int) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    text = quoteattr(printable(str(title)))
    return parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{int(width * HEIGHT)}"/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr={text}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{SPACE}"><c:chart xmlns:c="{SPACE}" r:id="{place}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
