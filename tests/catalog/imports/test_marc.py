"""MARC records from file to shelf: what is new, what is the same, and what must never be merged or lost."""

import json

import pytest
from django.utils import timezone

from catalog.imports.marc import bad_records
from catalog.models import Copy, FormerBarcode, MarcRecord, Title
from catalog.rules.marc import marcxml
from catalog.rules.marc.records import control_key, make_record
from library_site.imports import engine
from library_site.imports.staging import choose_options, stage
from library_site.shared.spreadsheets import SheetProblem
from tests.factories.catalog import make_copy, make_title
from tests.factories.marc import LEADER, cnmarc, cnmarc_rows, marc_bytes, write_marc
from tests.factories.sheets import counts, problems
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db
ISBN = "978-7-5346-0343-3"


@pytest.fixture
def marc(tmp_path):
    return lambda *records, **how: write_marc(tmp_path, *records, **how)


def stage_marc(path, **options):
    run = stage(kind="marc", path=path, file_name=path.name, by=None, at=timezone.now())
    return choose_options(run, options=options)


def check_marc(path, **options):
    return engine.check(run_id=stage_marc(path, **options).pk)


def import_marc(path, **options):
    run = check_marc(path, **options)
    return engine.apply(run_id=run.pk, by=None)


def barcodes(**where):
    return sorted(Copy.objects.filter(**where).values_list("barcode", flat=True))


def test_record_becomes_title_copies_and_record(marc):
    fields = {"t010": [("a", ISBN), ("d", "CNY20.00")], "t300": [("a", "附光盘")], "t690": [("a", "I287.45")]}
    path = marc(cnmarc("草房子", number="01", t905=[("b", "D0099-100"), ("d", "I287.45"), ("e", "7")], **fields))
    run = import_marc(path, location="书库", source="purchase")

    assert counts(run) == {"new": 1, "titles": 1, "copies": 2}
    title = Title.objects.get()
    assert (title.name, title.author, title.call_number, title.main_class) == ("草房子", "曹文轩", "I287.45/7", "I")
    assert title.initials == "cfz"
    assert barcodes() == ["D0099", "D0100"]
    copy = Copy.objects.get(barcode="D0099")
    assert (copy.location.name, copy.source, str(copy.price), copy.import_run) == ("书库", "purchase", "20.00", run)
    assert ["300", "  ", [["a", "附光盘"]]] in title.marc.fields


def test_same_file_again_changes_nothing(marc):
    path = marc(cnmarc("甲", number="1", t905=[("b", "1-3")]), cnmarc("乙"), cnmarc("丙", t010=[("a", ISBN)]))
    import_marc(path, default_copies=2)
    again = import_marc(path, default_copies=2)

    assert counts(again) == {"same": 3}
    assert (Title.objects.count(), Copy.objects.count()) == (3, 7)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_broken_records_are_reported_by_position_while_the_rest_go_on(marc, encoding):
    broken = cnmarc("断了", encoding=encoding)[:-25] + b"\x1d"
    path = marc(
        cnmarc("甲", encoding=encoding), broken, marc_bytes([["300", "  ", [["a", "无名"]]]], encoding=encoding),
        cnmarc("乙", encoding=encoding), between=b"\r\n",
    )  # fmt: skip
    run = import_marc(path)

    assert counts(run) == {"new": 2, "bad": 2, "titles": 2}
    assert problems(run) == [(2, "record", "cut_off"), (3, "record", "title_missing")]
    assert sorted(Title.objects.values_list("name", flat=True)) == ["乙", "甲"]
    file = b"".join(bad_records(run))
    assert file.startswith(broken[:-1].rstrip() + b"\x1d")
    assert "无名".encode(encoding) in file


def test_mixed_encodings_in_one_file_are_read(marc):
    import_marc(marc(cnmarc("红楼梦", encoding="gb18030"), cnmarc("西游记", encoding="utf-8")))

    assert sorted(Title.objects.values_list("name", flat=True)) == ["红楼梦", "西游记"]


def test_marcxml_is_read_as_well(marc):
    body = marcxml.encode(make_record(LEADER, cnmarc_rows("红楼梦", t905=[("b", "007")])), marc_format="cnmarc")
    run = import_marc(marc(marcxml.BEGIN, body, b"<record/>", marcxml.END, name="a.xml"))

    assert counts(run) == {"new": 1, "bad": 1, "titles": 1, "copies": 1}
    assert barcodes() == ["007"]


@pytest.mark.parametrize("data", [b"\x89PNG....", "书名,作者\n甲,乙\n".encode(), b"  \r\n"])
def test_file_that_is_no_marc_is_refused(marc, data):
    with pytest.raises(SheetProblem) as problem:
        stage_marc(marc(data))
    assert problem.value.code == "no_records"


def test_shares_of_a_set_price_add_up_to_it(marc):
    import_marc(marc(cnmarc("丛书", t010=[("d", "￥10.00（全三册）")], t905=[("b", "1-3")])))

    prices = Copy.objects.order_by("barcode").values_list("price", flat=True)
    assert [str(price) for price in prices] == ["3.33", "3.33", "3.34"]


def test_set_price_is_shared_by_its_volumes(marc):
    import_marc(marc(cnmarc("丛书", t010=[("d", "￥66.00（全三册）")], t905=[("b", "1-3")])))

    assert {str(price) for price in Copy.objects.values_list("price", flat=True)} == {"22.00"}
    assert (str(Title.objects.get().price), Title.objects.get().volumes) == ("66.00", 3)


def test_copies_that_a_record_only_counts_are_numbered(marc):
    make_school(barcode_digits=5)
    import_marc(marc(cnmarc("甲", t905=[("d", "I287.45"), ("f", "2")]), cnmarc("乙")))

    assert barcodes(title__name="甲") == ["00001", "00002"]
    assert not Copy.objects.filter(title__name="乙").exists()


def test_holdings_of_another_library_are_left_out_when_asked(marc):
    import_marc(marc(cnmarc("甲", t690=[("a", "I287.45")], t905=[("b", "1-3"), ("d", "I28")])), own_holdings=False)

    assert not Copy.objects.exists()
    assert Title.objects.get().clc_number == "I287.45"


# Which title a record means


def test_record_is_known_by_its_number_even_with_other_words(marc):
    import_marc(marc(cnmarc("草房子", number="1", t330=[("a", "旧")])))
    run = import_marc(marc(cnmarc("草房子（新版）", number="1", t330=[("a", "新")])))

    assert counts(run) == {"changed": 1}
    assert (Title.objects.get().name, Title.objects.get().summary) == ("草房子（新版）", "新")


def test_number_that_means_another_work_is_none(marc):
    """Vendors begin at 1 with each delivery, and an author writes more than one book."""
    import_marc(marc(cnmarc("草房子", number="1")))
    run = import_marc(marc(cnmarc("青铜葵花", number="1")))

    assert counts(run) == {"new": 1, "titles": 1}
    assert MarcRecord.objects.filter(control_key="SZ:1").count() == 2


def test_isbn_and_title_match_unless_part_or_material_differ(marc):
    make_title("三国演义", isbn="9787534603433", part="上册")
    path = marc(
        cnmarc("三国演义", number="1", t010=[("a", ISBN)], t200=[("a", "三国演义"), ("h", "上册")]),
        cnmarc("三国演义", number="2", t010=[("a", ISBN)], t200=[("a", "三国演义"), ("h", "下册")]),
        cnmarc("三国演义", number="3", t010=[("a", ISBN)], t200=[("a", "三国演义"), ("b", "电子资源"), ("h", "上册")]),
    )
    run = import_marc(path)

    assert counts(run) == {"new": 2, "changed": 1, "titles": 2}
    assert sorted(Title.objects.values_list("part", "material")) == [
        ("上册", "book"),
        ("上册", "ebook"),
        ("下册", "book"),
    ]


def test_second_delivery_of_a_book_only_brings_copies(marc):
    book = {"t010": [("a", ISBN)]}
    path = marc(
        cnmarc("甲", number="1", t905=[("b", "1")], **book), cnmarc("甲", number="9", t905=[("b", "2")], **book)
    )

    assert problems(check_marc(path)) == [(2, "record", "same_as_record")]
    assert counts(import_marc(path)) == {"new": 1, "changed": 1, "titles": 1, "copies": 2}
    assert barcodes(title__name="甲") == ["1", "2"]


def test_records_without_isbn_are_told_apart_by_their_numbers(marc):
    path = marc(cnmarc("语文", number="1"), cnmarc("语文", number="2"))
    import_marc(path)

    assert Title.objects.count() == 2
    assert counts(import_marc(path)) == {"same": 2}


def test_copy_that_is_known_tells_the_title(marc):
    title = make_title("草房子", author="曹文轩")
    make_copy("D1", title=title)
    run = import_marc(marc(cnmarc("草房子", t905=[("b", "D1-2")])))

    assert counts(run) == {"changed": 1, "copies": 1}
    assert barcodes(title=title) == ["D1", "D2"]


def test_barcodes_of_other_titles_are_refused_and_nothing_of_the_record_is_taken(marc):
    make_copy("D2", title=make_title("红楼梦", author="曹雪芹"))
    FormerBarcode.objects.create(barcode="D7", copy=make_copy("D8", title=make_title("三国演义", author="罗贯中")))
    path = marc(
        cnmarc("草房子", t905=[("b", "D1-2")]),
        cnmarc("夏洛的网", t905=[("b", "D7")]),
        cnmarc("狼王梦", t905=[("b", "D3")]),
        cnmarc("骆驼祥子", t905=[("b", "D3-4")]),
    )
    run = import_marc(path)

    assert problems(run) == [
        (1, "barcode", "barcode_of_other_title"),
        (2, "barcode", "barcode_of_other_title"),
        (4, "barcode", "barcode_twice"),
    ]
    assert barcodes() == ["D2", "D3", "D8"]


def test_copies_of_several_titles_are_refused(marc):
    make_copy("1", title=make_title("草房子"))
    make_copy("2", title=make_title("草房子"))

    assert problems(check_marc(marc(cnmarc("草房子", t905=[("b", "1-2")])))) == [
        (1, "barcode", "copies_of_several_titles")
    ]


# What stays


def test_record_adds_what_is_blank_and_leaves_what_the_library_wrote(marc):
    title = make_title("草房子", isbn="9787534603433", author="曹文轩 著", clc_number="I28", book_number="3")
    make_copy("1", title=title)
    path = marc(cnmarc("草房子", t010=[("a", ISBN)], t690=[("a", "I287.45")], t210=[("c", "江苏少儿")]))
    run = import_marc(path)

    title.refresh_from_db()
    assert counts(run) == {"changed": 1}
    assert (title.author, title.publisher, title.call_number) == ("曹文轩 著", "江苏少儿", "I28/3")
    assert counts(import_marc(path)) == {"same": 1}


def test_later_record_follows_only_where_nobody_corrected(marc):
    import_marc(marc(cnmarc("草房子", number="1", t210=[("c", "旧社")], t330=[("a", "旧简介")])))
    Title.objects.update(publisher="江苏少年儿童出版社")
    import_marc(marc(cnmarc("草房子", number="1", t210=[("c", "新社")], t330=[("a", "新简介")])))

    title = Title.objects.get()
    assert (title.publisher, title.summary) == ("江苏少年儿童出版社", "新简介")


def test_record_of_another_giver_does_not_replace_the_first(marc):
    import_marc(marc(cnmarc("草房子", number="1", giver="BNU", t010=[("a", ISBN)], t300=[("a", "甲注")])))
    import_marc(marc(cnmarc("草房子", number="1", giver="SZ", t010=[("a", ISBN)], t330=[("a", "好书")])))

    title = Title.objects.get()
    assert title.marc.control_key == "BNU:1"
    assert title.summary == "好书"


def test_record_key_is_the_same_in_the_database_and_outside(marc):
    rows = cnmarc_rows("甲", number="  01 2", giver="B N  U")
    import_marc(marc(marc_bytes(rows)))
    us = [["001", "7"], ["003", "DLC"], ["245", "10", [["a", "乙"]]]]
    other = MarcRecord.objects.create(title=make_title(), format="marc21", leader=LEADER, fields=us)
    bare = MarcRecord.objects.create(title=make_title(), format="marc21", leader=LEADER, fields=us[2:])
    for record in (other, bare, MarcRecord.objects.get(title__name="甲")):
        record.refresh_from_db()
        assert record.control_key == control_key(make_record(record.leader, record.fields))


def test_zero_bytes_do_not_stop_an_import(marc):
    assert counts(import_marc(marc(cnmarc("甲\x00乙", t300=[("a", "x\x00y")])))) == {"new": 1, "titles": 1}
    assert "\\u0000" not in json.dumps(MarcRecord.objects.get().fields)
