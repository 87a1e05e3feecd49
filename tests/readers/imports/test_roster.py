"""Rosters: who comes, who moves, who is missing, and what must never be kept."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library_site.imports import engine
from library_site.models import ImportRow, ImportRun
from readers.models import Card, ClassMembership, Reader, SchoolClass, Turn, TurnReader
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.sheets import check_sheet, counts, import_sheet, problems, stage_sheet, write_sheet
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db
HEADER = ["班级", "姓名"]


@pytest.fixture
def sheet(tmp_path):
    make_school()
    make_school_year(2026)
    return lambda *rows, **how: write_sheet(tmp_path, *rows, **how)


def place_of(reader):
    key = ClassMembership.objects.select_related("school_class").get(reader=reader, until=None).school_class
    return key.entry_year, key.number


def test_import_by_class_and_name_alone(sheet):
    run = import_sheet("roster", sheet(HEADER, ["三(1)班", "张三"], ["三2班", "李四"]))

    assert counts(run) == {"new": 2}
    assert run.counts["classes"] == ["三(1)班", "三(2)班"]
    pupil = Reader.objects.get(name="张三")
    assert (pupil.category, pupil.pinyin, pupil.initials, place_of(pupil)) == ("student", "zhangsan", "zs", (2024, 1))
    assert not Card.objects.exists()


def test_import_reads_a_surname_as_the_class_does(sheet):
    import_sheet("roster", sheet(HEADER, ["三(1)班", "曾小红"]))

    assert Reader.objects.get(name="曾小红").initials == "zxh"


def test_import_of_the_same_roster_changes_nothing(sheet):
    rows = (["班级", "姓名", "学号"], ["三(1)班", "张三", "2024001"], ["三(1)班", "李四", ""], ["三(2)班", "李四", ""])
    import_sheet("roster", sheet(*rows))

    assert counts(import_sheet("roster", sheet(*rows))) == {"same": 3}


def test_import_keeps_pupils_of_one_name_in_one_class_apart(sheet):
    rows = (HEADER, ["三(1)班", "张伟"], ["三(1)班", "张伟"])
    import_sheet("roster", sheet(*rows))

    assert Reader.objects.filter(name="张伟").count() == 2
    assert counts(import_sheet("roster", sheet(*rows))) == {"same": 2}
    assert counts(import_sheet("roster", sheet(*rows, ["三(1)班", "张伟"]))) == {"new": 1, "same": 2}


def test_import_moves_pupil_by_number_from_a_day_on(sheet):
    pupil = make_reader("张三", number="7", school_class=make_class(2024, 1))
    run = import_sheet("roster", sheet(["学号", *HEADER], ["7", "三(2)班", "张三"]), since="2026-10-08")

    assert counts(run) == {"changed": 1}
    spans = (
        ClassMembership.objects.filter(reader=pupil)
        .order_by("since")
        .values_list("school_class__number", "since", "until")
    )
    assert list(spans) == [(1, date(2020, 9, 1), date(2026, 10, 8)), (2, date(2026, 10, 8), None)]


def test_import_moves_pupil_by_name_who_left_the_old_class(sheet):
    pupil = make_reader("张三", number="", school_class=make_class(2024, 1))
    make_reader("李四", number="", school_class=make_class(2024, 1))
    run = import_sheet("roster", sheet(HEADER, ["三(1)班", "李四"], ["三(2)班", "张三"]))

    assert counts(run) == {"changed": 1, "same": 1}
    assert place_of(pupil) == (2024, 2)


def test_import_does_not_move_by_name_while_the_old_class_is_not_listed(sheet):
    make_reader("张三", number="", school_class=make_class(2024, 1))

    assert counts(import_sheet("roster", sheet(HEADER, ["三(2)班", "张三"]))) == {"new": 1}


def test_import_adds_number_to_pupil_known_by_name(sheet):
    pupil = make_reader("张三", number="", school_class=make_class(2024, 1))
    import_sheet("roster", sheet(["学号", *HEADER], ["0007", "三(1)班", "张三"]))

    pupil.refresh_from_db()
    assert pupil.number == "0007"


def test_import_refuses_number_of_somebody_else(sheet):
    make_reader("王五", number="7", school_class=make_class(2024, 1))
    run = check_sheet(
        "roster", sheet(["学号", *HEADER], ["7", "三(1)班", "张三"], ["8", "三(1)班", "赵六"], ["8", "三(1)班", "钱七"])
    )

    assert problems(run) == [(2, "number", "number_of_other_person"), (4, "number", "number_twice")]


def test_import_reports_numbers_that_excel_spoiled(sheet):
    make_reader("孙八", number="00777", school_class=make_class(2024, 1))
    rows = [
        ["2.02401E+11", "三(1)班", "甲"],
        ["0124001", "三(1)班", "乙"],
        ["0124002", "三(1)班", "丙"],
        ["124003", "三(1)班", "丁"],
    ]
    run = check_sheet("roster", sheet(["学号", *HEADER], *rows))

    assert problems(run) == [(2, "number", "number_rounded"), (5, "number", "zeros_lost")]
    assert problems(check_sheet("roster", sheet(["学号", *HEADER], ["777", "三(1)班", "孙八"]))) == [
        (2, "number", "zeros_lost")
    ]


def test_import_never_stores_identity_numbers_or_what_is_not_needed(sheet):
    number = "110101201503070018"
    rows = (
        ["学号", "姓名", "班级", "身份证号", "家长电话", "备注"],
        [f"G{number}", "张三", "三(1)班", number, "13800000000", f"证{number}"],
    )
    run = stage_sheet("roster", sheet(*rows))
    staged = json.dumps(list(ImportRow.objects.values_list("cells", flat=True)), ensure_ascii=False)
    engine.check(run_id=run.pk)

    assert number not in staged and "13800000000" not in staged
    assert problems(run) == [(2, "number", "identity_dropped")]
    assert run.sheets[0]["dropped"] == ["身份证号", "家长电话"]
    engine.apply(run_id=run.pk, by=None)
    assert Reader.objects.get().number == ""


def test_import_reads_grade_and_class_from_two_columns(sheet):
    import_sheet("roster", sheet(["年级", "班级", "姓名"], ["三年级", "1班", "张三"], ["2025级", "2", "李四"]))

    assert place_of(Reader.objects.get(name="李四")) == (2025, 2)


def test_import_takes_class_from_the_name_of_the_sheet(tmp_path):
    from openpyxl import Workbook

    make_school_year(2026)
    book = Workbook()
    book.active.title = "三(1)班"
    other = book.create_sheet("三(2)班")
    for page, name in ((book.active, "张三"), (other, "李四")):
        page.append(["姓名", "学号"])
        page.append([name, "00" + str(len(name))])
    book.save(tmp_path / "名.xlsx")
    run = check_sheet("roster", tmp_path / "名.xlsx")

    assert counts(run) == {"new": 1, "bad": 1}  # the second pupil has the number of the first
    assert run.counts["classes"] == ["三(1)班", "三(2)班"]


def test_import_of_teachers_needs_no_class(sheet):
    rows = (["姓名", "工号", "类别"], ["王老师", "T01", "教师"], ["刘师傅", "", "职工"])
    import_sheet("roster", sheet(*rows))

    assert dict(Reader.objects.values_list("name", "category")) == {"王老师": "teacher", "刘师傅": "staff"}
    assert counts(import_sheet("roster", sheet(*rows))) == {"same": 2}


def test_import_refuses_pupil_without_a_clear_class(sheet):
    run = check_sheet("roster", sheet(HEADER, ["", "张三"], ["九(1)班号", "李四"], ["三(1)班", ""]))

    assert problems(run) == [
        (2, "class", "class_missing"),
        (3, "class", "class_unreadable"),
        (4, "name", "name_missing"),
    ]


def test_import_gives_cards_from_file_and_replaces_old_ones(sheet):
    pupil = make_reader("张三", number="1", school_class=make_class(2024, 1), card="C1")
    rows = (["学号", *HEADER, "借书证号"], ["1", "三(1)班", "张三", "C2"], ["2", "三(1)班", "李四", "C3"])
    import_sheet("roster", sheet(*rows))

    assert list(Card.objects.filter(reader=pupil).order_by("barcode").values_list("barcode", "status")) == [
        ("C1", "replaced"),
        ("C2", "valid"),
    ]
    assert counts(import_sheet("roster", sheet(*rows))) == {"same": 2}
    clash = check_sheet(
        "roster",
        sheet(rows[0], ["3", "三(1)班", "钱七", "C1"], ["4", "三(1)班", "周八", "C9"], ["5", "三(1)班", "吴九", "C9"]),
    )
    assert problems(clash) == [(2, "card", "card_of_other_person"), (4, "card", "card_twice")]


def test_import_gives_cards_to_all_if_wanted(sheet):
    make_reader(card="80000002")
    rows = (HEADER, ["三(1)班", "张三"], ["三(1)班", "李四"])
    import_sheet("roster", sheet(*rows))
    run = import_sheet("roster", sheet(*rows, ["三(1)班", "王五"]), give_cards=True)

    assert counts(run) == {"new": 1, "changed": 2}
    assert sorted(Card.objects.values_list("barcode", flat=True)) == ["80000001", "80000002", "80000003", "80000004"]


def test_import_proposes_who_left_and_lets_go_only_those_who_are_ticked(sheet):
    school_class = make_class(2024, 1)
    gone, kept = make_reader("张三", school_class=school_class), make_reader("李四", school_class=school_class)
    make_reader("别班", school_class=make_class(2024, 2))
    run = check_sheet("roster", sheet(HEADER, ["三(1)班", "王五"]))
    assert [person["pk"] for person in run.counts["leavers"]] == [gone.pk, kept.pk]

    ImportRun.objects.filter(pk=run.pk).update(options={**run.options, "leavers": [gone.pk], "since": "2026-11-02"})
    engine.apply(run_id=run.pk, by=None)
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.status, gone.left_on, kept.status) == ("left", date(2026, 11, 2), "active")
    assert not ClassMembership.objects.filter(reader=gone, until=None).exists()


def test_import_does_not_take_a_bad_row_for_somebody_who_left(sheet):
    make_reader("张三", number="1", school_class=make_class(2024, 1))
    run = check_sheet("roster", sheet(["学号", *HEADER], ["1.2E+11", "三(1)班", "张三"], ["5", "三(1)班", "李四"]))

    assert run.counts["leavers"] == []


def test_import_brings_back_who_had_left(sheet):
    pupil = make_reader("张三", number="7", status="left", left_on=date(2026, 7, 1))
    import_sheet("roster", sheet(["学号", *HEADER], ["7", "三(1)班", "张三"]))

    pupil.refresh_from_db()
    assert (pupil.status, pupil.left_on, place_of(pupil)) == ("active", None, (2024, 1))


row = st.tuples(
    st.sampled_from(["", "", "1", "2", "3"]),
    st.sampled_from(["三(1)班", "三2班", "四(1)班", "?"]),
    st.sampled_from(["张三", "李四", "张伟", ""]),
    st.sampled_from(["", "", "C1", "C2"]),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(row, min_size=1, max_size=8))
def test_import_of_any_roster_twice_changes_nothing(rows, tmp_path):
    make_school_year(2026)
    path = write_sheet(tmp_path, ["学号", *HEADER, "借书证号"], ["9", "五(1)班", "赵九", ""], *rows)
    first = import_sheet("roster", path)
    before = (Reader.objects.count(), Card.objects.count())
    again = import_sheet("roster", path)

    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
    assert (Reader.objects.count(), Card.objects.count()) == before
    assert again.counts["bad"] == first.counts["bad"]
    for model in (TurnReader, Turn, Card, ClassMembership, Reader, SchoolClass, ImportRun):
        model.objects.all().delete()
