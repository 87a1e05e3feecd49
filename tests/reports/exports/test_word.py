"""Documents for Word, read back as Word would read them."""

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from library_site.shared.charts import Chart, Series
from reports.exports.word import WordDocument, new_document

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LOANS = Chart(
    "weeks", "bar", "每周借阅", ["第1周", "第2周", "第3周"],
    [Series("本学期", [3, None, Decimal("2.50")]), Series("上学期", [1, 2, 3])], unit="册",
)  # fmt: skip


@pytest.fixture
def document():
    return new_document("和平小学", "图书馆工作总结", subtitle="2026年9月1日至2027年1月20日")


def saved(document: WordDocument) -> BytesIO:
    target = BytesIO()
    document.save(target)
    return target


def reread(document: WordDocument):
    return Document(saved(document))


def test_document_begins_with_school_title_and_days(document):
    made = reread(document)

    assert [row.text for row in made.paragraphs] == ["和平小学", "图书馆工作总结", "2026年9月1日至2027年1月20日"]
    assert (made.core_properties.title, made.core_properties.author) == ("图书馆工作总结", "和平小学")
    assert made.core_properties.created.year >= 2026


def test_page_is_a4_with_its_number_at_the_foot(document):
    section = reread(document).sections[0]

    assert (section.page_width.mm, section.page_height.mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    assert section.footer.paragraphs[0]._p.xpath("w:fldSimple/@w:instr") == ["PAGE"]


@pytest.mark.parametrize(("language", "form"), [("zh-hans", "chineseCountingThousand"), ("en", "decimal")])
def test_headings_count_themselves_in_the_language_of_the_page(language, form):
    with translation.override(language):
        document = new_document("School", "Summary")
    document.heading("基本情况")
    made = reread(document)

    number = made.styles["Heading 1"].element.pPr.numPr.numId.val
    numbering = made.part.numbering_part.element
    kind = numbering.xpath(f"w:num[@w:numId={number}]/w:abstractNumId/@w:val")[0]
    assert numbering.xpath(f"w:abstractNum[@w:abstractNumId={kind}]/w:lvl/w:numFmt/@w:val") == [form, form]
    assert made.paragraphs[-1].style.name == "Heading 1"


def test_definitions_of_lists_come_before_the_lists(document):
    tags = [part.tag for part in reread(document).part.numbering_part.element]

    assert tags == sorted(tags, key=[qn("w:abstractNum"), qn("w:num")].index)


def test_typed_text_is_a_paragraph_a_line_without_signs_that_break_the_file(document):
    document.text("一\r\n\n  二\x08\x00三  \n")

    assert [row.text for row in reread(document).paragraphs[3:]] == ["一", "二三"]


def test_table_writes_numbers_as_on_the_pages(document):
    rows = [["三(1)班", 1234, Decimal("3.5"), date(2026, 9, 1)], ["三(2)班", None, None, None]]
    document.table(["班级", "外借册数", "人均册数", "日期"], rows, caption="各班借阅", total=True)
    table = reread(document).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["班级", "外借册数", "人均册数", "日期"],
        ["三(1)班", "1,234", "3.50", "2026-09-01"],
        ["三(2)班", "—", "—", "—"],
    ]
    assert {cell.paragraphs[0].style.name for row in table.rows for cell in row.cells} == {"Table Text"}
    assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert table.rows[2].cells[0].paragraphs[0].runs[0].bold
    assert not table.rows[1].cells[0].paragraphs[0].runs[0].bold
    aligned = [cell.paragraphs[0].alignment is not None for cell in table.rows[2].cells]
    assert aligned == [False, True, True, False]


@pytest.mark.parametrize("kind", ["bar", "line", "stacked"])
def test_chart_holds_its_numbers_and_the_workbook_behind_them(document, kind):
    document.chart(replace(LOANS, kind=kind))
    with zipfile.ZipFile(saved(document)) as parts:
        chart = ElementTree.fromstring(parts.read("word/charts/chart1.xml"))
        book = load_workbook(BytesIO(parts.read("word/embeddings/chart1.xlsx")))
        related = parts.read("word/charts/_rels/chart1.xml.rels").decode()

    assert [[point.findtext(f"{C}v") for point in row.iter(f"{C}pt")] for row in chart.iter(f"{C}val")] == [
        ["3", "2.5"],
        ["1", "2", "3"],
    ]
    assert [point.get("idx") for point in next(chart.iter(f"{C}val")).iter(f"{C}pt")] == ["0", "2"]
    assert list(book.active.values) == [
        (None, "本学期", "上学期"),
        ("第1周", 3, 1),
        ("第2周", None, 2),
        ("第3周", 2.5, 3),
    ]
    assert "../embeddings/chart1.xlsx" in related
    assert f'Id="{chart.find(f"{C}externalData").get(qn("r:id"))}"' in related


def test_each_chart_is_a_part_of_its_own(document):
    document.chart(LOANS)
    document.chart(LOANS)
    made = reread(document)

    places = made.element.body.xpath("//w:drawing//a:graphicData/*/@r:id")
    assert sorted(str(made.part.related_parts[place].partname) for place in places) == [
        "/word/charts/chart1.xml",
        "/word/charts/chart2.xml",
    ]
    assert len(set(made.element.body.xpath("//wp:docPr/@id"))) == 2
    assert made.element.body.xpath("//wp:docPr/@descr") == ["每周借阅", "每周借阅"]


def test_chart_of_unknown_numbers_is_left_out(document):
    document.chart(Chart("x", "bar", "x", ["a"], [Series("b", [None])]))

    assert len(reread(document).paragraphs) == 3
