import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from library_site.shared.spreadsheets import Column, Table, tables, write_csv, write_workbook

ROW = ("00123", 7, Decimal("28.50"), date(2026, 9, 1), datetime(2026, 9, 1, 0, 30, tzinfo=UTC), True, None)
HEADINGS = ("条码号", "册数", "价格", "日期", "时间", "是否", "空")


def table(*rows, name="书目", headings=HEADINGS):
    columns = [Column(heading, lambda row, place=place: row[place]) for place, heading in enumerate(headings)]
    return Table(name, columns, rows)


def as_csv(given) -> str:
    target = io.BytesIO()
    write_csv(target, given)
    return target.getvalue().decode("utf-8-sig")


def as_book(given):
    target = io.BytesIO()
    write_workbook(target, given)
    return load_workbook(io.BytesIO(target.getvalue()))


def test_workbook_keeps_zeros_numbers_and_dates():
    page = as_book(table(ROW))["书目"]

    cells = page[2]
    assert [cell.value for cell in cells[:5]] == [
        "00123", 7, 28.5, datetime(2026, 9, 1), datetime(2026, 9, 1, 8, 30),
    ]  # fmt: skip
    assert [cell.number_format for cell in cells[:5]] == ["@", "General", "0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert cells[0].data_type == "s"
    assert cells[6].value is None


def test_workbook_holds_its_heading_fast():
    page = as_book(table(ROW))["书目"]

    assert [cell.value for cell in page[1]] == list(HEADINGS)
    assert page[1][0].font.bold
    assert (page.freeze_panes, page.print_title_rows) == ("A2", "$1:$1")
    assert page.column_dimensions["A"].width == 14


def test_csv_is_known_to_excel_and_keeps_zeros():
    target = io.BytesIO()

    assert write_csv(target, table(ROW)) == 1

    assert target.getvalue().startswith(b"\xef\xbb\xbf")
    first = target.getvalue().decode("utf-8-sig").splitlines()[1].split(",")
    assert first[:5] == ["00123", "7", "28.50", "2026-09-01", "2026-09-01 08:30"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("place", ["cell", "heading"])
def test_formula_is_neutralised(sign, place):
    text = f'{sign}HYPERLINK("//x")'
    given = table((text,), headings=("书名",)) if place == "cell" else table(headings=(text,))

    assert as_book(given).active["A2" if place == "cell" else "A1"].value.startswith(f"'{sign}".rstrip("\r\n"))
    assert f"'{sign}HYP" in as_csv(given)


def test_negative_number_stays_a_number():
    assert as_book(table((-5,), headings=("差",))).active["A2"].value == -5
    assert as_csv(table((-5,), headings=("差",))).splitlines()[1] == "-5"


def test_signs_that_excel_forbids_go():
    book = as_book(table(("a\x0bb",), name="a/b:c", headings=("书名",)))

    assert book.sheetnames == ["abc"]
    assert book.active["A2"].value == "ab"


def test_list_goes_on_in_a_second_sheet(monkeypatch):
    monkeypatch.setattr(tables, "ROWS_A_SHEET", 2)

    book = as_book(table(*[(n,) for n in range(5)], headings=("号",)))

    assert book.sheetnames == ["书目", "书目 2", "书目 3"]
    assert [[row[0] for row in page.iter_rows(values_only=True)] for page in book] == [
        ["号", 0, 1], ["号", 2, 3], ["号", 4],
    ]  # fmt: skip


def test_empty_list_has_its_heading():
    book = as_book(table(headings=("书名",)))

    assert [page.max_row for page in book] == [1]
    assert as_csv(table(headings=("书名",))) == "书名\r\n"


def test_rows_are_read_as_they_are_written():
    """Nothing is gathered first: the next row is asked for when the last is written."""
    alive = 0
    most = 0

    class Counted:
        def __init__(self):
            nonlocal alive, most
            alive += 1
            most = max(most, alive)

        def __del__(self):
            nonlocal alive
            alive -= 1

    columns = [Column("号", lambda row: 1)]
    for write in (write_csv, write_workbook):
        write(io.BytesIO(), Table("表", columns, (Counted() for _n in range(500))))

    assert most < 5
