"""Holdings from sheet to shelf: what is new, what is the same, and what must never be merged."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.imports.writing import Writes
from catalog.models import Copy, FormerBarcode, Location, Title
from library_site.imports import engine
from library_site.models import ImportRow, ImportRun, NumberSeries
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.readers import make_reader
from tests.factories.sheets import check_sheet, counts, import_sheet, problems, stage_sheet, write_sheet
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tmp_path):
    return lambda *rows, **how: write_sheet(tmp_path, *rows, **how)


def barcodes(**where):
    return sorted(Copy.objects.filter(**where).values_list("barcode", flat=True))


def test_import_numbers_copies_that_a_row_only_counts(sheet):
    make_school(barcode_digits=6)
    run = import_sheet("holdings", sheet(["书目号", "书名", "册数"], ["A1", "三国演义", 3], ["A2", "红楼梦", 2]))

    assert counts(run) == {"new": 2, "titles": 2, "copies": 5}
    assert barcodes(title__school_number="A1") == ["000001", "000002", "000003"]
    assert barcodes(title__name="红楼梦") == ["000004", "000005"]
    assert set(Copy.objects.values_list("import_run", flat=True)) == {run.pk}


def test_import_passes_over_numbers_in_use(sheet):
    make_school(barcode_digits=4)
    make_copy("0001")
    make_copy("X", accession_number="0002")
    make_reader(card="0004")
    import_sheet("holdings", sheet(["书名", "作者", "册数", "条码号"], ["甲", "一", 2, ""], ["乙", "二", "", "0003"]))

    assert barcodes(title__name="甲") == ["0005", "0006"]
    assert NumberSeries.objects.get(kind="copy").next_value == 7


def test_import_of_the_same_file_changes_nothing(sheet):
    rows = (
        ["书目号", "书名", "作者", "册数", "条码号"],
        ["A1", "甲", "一", 5, ""],
        ["", "乙", "二", 2, ""],
        ["", "丙", "三", "", "B7"],
    )
    import_sheet("holdings", sheet(*rows))
    again = import_sheet("holdings", sheet(*rows))

    assert counts(again) == {"same": 3}
    assert Copy.objects.count() == 8


def test_import_of_a_larger_count_adds_the_difference(sheet):
    header = ["书目号", "书名", "册数"]
    import_sheet("holdings", sheet(header, ["A1", "甲", 2]))
    more = import_sheet("holdings", sheet(header, ["A1", "甲", 5]))
    fewer = import_sheet("holdings", sheet(header, ["A1", "甲", 1]))

    assert counts(more) == {"changed": 1, "copies": 3}
    assert counts(fewer) == {"same": 1}


def test_import_never_matches_by_title_alone(sheet):
    make_title("西游记", school_number="OLD", author="吴承恩")
    run = import_sheet("holdings", sheet(["书目号", "书名"], ["N1", "西游记"], ["", "西游记"], ["", "西游记"]))

    assert counts(run)["titles"] == 3
    assert Title.objects.filter(name="西游记").count() == 4


def test_import_of_bare_titles_twice_changes_nothing(sheet):
    rows = (["书名", "册数"], ["语文", 2], ["语文", 3], ["数学", 1])
    import_sheet("holdings", sheet(*rows))

    assert counts(import_sheet("holdings", sheet(*rows))) == {"same": 3}


def test_import_updates_title_by_number_and_keeps_what_is_blank(sheet):
    title = make_title("三国演义", school_number="A1", author="罗贯中", summary="好书")
    run = import_sheet(
        "holdings",
        sheet(["书目号", "书名", "作者", "定价", "简介"], ["A1", "三国演义", "罗贯中", "28元", ""]),
        by=make_user(),
    )

    title.refresh_from_db()
    assert counts(run) == {"changed": 1, "copies": 1}
    assert (str(title.price), title.summary) == ("28.00", "好书")


def test_import_of_another_class_gives_the_next_book_number_there(sheet):
    make_school()
    make_title("乙", clc_number="I287", main_class="I", book_number="5")
    title = make_title("甲", school_number="A1", clc_number="I247", main_class="I", book_number="5")
    rows = sheet(["书目号", "书名", "分类号"], ["A1", "甲", "I287"])
    import_sheet("holdings", rows)
    import_sheet("holdings", rows)

    title.refresh_from_db()
    assert title.call_number == "I287/6"


def test_import_leaves_old_row_of_a_changed_title_in_the_audit(sheet):
    user = make_user()
    title = make_title("三国演义", school_number="A1", author="罗贯中")
    make_copy(title=title)
    import_sheet("holdings", sheet(["书目号", "书名", "作者"], ["A1", "三国演义", "罗贯中（明）"]), by=user)

    old = Title.pgh_event_model.objects.get(pgh_obj=title)
    assert old.author == "罗贯中"
    assert old.pgh_context.metadata["act"] == "import.holdings"


def test_import_refuses_number_of_quite_another_title(sheet):
    make_title("三国演义", school_number="1", author="罗贯中")
    run = import_sheet("holdings", sheet(["编号", "书名", "作者"], ["1", "十万个为什么", "少儿社"]))

    assert problems(run) == [(2, "school_number", "number_of_other_title")]
    assert Title.objects.get().name == "三国演义"


def test_import_matches_isbn_with_the_same_title_only(sheet):
    title = make_title("三国演义（上）", isbn="9787115475930")
    rows = (["ISBN", "书名"], ["9787115475930", "三国演义 上"], ["9787115475930", "三国演义（下）"])
    run = import_sheet("holdings", sheet(*rows))

    assert counts(run) == {"new": 1, "changed": 1, "titles": 1, "copies": 2}
    assert title.copies.count() == 1


def test_import_refuses_isbn_that_two_titles_share(sheet):
    make_title("三国演义", isbn="9787115475930", school_number="1")
    make_title("三国演义", isbn="9787115475930", school_number="2")

    assert problems(check_sheet("holdings", sheet(["ISBN", "书名"], ["9787115475930", "三国演义"]))) == [
        (2, "isbn", "ambiguous")
    ]


def test_import_one_row_per_copy_makes_one_title(sheet):
    header = ["条码号", "登录号", "书名", "作者", "馆藏地点"]
    rows = (
        header,
        ["B1", "D1", "甲", "一", "流通库"],
        ["B2", "D2", "甲", "一", "流通库"],
        ["B3", "", "甲", "一", "教师室"],
    )
    run = import_sheet("holdings", sheet(*rows))

    assert counts(run) == {"new": 3, "titles": 1, "copies": 3}
    assert run.counts["locations"] == {"流通库": 2, "教师室": 1}
    assert Copy.objects.get(barcode="B3").accession_number == "B3"
    assert counts(import_sheet("holdings", sheet(*rows))) == {"same": 3}


def test_import_moves_copy_that_is_known_by_its_barcode(sheet):
    copy = make_copy("B1", title=make_title("甲"))
    run = import_sheet("holdings", sheet(["条码号", "书名", "馆藏地点"], ["B1", "甲", "教师室"]))

    copy.refresh_from_db()
    assert counts(run) == {"changed": 1}
    assert copy.location.name == "教师室"


def test_import_keeps_the_barcode_that_a_copy_bore_before(sheet):
    import_sheet("holdings", sheet(["书名", "作者", "条码号", "登录号"], ["甲", "一", "B1", "L1"]))
    import_sheet("holdings", sheet(["书名", "作者", "条码号", "登录号"], ["甲", "一", "B2", "L1"]))

    assert barcodes() == ["B2"]
    assert FormerBarcode.objects.get().barcode == "B1"


def test_old_sheet_does_not_bring_an_old_barcode_back(sheet):
    rows = (["书名", "作者", "条码号"], ["甲", "一", "B1"])
    import_sheet("holdings", sheet(*rows))
    copy = Copy.objects.get()
    FormerBarcode.objects.create(barcode="B1", copy=copy)
    Copy.objects.update(barcode="B2")

    again = import_sheet("holdings", sheet(*rows))

    assert counts(again) == {"same": 1}
    assert barcodes() == ["B2"]


def test_import_refuses_barcode_that_another_title_bore_before(sheet):
    FormerBarcode.objects.create(barcode="B1", copy=make_copy("B2", title=make_title("夏洛的网")))

    run = import_sheet("holdings", sheet(["书名", "作者", "条码号"], ["三国演义", "罗贯中", "B1"]))

    assert counts(run) == {"bad": 1}
    assert barcodes() == ["B2"]


def test_import_refuses_barcodes_that_clash(sheet):
    make_copy("B1", title=make_title("红楼梦", author="曹雪芹"))
    header = ["条码号", "书名", "作者"]
    run = check_sheet("holdings", sheet(header, ["B1", "水浒传", "施耐庵"], ["B2", "甲", "一"], ["B2", "乙", "二"]))

    assert problems(run) == [(2, "barcode", "barcode_of_other_title"), (4, "barcode", "barcode_twice")]


def test_import_reports_barcodes_that_lost_their_zeros(sheet):
    make_school(barcode_digits=8)
    make_copy("00000123", title=make_title("甲"))
    run = check_sheet("holdings", sheet(["条码号", "书名"], ["123", "甲"], ["124", "甲"]))

    assert problems(run) == [(2, "barcode", "zeros_lost")]


def test_import_refuses_place_with_too_long_a_name(sheet):
    run = check_sheet("holdings", sheet(["书名", "馆藏地点"], ["甲", "库" * 61]))

    assert problems(run) == [(2, "location", "too_long")]


def test_import_applies_good_rows_while_bad_ones_wait(sheet):
    run = import_sheet("holdings", sheet(["书名", "定价"], ["甲", "28"], ["", "3"], ["乙", "很贵"]))

    assert counts(run) == {"new": 1, "bad": 2, "titles": 1, "copies": 1}
    assert [row.cells for row in ImportRow.objects.filter(run=run, verdict="bad").order_by("number")] == [
        ["", "3"],
        ["乙", "很贵"],
    ]


def test_import_leaves_out_blank_rows_totals_and_repeated_headings(sheet):
    rows = (["书名", "册数"], ["甲", 2], ["", ""], ["书名", "册数"], ["合计", 2], ["合计：2册"])
    run = import_sheet("holdings", sheet(*rows))

    assert counts(run) == {"new": 1, "skipped": 3, "titles": 1, "copies": 2}


def test_import_below_title_row_and_two_row_header(sheet):
    rows = (
        ["实验小学图书一览表"],
        ["条码号", "图书信息", ""],
        ["", "书名", "作者"],
        ["B1", "三国演义", "罗贯中"],
    )
    run = import_sheet("holdings", sheet(*rows))

    assert (run.header_row, run.header_rows, run.columns) == (2, 2, {"barcode": 0, "name": 1, "author": 2})
    assert counts(run) == {"new": 1, "titles": 1, "copies": 1}


def test_import_of_gbk_sheet_lands_to_be_classified_and_findable(sheet):
    run = import_sheet("holdings", sheet(["book_id", "title", "total_copies"], ["7", "三国演义", 1], encoding="gbk"))

    title = Title.objects.get()
    assert (title.name, title.clc_class, title.main_class) == ("三国演义", None, "")
    assert title.initials == "sgyy"
    assert run.finished_at is not None


def test_check_changes_nothing(sheet):
    run = check_sheet("holdings", sheet(["书名", "册数", "馆藏地点"], ["甲", 3, "新库"]))

    assert (run.state, counts(run)) == ("checked", {"new": 1, "titles": 1, "copies": 3})
    assert not Title.objects.exists() and not Location.objects.exists()


def test_apply_heeds_what_changed_since_the_preview(sheet):
    path = sheet(["书目号", "书名", "册数"], ["A1", "甲", 2])
    first, second = stage_sheet("holdings", path), stage_sheet("holdings", path)
    for run in (first, second):
        engine.check(run_id=run.pk)
    engine.apply(run_id=first.pk, by=None)

    assert counts(engine.apply(run_id=second.pk, by=None)) == {"same": 1}


def test_apply_that_breaks_leaves_nothing_and_says_so(sheet, monkeypatch):
    run = check_sheet("holdings", sheet(["书名", "册数"], ["甲", 3]))

    def breaks(self, *, at):
        real(self, at=at)
        raise RuntimeError("power cut")

    real = Writes.write
    with monkeypatch.context() as patch:
        patch.setattr(Writes, "write", breaks)
        with pytest.raises(RuntimeError):
            engine.apply(run_id=run.pk, by=None)

    assert not Title.objects.exists() and not NumberSeries.objects.exists()
    run.refresh_from_db()
    assert (run.state, run.error) == (ImportRun.State.FAILED, {"code": "internal"})
    engine.check(run_id=run.pk)
    assert counts(engine.apply(run_id=run.pk, by=None)) == {"new": 1, "titles": 1, "copies": 3}


def test_apply_plans_again_when_copies_came_meanwhile(sheet, monkeypatch):
    title = make_title("甲", school_number="A1")
    run = check_sheet("holdings", sheet(["书目号", "书名", "册数"], ["A1", "甲", 3]))
    real, calls = Writes.write, []

    def interrupted(self, *, at):
        if not calls:
            calls.append(1)
            make_copy("H1", title=title)
        real(self, at=at)

    monkeypatch.setattr(Writes, "write", interrupted)
    # the copy made by hand is rolled back with the first attempt, so the second finds none
    assert counts(engine.apply(run_id=run.pk, by=None)) == {"changed": 1, "copies": 3}


def test_apply_is_refused_before_check(sheet):
    with pytest.raises(ValueError, match="checking"):
        engine.apply(run_id=stage_sheet("holdings", sheet(["书名"], ["甲"])).pk, by=None)


word = st.sampled_from(["甲", "乙", "丙 丁", "Aa", ""])
row = st.tuples(
    st.sampled_from(["", "", "N1", "N2", "N3"]),
    st.sampled_from(["三国演义", "红楼梦", "语文", ""]),
    word,
    st.sampled_from(["", "9787115475930", "9787302384786"]),
    st.sampled_from(["", "", "B1", "B2", "B3"]),
    st.sampled_from(["", "0", "1", "4", "x"]),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(row, min_size=1, max_size=8))
def test_import_of_any_sheet_twice_changes_nothing(rows, tmp_path):
    make_location()
    path = write_sheet(
        tmp_path, ["书目号", "书名", "作者", "ISBN", "条码号", "册数"], ["END", "垫底", "", "", "", "0"], *rows
    )
    first = import_sheet("holdings", path)
    before = (Title.objects.count(), Copy.objects.count())
    again = import_sheet("holdings", path)

    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
    assert (Title.objects.count(), Copy.objects.count()) == before
    assert again.counts["bad"] == first.counts["bad"]
    Copy.objects.all().delete()
    Title.objects.all().delete()
    ImportRun.objects.all().delete()


def test_import_keeps_what_a_school_adds_to_a_title(sheet):
    header = ["书名", "分册名", "学科", "适读年级", "语种", "注音", "套册数", "主题标目", "文献类型"]
    rows = (header, ["你好科学", "上", "科学", "小学低年级", "英文", "是", "4", "科普", "音像"], ["甲"])
    import_sheet("holdings", sheet(*rows))

    title = Title.objects.get(name="你好科学")
    assert (title.part, title.course, title.stage, title.language) == ("上", "科学", "primary_lower", "eng")
    assert (title.has_pinyin, title.volumes, title.subjects, title.material) == (True, 4, "科普", "av")
    plain = Title.objects.get(name="甲")
    assert (plain.language, plain.material, plain.volumes, plain.has_pinyin) == ("chi", "book", None, False)
    assert counts(import_sheet("holdings", sheet(*rows))) == {"same": 2}
