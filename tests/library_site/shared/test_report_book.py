import io
from decimal import Decimal
from typing import NamedTuple

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from library_site.shared.spreadsheets.report_book import (
    PERCENT,
    SHARE,
    TWO_PLACES,
    WHOLE,
    Column,
    NativeChart,
    ReportSheet,
    SumDisagrees,
    write_report_book,
)  # fmt: skip


class Line(NamedTuple):
    name: str
    students: int | None
    loans: int | None
    borrowers: int | None = None
    level: str = "row"


LINES = [
    Line("三(1)班", 40, 121, 38),
    Line("三(2)班", 0, None),
    Line("三年级", 40, 121, 38, "group"),
    Line("四(1)班", 30, 60, 30),
    Line("四年级", 30, 60, 30, "group"),
    Line("合计", None, None, 67, "total"),
]
COLUMNS = [
    Column("班级", lambda line: line.name, "@"),
    Column("学生数", lambda line: line.students, WHOLE, total="sum"),
    Column("册数", lambda line: line.loans, WHOLE, total="sum"),
    Column("读者", lambda line: line.borrowers, WHOLE),
    Column("人均", number_format=TWO_PLACES, parts=("册数", "学生数")),
    Column("借书率", number_format=SHARE, parts=("读者", "学生数")),
]


def sheet(lines=LINES, **more):
    wanted = {"name": "班级", "title": "各班借阅", "notes": ["云溪小学", "人均＝册数÷学生数"], **more}
    return ReportSheet(columns=COLUMNS, rows=lines, level=lambda line: line.level, **wanted)


def written(*sheets) -> io.BytesIO:
    target = io.BytesIO()
    write_report_book(target, sheets)
    target.seek(0)
    return target


def test_totals_are_formulas_over_the_rows_above():
    page = load_workbook(written(sheet()))["班级"]

    assert [cell.value for cell in page[4]] == ["班级", "学生数", "册数", "读者", "人均", "借书率"]
    assert page["B7"].value == "=SUBTOTAL(9,B5:B6)"
    assert page["C9"].value == "=SUBTOTAL(9,C8:C8)"
    assert page["C10"].value == "=SUBTOTAL(9,C5:C9)"
    assert page["D10"].value == 67  # who borrowed in two classes counts once
    assert page["E10"].value == '=IF(OR(C10="",N(B10)=0),"",ROUND(C10/B10,2))'


def test_results_of_formulas_stand_beside_them_for_programs_that_do_not_calculate():
    target = written(sheet())
    rows = CalamineWorkbook.from_filelike(target).get_sheet_by_index(0).to_python()

    assert rows[4][4:6] == [3.03, 0.95]
    assert rows[5][2:6] == ["", "", "", ""]  # nobody there: nothing to divide by
    assert rows[9][1:6] == [70, 181, 67, 2.59, 0.9571]
    target.seek(0)
    page = load_workbook(target, data_only=True)["班级"]
    assert page["E10"].value == 2.59


def test_total_that_is_no_sum_is_refused():
    wrong = [LINES[0], Line("合计", 40, 120, 38, "total")]

    with pytest.raises(SumDisagrees):
        written(sheet(wrong))


def test_total_without_rows_is_what_was_given():
    page = load_workbook(written(sheet([Line("合计", 0, 0, 0, "total")])))["班级"]

    assert [cell.value for cell in page[5]][:4] == ["合计", 0, 0, 0]


def test_numbers_have_formats_and_the_heading_stays_in_sight_and_is_printed_on_every_page():
    page = load_workbook(written(sheet(landscape=True)))["班级"]

    assert [cell.number_format for cell in page[5]] == ["@", WHOLE, WHOLE, WHOLE, TWO_PLACES, SHARE]
    assert (page.freeze_panes, page.print_title_rows) == ("B5", "$4:$4")
    assert (page.page_setup.paperSize, page.page_setup.orientation, page.page_setup.fitToHeight) == (9, "landscape", 0)
    assert [page["A1"].value, page["A2"].value, page["A3"].value] == ["各班借阅", "云溪小学", "人均＝册数÷学生数"]


def test_chart_draws_the_rows_without_their_groups():
    chart = NativeChart("bar", "各班人均", "班级", ["人均"])
    page = load_workbook(written(sheet(charts=[chart])))["班级"]

    series = page._charts[0].series[0]
    assert series.val.numRef.f == "('班级'!$E$5:$E$6,'班级'!$E$8:$E$8)"
    assert series.cat.strRef.f == "('班级'!$A$5:$A$6,'班级'!$A$8:$A$8)"


@pytest.mark.parametrize("kind", ["bar", "line", "stacked", "pie"])
def test_charts_of_every_kind_can_be_read_back(kind):
    charts = [NativeChart(kind, "各年级", "班级", ["学生数", "册数"][: 1 if kind == "pie" else 2], "group")]
    page = load_workbook(written(sheet(charts=charts)))["班级"]

    assert len(page._charts[0].series) == len(charts[0].values)


def test_typed_text_cannot_act_as_a_formula():
    page = load_workbook(written(sheet([Line("=1+1", 1, 1)], title="=A1")))["班级"]

    assert (page["A1"].value, page["A5"].value) == ("'=A1", "'=1+1")


def test_sheets_of_one_name_are_told_apart():
    assert load_workbook(written(sheet(), sheet(name="班级?"))).sheetnames == ["班级", "班级 2"]


def test_sums_of_money_are_exact():
    columns = [Column("类", lambda row: row[0]), Column("金额", lambda row: row[1], PERCENT, total="sum")]
    rows = [("A", Decimal("0.10")), ("B", Decimal("0.20")), ("total", Decimal("0.30"))]
    made = ReportSheet("钱", "钱", columns, rows, level=lambda row: "total" if row[0] == "total" else "row")

    assert load_workbook(written(made), data_only=True)["钱"]["B5"].value == 0.3


def test_sum_of_what_is_known_nowhere_is_left_blank():
    lines = [Line("三(1)班", 40, None), Line("三年级", 40, None, level="group"), Line("四(1)班", 30, 60)]
    page = load_workbook(written(sheet([*lines, Line("合计", 70, None, level="total")]))).active
    loans = {row[0].value: row[2].value for row in page.iter_rows(min_row=5)}
    assert loans["三年级"] is None
    assert str(loans["合计"]).startswith("=SUBTOTAL")
