"""Titles on their way out as MARC records: every one, as it came, readable by whoever gets it."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pymarc import MARCReader, parse_xml_to_array

from catalog.exports.marc import MarcFile, Shape, too_long
from catalog.models import Copy, MarcRecord, Title
from catalog.rules.marc import iso2709, marcxml, read_title
from tests.catalog.imports.test_marc import import_marc
from tests.factories.catalog import make_copy, make_title
from tests.factories.marc import cnmarc, write_marc
from tests.factories.sheets import counts, import_sheet, write_sheet
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db
SHAPES = [
    Shape(marc_format, container, encoding)
    for marc_format in ("cnmarc", "marc21")
    for container, encoding in (("iso", "utf-8"), ("iso", "gb18030"), ("xml", "utf-8"))
]


def keys():
    return list(Title.objects.order_by("pk").values_list("pk", flat=True))


USUAL = Shape()


def exported(shape=USUAL, titles=None):
    file = MarcFile(keys() if titles is None else titles, shape)
    data = b"".join(file.chunks())
    assert file.left_out == []
    return data


def test_file_that_came_in_goes_out_byte_for_byte(tmp_path):
    data = b"".join(
        [
            cnmarc(
                "草房子", number="1", t010=[("a", "978-7-5346-0343-3")], t905=[("b", "D040394-5"), ("d", "I287.45")]
            ),
            cnmarc("红楼梦", number="2", t300=[("a", "有插图")], tAVA=[("0", "990"), ("a", "馆藏")]),
            cnmarc("语文", number="3"),
        ]
    )
    import_marc(write_marc(tmp_path, data))

    assert exported() == data
    assert exported(Shape(encoding="gb18030")) != data


@pytest.mark.parametrize("shape", SHAPES)
def test_export_into_the_library_it_came_from_changes_nothing(tmp_path, shape):
    make_school()
    sheet = write_sheet(
        tmp_path,
        ["书名", "作者", "译者", "定价", "ISBN", "分类号", "书次号", "条码号", "册数", "简介"],
        ["夏洛的网", "E.B.怀特", "任溶溶", "26", "9787532733415", "I712.84", "3", "A0099", "", "蜘蛛与猪。"],
        ["语文", "", "", "", "", "", "", "", "0", ""],
        ["数学", "张三; 李四", "", "12.5", "", "O1", "1", "", "2", ""],
    )
    import_sheet("holdings", sheet)
    copies = list(Copy.objects.order_by("pk").values())
    titles = list(Title.objects.order_by("pk").values("name", "author", "price", "clc_number", "book_number", "isbn"))

    run = import_marc(write_marc(tmp_path, exported(shape)))

    assert {name: number for name, number in counts(run).items() if name in ("new", "bad", "copies")} == {}
    assert list(Copy.objects.order_by("pk").values()) == copies
    after = Title.objects.order_by("pk").values("name", "author", "price", "clc_number", "book_number", "isbn")
    assert list(after) == titles
    assert counts(import_marc(write_marc(tmp_path, exported(shape)))) == {"same": 3}


@pytest.mark.parametrize("shape", SHAPES)
def test_as_many_records_leave_as_there_are_titles(shape):
    for number in range(5):
        make_copy(f"A{number}", title=make_title(f"书{number}", price="20.00"))
    data = exported(shape)
    if shape.container == "xml":
        records = list(marcxml.read_records(data))
    else:
        records = [iso2709.decode(raw, doubtful_as=shape.encoding)[0] for raw in iso2709.split_records(BytesIO(data))]

    assert [read_title(record, shape.format)["name"] for record in records] == [f"书{number}" for number in range(5)]


def test_copies_that_are_gone_do_not_leave():
    title = make_title("甲")
    make_copy("A1", title=title)
    make_copy("A2", title=title, state=Copy.State.WITHDRAWN)

    assert b"A1" in exported()
    assert b"A2" not in exported()


def test_record_that_cannot_be_written_is_named_and_the_rest_go_on():
    bad, good = make_title("甲"), make_title("乙")
    fields = [["200", "1 ", [["a", "甲"]]], ["300", "  ", [["a", "长" * 4000]]]]
    MarcRecord.objects.create(title=bad, format="cnmarc", leader="00000nam0 2200000   450 ", fields=fields)
    file = MarcFile(keys(), Shape())
    data = b"".join(file.chunks())

    assert (file.records, file.left_out) == (1, [(bad.pk, "field_too_long")])
    assert good.name.encode() in data


def test_titles_too_long_for_iso_are_known_beforehand():
    long, short = make_title("甲", summary="长" * 31_000), make_title("乙")

    assert too_long([long.pk, short.pk]) == ["甲"]
    assert b"".join(MarcFile([long.pk], Shape(container="xml")).chunks()).count("长".encode()) == 31_000


def test_statements_do_not_grow_with_titles():
    def statements():
        with CaptureQueriesContext(connection) as made:
            exported()
        return len(made) - 1  # ours asks for the keys

    make_copy(title=make_title("甲"))
    one = statements()
    for _number in range(3):
        make_copy(title=make_title("乙"))
    assert statements() == one == 4


def test_correction_here_leaves_with_the_record(tmp_path):
    import_marc(write_marc(tmp_path, cnmarc("草房子", number="1", t300=[("a", "附光盘")], t905=[("b", "7")])))
    Title.objects.update(publisher="江苏少年儿童出版社")
    record, _encoding = iso2709.decode(exported()[:-1])

    assert record["300"]["a"] == "附光盘"
    assert record["210"]["c"] == "江苏少年儿童出版社"
    assert record["905"]["b"] == "7"


@pytest.mark.parametrize("marc_format", ["cnmarc", "marc21"])
def test_other_software_reads_the_file(marc_format):
    """pymarc's own reader shares no code with ours."""
    make_copy("A1", title=make_title("夏洛的网", author="E.B.怀特", summary="蜘蛛与猪。", price="26.00"))
    data = exported(Shape(marc_format))
    (record,) = MARCReader(data, force_utf8=marc_format == "cnmarc")
    (xml,) = parse_xml_to_array(BytesIO(exported(Shape(marc_format, "xml"))))

    tag = "200" if marc_format == "cnmarc" else "245"
    assert record[tag]["a"] == xml[tag]["a"] == "夏洛的网"
    assert len(data) == int(str(record.leader)[:5])


def test_record_with_a_field_that_iso_2709_has_no_room_for_is_named_beforehand():
    fits, long = make_title("短"), make_title("长")
    fields = [["330", "  ", [["a", "字" * 2000]]], ["999", "  ", [["a", "字" * 3400]]]]
    MarcRecord.objects.create(title=fits, format="cnmarc", leader=" " * 24, fields=fields[:1])
    MarcRecord.objects.create(title=long, format="cnmarc", leader=" " * 24, fields=fields)

    assert too_long([fits.pk, long.pk]) == ["长"]


def test_class_without_a_record_names_the_edition_of_the_school(tmp_path):
    make_school(clc_edition="4")
    make_title("夏洛的网", clc_number="I712.84")
    import_marc(write_marc(tmp_path, cnmarc("草房子", number="1", t690=[("a", "I287.45"), ("v", "5")])))

    editions = {}
    for raw in exported().split(b"\x1d")[:-1]:
        record, _encoding = iso2709.decode(raw)
        editions[record["690"]["a"]] = record["690"]["v"]

    assert editions == {"I712.84": "4", "I287.45": "5"}
