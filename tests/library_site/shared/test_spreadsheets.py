"""The shapes of sheets that schools have (docs: domain), each read as a person would read it."""

import codecs
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from library_site.shared.spreadsheets import SheetProblem, files, limits, open_sheets, write_xlsx
from library_site.shared.spreadsheets.cells import half_width


def read(path: Path) -> list[list[str]]:
    return list(next(iter(open_sheets(path))).rows)


def saved(folder: Path, name: str, content: bytes | str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("gbk", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_read_csv_in_any_encoding(tmp_path, encoding, mark):
    path = saved(tmp_path, "书.csv", mark + "书名,作者\r\n三国演义,罗贯中\r\n".encode(encoding))

    assert read(path) == [["书名", "作者"], ["三国演义", "罗贯中"]]


def test_read_csv_with_one_broken_byte_keeps_the_rest(tmp_path):
    path = saved(tmp_path, "书.csv", "书名,作者\n三国演义,罗贯中\n".encode() + b"\xff,x\n")

    assert read(path)[:2] == [["书名", "作者"], ["三国演义", "罗贯中"]]


@pytest.mark.parametrize("sign", ["\t", ";", "|"])
def test_read_text_with_another_separator(tmp_path, sign):
    path = saved(tmp_path, "书.xls", f"书名{sign}价格\n红楼梦{sign}28.00\n", "gb18030")

    assert read(path) == [["书名", "价格"], ["红楼梦", "28.00"]]


def test_read_csv_with_line_break_in_a_cell(tmp_path):
    path = saved(tmp_path, "书.csv", '书名,简介\n红楼梦,"第一行\n第二行"\n')

    assert read(path)[1] == ["红楼梦", "第一行\n第二行"]


def test_read_keeps_leading_zeros_and_drops_blanks_of_every_kind(tmp_path):
    path = saved(tmp_path, "a.csv", '\u00a0000123\u3000,00077\t,"=""00088""",\'=1+1\n')

    assert read(path) == [["000123", "00077", "00088", "=1+1"]]


def workbook(tmp_path: Path, rows: list[list[object]], merged: str = "") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(tmp_path / "书.xlsx")
    return tmp_path / "书.xlsx"


def test_read_xlsx_numbers_dates_and_text(tmp_path):
    rows = [["007", 9787115475930.0, 28.5, 5.0, date(2012, 12, 1), datetime(2012, 12, 1, 8, 30), True, None, "尾"]]

    assert read(workbook(tmp_path, rows)) == [
        ["007", "9787115475930", "28.5", "5", "2012-12-01", "2012-12-01 08:30:00", "TRUE", "", "尾"]
    ]


def test_read_xlsx_from_first_row_even_if_it_is_blank(tmp_path):
    book = Workbook()
    book.active["B3"] = "书名"
    book.save(tmp_path / "a.xlsx")

    assert read(tmp_path / "a.xlsx") == [["", ""], ["", ""], ["", "书名"]]


def test_read_xlsx_repeats_cells_merged_down_a_column(tmp_path):
    path = workbook(tmp_path, [["三(1)班", "甲"], [None, "乙"], [None, "丙"], ["三(2)班", "丁"]], "A1:A3")

    assert read(path) == [["三(1)班", "甲"], ["三(1)班", "乙"], ["三(1)班", "丙"], ["三(2)班", "丁"]]


def test_read_xlsx_leaves_out_hidden_sheets(tmp_path):
    book = Workbook()
    book.active.append(["看得见"])
    book.create_sheet("隐藏").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    assert [sheet.name for sheet in open_sheets(tmp_path / "a.xlsx")] == ["Sheet"]


def test_read_old_binary_xls(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("馆藏")
    sheet.write_merge(0, 0, 0, 1, "实验小学图书")
    sheet.write(1, 0, "书名")
    sheet.write(2, 0, "00123")
    sheet.write(2, 1, 12.0)
    book.save(str(tmp_path / "书.xls"))

    assert read(tmp_path / "书.xls") == [["实验小学图书", ""], ["书名", ""], ["00123", "12"]]


def test_read_xls_that_is_html(tmp_path):
    page = """<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"></head><body>
    <table><tr><th>班级<th>姓名</tr><tr><td rowspan=2>三(1)班</td><td>张&nbsp;三</td></tr><tr><td>李四<br>五</td></tr>
    <tr><td colspan=2>合计</td></tr></table></body></html>"""

    assert read(saved(tmp_path, "名.xls", page, "gb18030")) == [
        ["班级", "姓名"],
        ["三(1)班", "张 三"],
        ["三(1)班", "李四\n五"],
        ["合计", ""],
    ]


def test_read_xls_that_is_xml(tmp_path):
    page = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table>
    <Row><Cell><Data ss:Type="String">班级</Data></Cell><Cell><Data ss:Type="String">姓名</Data></Cell></Row>
    <Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">三(1)班</Data></Cell>
      <Cell><Data ss:Type="String">张三</Data></Cell></Row>
    <Row><Cell ss:Index="2"><Data ss:Type="String">李四</Data></Cell></Row></Table></Worksheet></Workbook>"""

    assert read(saved(tmp_path, "名.xls", page)) == [["班级", "姓名"], [], ["三(1)班", "张三"], ["三(1)班", "李四"]]


def refusal(path: Path) -> str:
    with pytest.raises(SheetProblem) as refused:
        for sheet in open_sheets(path):
            list(sheet.rows)
    return refused.value.code


def test_read_refuses_empty_file(tmp_path):
    assert refusal(saved(tmp_path, "a.csv", b"")) == "empty_file"


@pytest.mark.parametrize("content", [b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off"])
def test_read_refuses_broken_workbook(tmp_path, content):
    assert refusal(saved(tmp_path, "a.xlsx", content)) == "broken_file"


def test_read_refuses_xml_with_document_type(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]><x>urn:schemas-microsoft-com:office:spreadsheet</x>'

    assert refusal(saved(tmp_path, "a.xls", bomb)) == "broken_file"


def test_read_refuses_workbook_that_unpacks_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1_000_000)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)

    assert refusal(tmp_path / "a.xlsx") == "file_too_large"


def test_read_refuses_more_rows_than_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_ROWS", 3)

    assert refusal(saved(tmp_path, "a.csv", "a\n" * 4)) == "too_many_rows"


def test_read_refuses_file_above_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 3)

    assert refusal(saved(tmp_path, "a.csv", "abcd")) == "file_too_large"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "=HYPERLINK(1)"])
def test_write_neutralises_formulas(tmp_path, text):
    with (tmp_path / "a.xlsx").open("wb") as target:
        write_xlsx(target, header=["书名"], rows=[[text]], sheet="有误的行")

    cell = load_workbook(tmp_path / "a.xlsx").active["A2"]
    assert (cell.data_type, cell.value) == ("s", "'" + text)
    assert read(tmp_path / "a.xlsx")[1] == [text]


def test_half_width_of_full_width_digits():
    assert half_width("９７８－７") == "978-7"


cell = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf")), max_size=8)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(cell.filter(lambda text: '="' not in text), min_size=2, max_size=2), min_size=1))
def test_written_sheet_reads_back_as_it_was(rows, tmp_path):
    target = io.BytesIO()
    write_xlsx(target, header=["甲", "乙"], rows=rows, sheet="表")
    (tmp_path / "a.xlsx").write_bytes(target.getvalue())

    back = read(tmp_path / "a.xlsx")[1:]
    assert [[*row, "", ""][:2] for row in back] == rows[: len(back)]
    assert not any(cell for row in rows[len(back) :] for cell in row)
