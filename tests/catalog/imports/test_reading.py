"""One row of a holdings sheet, in the spellings that schools use."""

import pytest

from catalog.imports.reading import read_row


def read(**cells):
    values, problems = read_row({"name": "三国演义", **cells}, sheet="")
    return values, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("28.00", "28.00"),
        ("￥28.00", "28.00"),
        ("¥28", "28.00"),
        ("28元", "28.00"),
        ("CNY28.00", "28.00"),
        ("￥66.00（全三册）", "66.00"),
        ("２８．５", "28.50"),
        ("1,280.00", "1280.00"),
        ("28.5", "28.50"),
    ],
)
def test_read_price(text, price):
    values, problems = read(price=text)

    assert (values["price"], problems) == (price, [])


@pytest.mark.parametrize("text", ["赠送", "-5", "999999999999"])
def test_read_price_refuses(text):
    values, problems = read(price=text)

    assert ("price" in values, problems) == (False, ["price_unreadable"])


@pytest.mark.parametrize(
    "text", ["2012", "2012-12", "2012.12", "201212", "2012年12月", "2012-12-01", "41244", "２０１２", "c2012", "2012.0"]
)
def test_read_year(text):
    values, problems = read(published=text)

    assert (values["published"], problems) == ("2012", [])


def test_read_year_refuses_what_is_none():
    assert read(published="不详")[1] == ["year_unreadable"]


@pytest.mark.parametrize(
    "text",
    ["9787115475930", "978-7-115-47593-0", "９７８７１１５４７５９３０", "ISBN 978-7-115-47593-0", "7-115-47593-8"],
)
def test_read_isbn(text):
    values, problems = read(isbn=text)

    assert (values.get("isbn"), problems) == ("9787115475930", [])


@pytest.mark.parametrize(
    ("text", "code"),
    [("9.78712E+12", "isbn_rounded"), ("9787115475931", "isbn_wrong"), ("10019·1234", "isbn_of_old_kind")],
)
def test_read_isbn_says_what_is_wrong(text, code):
    values, problems = read(isbn=text)

    assert ("isbn" in values, problems) == (False, [code])


@pytest.mark.parametrize(("text", "copies"), [("5", 5), ("５", 5), ("5册", 5), ("5.0", 5), ("0", 0)])
def test_read_copies(text, copies):
    assert read(copies=text)[0]["copies"] == copies


@pytest.mark.parametrize("text", ["-1", "五", "1.5", "100000"])
def test_read_copies_refuses(text):
    assert read(copies=text)[1] == ["copies_unreadable"]


@pytest.mark.parametrize("text", ["I287.45/12", "I287.45 12", "Ｉ２８７．４５／１２"])
def test_read_call_number_splits_class_and_book_number(text):
    values, problems = read(call_number=text)

    assert (values["clc_number"], values["book_number"], problems) == ("I287.45", "12", [])


def test_read_own_column_of_class_has_precedence():
    values, _problems = read(clc_number="I287", call_number="I287.45/12")

    assert (values["clc_number"], values["book_number"]) == ("I287", "12")


def test_read_unknown_class_leaves_title_to_be_classified():
    values, problems = read(clc_number="文学类")

    assert ("clc_number" in values, problems) == (False, ["clc_unreadable"])


def test_read_keeps_leading_zeros_and_takes_full_width_codes():
    values, problems = read(barcode="０００１２３", school_number="0077")

    assert (values["barcode"], values["school_number"], problems) == ("000123", "0077", [])


def test_read_refuses_number_that_excel_rounded():
    assert read(barcode="2.02401E+11")[1] == ["number_rounded"]


def test_read_refuses_row_without_title():
    assert read_row({"name": "", "author": "罗贯中"}, sheet="")[1][0].code == "name_missing"


def test_read_refuses_text_longer_than_its_column():
    assert read(binding="平" * 51)[1] == ["too_long"]


@pytest.mark.parametrize(
    ("text", "day"), [("2020-9-1", "2020-09-01"), ("20200901", "2020-09-01"), ("44075", "2020-09-01")]
)
def test_read_acquired(text, day):
    assert read(acquired_on=text)[0]["acquired_on"] == day


def test_read_acquired_refuses_impossible_day():
    assert read(acquired_on="2020-13-45")[1] == ["date_unreadable"]


def test_read_words_for_readers_and_source():
    values, problems = read(audience="教师", source="捐赠")

    assert (values["audience"], values["source"], problems) == ("teacher", "donation", [])


def test_read_unknown_words_are_noted_only():
    assert read(audience="猫", source="天上")[1] == ["audience_unknown", "source_unknown"]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("stage", "小学低年级", "primary_lower"),
        ("stage", "七年级", "junior"),
        ("language", "英文", "eng"),
        ("language", "中英双语", "mul"),
        ("has_pinyin", "注音版", True),
        ("has_pinyin", "√", True),
        ("has_pinyin", "否", False),
        ("material", "期刊合订本", "bound"),
        ("volumes", "4册", 4),
        ("course", "语文", "语文"),
        ("part", "上卷 童年", "上卷 童年"),
        ("subjects", "童话", "童话"),
    ],
)
def test_read_what_a_school_adds_to_a_title(field, text, value):
    values, problems = read(**{field: text})

    assert (values[field], problems) == (value, [])


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("stage", "大人", "stage_unknown"),
        ("language", "火星文", "language_unknown"),
        ("has_pinyin", "也许", "has_pinyin_unknown"),
        ("material", "石碑", "material_unknown"),
        ("volumes", "若干", "volumes_unreadable"),
    ],
)
def test_read_leaves_out_words_that_are_unknown(field, text, code):
    values, problems = read(**{field: text})

    assert (field in values, problems) == (False, [code])


def test_row_without_the_later_columns_keeps_its_fingerprint():
    """Titles imported before those columns existed are known by it."""
    assert read(author="罗贯中")[0]["fingerprint"] == "910c06069d3e801f05e9af2d4fed28955b83a733"
    assert read(author="罗贯中", course="语文")[0]["fingerprint"] != read(author="罗贯中")[0]["fingerprint"]
