"""What a record means for a title."""

import pytest

from catalog.rules.marc import MarcProblem, format_of, read_title
from catalog.rules.marc.records import control_key, make_record
from tests.factories.marc import LEADER, cnmarc_rows


def cn(name="草房子", **fields):
    return make_record(LEADER, cnmarc_rows(name, **fields))


def us(*rows, leader="00000cam a2200000 a 4500"):
    return make_record(
        leader, [[tag, "  ", [list(pair) for pair in subs]] if subs else [tag, ""] for tag, subs in rows]
    )


def test_cnmarc_record_becomes_a_title():
    record = cn(
        t010=[("a", "7-113-05198-7"), ("b", "精装"), ("d", "￥66.00（全三册）")],
        t101=[("a", "eng")],
        t200=[
            ("a", "长袜子皮皮"),
            ("e", "美绘版"),
            ("f", "(瑞典)林格伦著"),
            ("g", "李之义译"),
            ("h", "第二册"),
            ("i", "上船"),
        ],
        t205=[("a", "第2版")],
        t210=[("a", "北京"), ("c", "中国少年儿童出版社"), ("d", "2009.6")],
        t215=[("a", "218页"), ("c", "图"), ("d", "21cm")],
        t225=[("a", "林格伦作品选集"), ("v", "3")],
        t330=[("a", "皮皮力大无比。")],
        t606=[[("a", "童话"), ("y", "瑞典"), ("z", "现代")], [("a", "儿童文学")]],
        t610=[("a", "勇敢"), ("a", "友谊")],
        t690=[("a", "I532.88"), ("v", "5")],
    )

    assert format_of(record) == "cnmarc"
    assert read_title(record) == {
        "name": "长袜子皮皮",
        "subtitle": "美绘版",
        "part": "第二册 上船",
        "author": "(瑞典)林格伦",
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
        "language": "eng",
        "clc_number": "I532.88",
        "material": "book",
    }


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([("b", "平装"), ("d", "CNY28.00")], {"price": "28.00", "binding": "平装"}),
        (
            [("a", "7-5037-2623-7(平装)"), ("d", "CNY赠90.00")],
            {"isbn": "9787503726231", "price": "90.00", "binding": "平装"},
        ),
        ([("a", "7-5037-2623-0"), ("d", "CNY1,280.00(全套十二册)")], {"price": "1280.00", "volumes": 12}),
        ([("a", "9787020002207"), ("d", "CNY免费")], {"isbn": "9787020002207"}),
    ],
)
def test_isbn_field_is_read_whatever_it_lacks(fields, said):
    values = read_title(cn(t010=fields))

    assert {name: values[name] for name in ("isbn", "price", "volumes", "binding") if name in values} == said


@pytest.mark.parametrize(
    ("statement", "author"),
    [
        ("烨子著", "烨子"),
        ("国家统计局编", "国家统计局"),
        ("主编季野, 张西明", "季野, 张西明"),
        ("方卓编著", "方卓"),
        ("作者不详", "作者不详"),
        ("老编", "老编"),
    ],
)
def test_author_is_named_without_what_was_done(statement, author):
    assert read_title(cn(t200=[("a", "书"), ("f", statement)]))["author"] == author


def test_names_come_from_headings_where_the_title_names_nobody():
    values = read_title(
        cn(t200=[("a", "书")], t701=[("a", "季野"), ("4", "主编")], t702=[("a", "李之义"), ("4", "译")])
    )

    assert (values["author"], values["translator"]) == ("季野", "李之义")


def test_holdings_of_another_library_say_nothing():
    record = cn(t690=[("a", "I287.45")], t905=[("b", "D040394-5"), ("d", "I28"), ("e", "26")])

    assert "copies" not in read_title(record)
    assert read_title(record)["clc_number"] == "I287.45"


def test_own_holdings_name_copies_and_the_number_on_the_book():
    record = cn(
        t690=[("a", "I287.45")], t905=[("a", "学校"), ("b", "D040394-5"), ("b", "77"), ("d", "I28"), ("e", "26")]
    )
    values = read_title(record, local=True)

    assert [copy["barcode"] for copy in values["copies"]] == ["D040394", "D040395", "77"]
    assert (values["clc_number"], values["book_number"]) == ("I28", "26")


@pytest.mark.parametrize(
    ("text", "barcodes"),
    [
        ("00236515-9", ["00236515", "00236516", "00236517", "00236518", "00236519"]),
        ("1865829-30", ["1865829", "1865830"]),
        ("D099-D101", ["D099", "D100", "D101"]),
        ("D0099-100", ["D0099", "D0100"]),
        ("2019-1", ["2019-1"]),
        ("A12-B14", ["A12-B14"]),
        ("９７８", ["978"]),
        ("007", ["007"]),
    ],
)
def test_ranges_of_barcodes(text, barcodes):
    copies = read_title(cn(t905=[("b", text)]), local=True)["copies"]

    assert [copy["barcode"] for copy in copies] == barcodes


def test_endless_range_is_refused():
    with pytest.raises(MarcProblem) as problem:
        read_title(cn(t905=[("b", "1000-1999")]), local=True)
    assert problem.value.code == "range_too_long"


def test_copies_that_are_only_counted():
    assert read_title(cn(t905=[("d", "I287.45"), ("f", "3")]), local=True)["copies_counted"] == 3


def test_marc21_prefers_the_own_script():
    record = us(
        ("008", []),
        ("020", [("a", "7536692935 (pbk.) :"), ("c", "￥26.00")]),
        ("100", [("6", "880-01"), ("a", "Liu, Cixin.")]),
        ("245", [("6", "880-02"), ("a", "San ti :"), ("b", "di qiu wang shi /"), ("c", "Liu Cixin zhu.")]),
        ("260", [("a", "Chongqing :"), ("b", "Chongqing chu ban she,"), ("c", "2008.")]),
        ("300", [("a", "302 p. ;"), ("c", "24 cm.")]),
        ("490", [("6", "880-03"), ("a", "Zhongguo ke huan ji shi cong shu")]),
        ("650", [("a", "Science fiction, Chinese.")]),
        ("700", [("a", "Ken Liu,"), ("e", "translator.")]),
        ("880", [("6", "100-01/$1"), ("a", "刘慈欣.")]),
        ("880", [("6", "245-02/$1"), ("a", "三体 :"), ("b", "地球 往事 /"), ("c", "刘慈欣著.")]),
        ("880", [("6", "490-03/$1"), ("a", "中国科幻基石丛书")]),
        ("084", [("a", "I247.55"), ("2", "clc")]),
        ("050", [("a", "PL2947.C59"), ("b", "S26 2008")]),
    )

    assert format_of(record) == "marc21"
    assert read_title(record) == {
        "name": "三体",
        "subtitle": "地球往事",
        "author": "刘慈欣",
        "translator": "Ken Liu",
        "place": "Chongqing",
        "publisher": "Chongqing chu ban she",
        "published": "2008",
        "pages": "302 p.",
        "size": "24 cm",
        "series": "中国科幻基石丛书",
        "subjects": "Science fiction, Chinese",
        "isbn": "9787536692930",
        "binding": "pbk.",
        "price": "26.00",
        "clc_number": "I247.55",
        "material": "book",
    }


def test_marc21_class_of_the_library_of_congress_is_no_clc_number():
    assert "clc_number" not in read_title(
        us(("245", [("a", "Reason")]), ("050", [("a", "B5231.C")]), ("090", [("a", "B52")]))
    )


def test_marc21_local_fields_name_copies():
    record = us(("245", [("a", "书")]), ("852", [("b", "二楼"), ("h", "I287.45"), ("i", "7"), ("p", "0012")]))
    values = read_title(record, local=True)

    assert values["copies"] == [{"barcode": "0012", "location": "二楼"}]
    assert (values["clc_number"], values["book_number"]) == ("I287.45", "7")


def test_linked_fields_without_a_partner_are_used():
    assert read_title(us(("245", [("a", "Shu")]), ("880", [("6", "250-00/$1"), ("a", "第2版.")])))["edition"] == "第2版"


def test_record_without_a_title_is_refused():
    for rows in ([["001", "1"]], [["245", "  ", [["c", "某人"]]]]):
        with pytest.raises(MarcProblem) as problem:
            read_title(make_record(LEADER, rows))
        assert problem.value.code == "title_missing"


def test_texts_that_are_too_long_are_cut_and_the_rest_stays_in_the_record():
    values = read_title(cn("长" * 500, t606=[[("a", "主题" * 50)] for _n in range(9)]))

    assert len(values["name"]) == 400
    assert values["name"].endswith("…")
    assert len(values["subjects"]) <= 400


def test_records_are_told_apart_by_their_number_and_its_giver():
    assert control_key(cn(number=" 0123 ", giver="BNU")) == "BNU:0123"
    assert control_key(cn()) == ""


@pytest.mark.parametrize(
    ("codes", "said"),
    [("a  ", {"audience": "student"}), ("b  ", {"audience": "student", "stage": "picture"}), ("ea ", {}), ("||", {})],
)
def test_children_the_record_is_coded_for(codes, said):
    coded = f"20240101d2020    {codes:<3}y0chiy0120    ea"
    values = read_title(cn(t100=[("a", coded)]))

    assert {name: values[name] for name in ("audience", "stage") if name in values} == said
