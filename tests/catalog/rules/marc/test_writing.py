"""The record of a title on its way out: untouched where nothing changed, well-formed where there was none."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.rules.marc import iso2709, marcxml, read_title
from catalog.rules.marc.facts import Facts
from catalog.rules.marc.records import field_rows, make_record
from catalog.rules.marc.writing import record_of
from tests.factories.marc import LEADER, cnmarc_rows

VALUES = {
    "name": "长袜子皮皮",
    "subtitle": "美绘版",
    "part": "第二册 上船",
    "author": "林格伦; 尼曼",
    "translator": "李之义",
    "edition": "第2版",
    "place": "北京",
    "publisher": "中国少年儿童出版社",
    "published": "2009",
    "pages": "218页",
    "size": "21cm",
    "series": "林格伦作品选集",
    "summary": "皮皮力大无比。",
    "subjects": "童话-瑞典-现代; 儿童文学",
    "keywords": "勇敢; 友谊",
    "isbn": "9787113051983",
    "price": "66.00",
    "volumes": 3,
    "binding": "精装",
    "language": "swe",
    "clc_number": "I532.88",
    "book_number": "12",
    "material": "book",
    "audience": "student",
}
COPIES = [{"barcode": "007", "volume": "上"}, {"barcode": "008", "volume": "下"}]


def said(record, marc_format):
    values = read_title(record, marc_format, local=True)
    copies = [{name: copy[name] for name in ("barcode", "volume")} for copy in values.pop("copies")]
    return values, copies


def stored(rows, marc_format="cnmarc", leader=LEADER):
    return marc_format, leader, rows


def facts_like(rows, marc_format="cnmarc", **changes):
    """A title as its record said, but for the changes."""
    values = read_title(make_record(LEADER, rows), marc_format, local=True)
    copies = changes.pop("copies", values.pop("copies", []))
    return Facts(1, {**values, **changes}, copies, library="实验小学")


@pytest.mark.parametrize("marc_format", ["cnmarc", "marc21"])
def test_record_made_anew_says_what_the_title_says(marc_format):
    record = record_of(Facts(7, VALUES, COPIES, library="实验小学"), marc_format)

    assert said(record, marc_format) == (VALUES, COPIES)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_record_made_anew_is_well_formed(encoding):
    record = record_of(Facts(7, {"name": "甲"}, library="实验小学"), "cnmarc", encoding=encoding)

    assert len(record["100"]["a"]) == 36
    assert record["100"]["a"][26:30] == ("50  " if encoding == "utf-8" else "0120")
    assert str(record.leader)[5:9] == "nam0"
    assert [field.tag for field in record.fields] == sorted(field.tag for field in record.fields)
    assert record["801"]["b"] == "实验小学"
    us = record_of(Facts(7, {"name": "甲"}, library="实验小学"), "marc21")
    assert len(us["008"].data) == 40
    assert us["008"].data[35:38] == "chi"


@pytest.mark.parametrize("marc_format", ["cnmarc", "marc21"])
def test_title_with_nothing_but_a_name_makes_a_record(marc_format):
    values = read_title(record_of(Facts(7, {"name": "甲"}), marc_format), marc_format, local=True)

    assert values == {"name": "甲", "language": "chi", "material": "book", "copies": []}


def test_record_of_an_unchanged_title_is_untouched():
    rows = cnmarc_rows(t010=[("a", "7-113-05198-7"), ("d", "￥66.00（全三册）")], t905=[("b", "D040394-5"), ("s", "x")])

    assert field_rows(record_of(facts_like(rows), "cnmarc", stored=stored(rows))) == rows


def test_only_what_changed_is_rewritten():
    rows = cnmarc_rows(
        t010=[("a", "7-113-05198-7"), ("d", "￥20.00")],
        t200=[("a", "草房子"), ("A", "Cao Fang Zi"), ("f", "曹文轩著")],
        t210=[("a", "南京"), ("c", "江苏少儿"), ("d", "1997.12")],
        t300=[("a", "附光盘")],
        t701=[("a", "曹文轩"), ("4", "著")],
    )
    record = record_of(facts_like(rows, publisher="江苏少年儿童出版社", price="22.00"), "cnmarc", stored=stored(rows))

    changed = [row for row in field_rows(record) if row not in rows]
    assert changed == [
        ["010", "  ", [["a", "7-113-05198-7"], ["d", "CNY22.00"]]],
        ["210", "  ", [["a", "南京"], ["c", "江苏少年儿童出版社"], ["d", "1997.12"]]],
    ]
    assert len(field_rows(record)) == len(rows)


def test_name_that_changed_takes_its_pinyin_along():
    rows = cnmarc_rows(t200=[("a", "草房子"), ("A", "Cao Fang Zi"), ("f", "曹文轩著")])
    record = record_of(facts_like(rows, name="青铜葵花"), "cnmarc", stored=stored(rows))

    assert field_rows(record)[2] == ["200", "  ", [["a", "青铜葵花"], ["f", "曹文轩著"]]]


def test_author_that_changed_is_rewritten_in_the_headings():
    rows = cnmarc_rows(
        t701=[("a", "曹轩"), ("4", "著")], t702=[[("a", "某人"), ("4", "绘")], [("a", "某译"), ("4", "译")]]
    )
    facts = facts_like(rows, author="曹文轩; 张三", translator="李四")
    record = record_of(facts, "cnmarc", stored=stored(rows))

    assert [field["a"] for field in record.get_fields("701", "702")] == ["曹文轩", "张三", "某人", "李四"]
    assert read_title(record)["author"] == "曹文轩; 张三"
    assert read_title(record)["translator"] == "李四"


def test_copies_that_changed_are_written_anew_with_the_signs_of_the_library():
    rows = cnmarc_rows(t905=[("a", "330106"), ("b", "D1-3"), ("d", "I287.45"), ("e", "7"), ("z", "W")])
    record = record_of(facts_like(rows, copies=[{"barcode": "D1"}, {"barcode": "D9"}]), "cnmarc", stored=stored(rows))

    assert field_rows(record)[-1] == [
        "905",
        "  ",
        [["a", "330106"], ["b", "D1"], ["b", "D9"], ["d", "I287.45"], ["e", "7"], ["z", "W"]],
    ]


def test_hundreds_of_copies_fit_into_several_fields():
    copies = [{"barcode": f"{number:06d}"} for number in range(1, 451)]
    record = record_of(Facts(7, VALUES, copies), "cnmarc")
    raw = iso2709.encode_checked(record, encoding="utf-8", marc_format="cnmarc")

    assert len(record.get_fields("905")) == 5
    assert len(read_title(iso2709.decode(raw[:-1])[0], local=True)["copies"]) == 450


def test_coded_field_always_has_its_36_characters():
    for coded in ("20240101d2020", "20240101d2020    em y0chiy0120    ea too long"):
        rows = cnmarc_rows(t100=[("a", coded)])
        record = record_of(facts_like(rows, published="2021"), "cnmarc", stored=stored(rows))
        assert len(record["100"]["a"]) == 36
        assert record["100"]["a"][9:13] == "2021"


def test_record_of_the_other_format_is_made_anew():
    rows = cnmarc_rows(t300=[("a", "附光盘")])
    record = record_of(facts_like(rows), "marc21", stored=stored(rows))

    assert record["245"]["a"] == "草房子"
    assert "300" not in record or record["300"].get("a") != "附光盘"


def test_marc21_is_changed_in_its_own_script():
    rows = [
        ["001", "1"],
        ["245", "10", [["6", "880-01"], ["a", "San ti :"], ["b", "di qiu /"], ["c", "Liu Cixin."]]],
        ["260", "  ", [["a", "Chongqing :"], ["b", "Chongqing chu ban she,"], ["c", "2008."]]],
        ["880", "10", [["6", "245-01/$1"], ["a", "三体 :"], ["b", "地球往事 /"], ["c", "刘慈欣."]]],
    ]
    facts = facts_like(
        rows, "marc21", name="三体Ⅱ", publisher="重庆出版社", copies=[{"barcode": "7", "location": "二楼"}]
    )
    record = record_of(facts, "marc21", stored=stored(rows, "marc21"))

    assert record["880"]["a"] == "三体Ⅱ :"
    assert record["245"]["a"] == "San ti :"
    assert record["260"]["b"] == "重庆出版社,"
    assert record["852"]["p"] == "7"
    values = read_title(record, "marc21", local=True)
    assert (values["name"], values["publisher"]) == ("三体Ⅱ", "重庆出版社")
    assert values["copies"] == [{"barcode": "7", "location": "二楼"}]


_text = st.text(
    st.sampled_from("甲乙丙𠀀" + string.ascii_letters + string.digits + "，。《》—“”é"), min_size=1, max_size=40
)


@given(
    name=_text, author=_text, summary=_text, barcode=st.text(st.sampled_from("AB0123456789"), min_size=1, max_size=14)
)
def test_whatever_a_title_says_comes_back_in_every_shape(name, author, summary, barcode):
    facts = Facts(7, {"name": name, "author": author, "summary": summary}, [{"barcode": barcode}], library="校")
    for marc_format in ("cnmarc", "marc21"):
        record = record_of(facts, marc_format)
        for encoding in ("utf-8", "gb18030"):
            raw = iso2709.encode_checked(record, encoding=encoding, marc_format=marc_format)
            assert (
                iso2709.decode(raw[:-1], doubtful_as=encoding)[0][("200" if marc_format == "cnmarc" else "245")]["a"]
                == name
            )
        marcxml.encode_checked(record, marc_format=marc_format)
        assert read_title(record, marc_format, local=True)["copies"] == [{"barcode": barcode}]
