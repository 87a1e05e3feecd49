"""Documents for Word: the school's name and a title, numbered headings, paragraphs, tables and native charts, on A4.

Written as schools print their papers: fonts that every Chinese Word has (under their English names, which it knows
too), first lines set in by two characters, tables whose heading is repeated on every page, page numbers at the foot.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from library_site.shared.charts import Chart
from reports.exports.word_chart import add_chart
from reports.exports.word_styles import prepare_page, printable, styled
from reports.rules.papers import Block, Cell, Grid, Heading, Note, Picture, Sentence, cell_text, paragraphs_of

if TYPE_CHECKING:
    from docx.table import Table, _Cell

# The id of the style "Table Text": looking it up by its name for each cell takes most of the time of a document.
TABLE_TEXT = "TableText"

__all__ = ["WordDocument", "new_document"]


def new_document(school: str, title: str, *, subtitle: str = "", numbered: bool = True) -> "WordDocument":
    """An A4 document that begins with the school's name, the title and a line below it.

    `numbered`: headings count themselves, as Chinese papers do in Chinese and by figures in other languages.
    """
    from docx import Document

    document = Document()
    styled(document, chinese=(get_language() or "").startswith("zh"), numbered=numbered)
    prepare_page(document.sections[0])
    document.core_properties.author = printable(school)
    document.core_properties.title = printable(title)
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime.now(UTC).replace(tzinfo=None)
    made = WordDocument(document)
    made.line(school, style="Subtitle")
    made.line(title, style="Title")
    if subtitle:
        made.line(subtitle, style="Subtitle")
    return made


class WordDocument:
    """What is put into it comes one below the other. Numbers are written as on the pages; unknown is a dash."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def line(self, text: str | Promise, *, style: str = "Body Text") -> None:
        """One paragraph in a style of the document."""
        self._document.add_paragraph(printable(str(text)), style=style)

    def heading(self, text: str | Promise, level: int = 1) -> None:
        """A heading of level 1 or 2; it stays with what follows."""
        self._document.add_heading(printable(str(text)), level=level)

    def paragraph(self, text: str | Promise) -> None:
        """A paragraph whose first line is set in by two characters."""
        self.line(text)

    def text(self, text: str) -> None:
        """What somebody typed: a paragraph for each line that is not empty."""
        for line in paragraphs_of(text):
            self.paragraph(line)

    def note(self, text: str | Promise) -> None:
        """Small print: a formula, a source, a date."""
        self.line(text, style="Caption")

    def table(
        self,
        heading: Sequence[str | Promise],
        rows: Iterable[Sequence[Cell]],
        *,
        caption: str | Promise = "",
        widths: Sequence[float] = (),
        total: bool = False,
    ) -> None:
        """A table under its caption. Numbers stand to the right; `widths` are shares; `total`: the last row is one."""
        self.grid(Grid(heading, [list(row) for row in rows], caption, widths, total))

    def grid(self, grid: Grid) -> None:
        """As `table`."""
        if grid.caption:
            self.line(grid.caption, style="Table Caption")
        table = self._document.add_table(rows=1, cols=len(grid.heading), style="Table Grid")
        right = grid.number_columns
        _write_row(table.rows[0].cells, list(grid.heading), right, bold=True)
        _repeat_heading(table)
        for number, line in enumerate(grid.rows, start=1):
            _write_row(table.add_row().cells, line, right, bold=grid.total and number == len(grid.rows))
        _keep_rows_whole(table)
        _set_widths(table, grid.widths or [1] * len(grid.heading), self._text_width())
        self.line("", style="Table Text")

    def block(self, block: Block) -> None:
        """One block of a paper."""
        match block:
            case Sentence():
                self.paragraph(block.text)
            case Note():
                self.note(block.text)
            case Heading():
                self.heading(block.text, level=2)
            case Grid():
                self.grid(block)
            case Picture():
                self.chart(block.chart)

    def chart(self, chart: Chart) -> None:
        """A chart that Word draws itself and whose numbers can be opened there; nothing if all are unknown."""
        if chart.drawn:
            add_chart(self._document, chart, width=self._text_width())

    def signature(self, *lines: str) -> None:
        """Lines at the right below the text: who signs, and the date."""
        for line in lines:
            self.line(line, style="Signature")

    def page_break(self) -> None:
        self._document.add_page_break()

    def save(self, target: IO[bytes]) -> None:
        """Writes the .docx."""
        self._document.save(target)

    def _text_width(self) -> int:
        section = self._document.sections[-1]
        return int(section.page_width - section.left_margin - section.right_margin)


def _write_row(cells: "Sequence[_Cell]", values: Sequence[Cell], right: set[int], *, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for place, (cell, value) in enumerate(zip(cells, values, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph._p.style = TABLE_TEXT
        paragraph.add_run(printable(cell_text(value))).bold = bold or None
        if place in right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat_heading(table: "Table") -> None:
    """The first row comes again on every page, in grey."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    row = table.rows[0]
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for cell in row.cells:
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EDEDED"/>')
        cell._tc.get_or_add_tcPr().append(shade)


def _keep_rows_whole(table: "Table") -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))


def _set_widths(table: "Table", shares: Sequence[float], width: int) -> None:
    """Row by row: a column looks for its cells in the whole table each time."""
    table.autofit = False
    whole = sum(shares)
    parts = [int(width * share / whole) for share in shares]
    for column, part in zip(table.columns, parts, strict=True):
        column.width = part
    for row in table.rows:
        for cell, part in zip(row.cells, parts, strict=True):
            cell.width = part
