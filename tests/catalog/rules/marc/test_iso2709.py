"""Records in bytes: every encoding and every slip that vendors make, and back again byte for byte."""

from io import BytesIO

import pytest

from catalog.rules.marc import MarcProblem, iso2709
from catalog.rules.marc.records import field_rows, make_record
from tests.factories.marc import cnmarc, cnmarc_rows, marc_bytes


def split(data):
    return list(iso2709.split_records(BytesIO(data)))


@pytest.mark.parametrize("between", [b"", b"\r\n", b"\n", b"\n\r\n", b"\x1a", b"\xef\xbb\xbf"])
def test_records_are_found_whatever_stands_between(between):
    first, second = cnmarc("甲"), cnmarc("乙")

    assert split(between + first + between + second + between) == [first[:-1], second[:-1]]


def test_record_without_its_end_comes_too():
    assert split(cnmarc("甲") + cnmarc("乙")[:-1]) == [cnmarc("甲")[:-1], cnmarc("乙")[:-1]]


def test_records_are_found_across_chunks(monkeypatch):
    monkeypatch.setattr(iso2709, "_CHUNK", 7)

    assert split(cnmarc("甲") + b"\r\n" + cnmarc("乙")) == [cnmarc("甲")[:-1], cnmarc("乙")[:-1]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_record_comes_back_byte_for_byte(encoding):
    raw = cnmarc("飞向月球𠀀", encoding=encoding, number="012", t905=[("b", "D040394-5"), ("d", "I287.45")])
    record, found = iso2709.decode(raw[:-1])

    assert found == encoding
    assert record["200"]["a"] == "飞向月球𠀀"
    assert iso2709.encode_checked(record, encoding=encoding, marc_format="cnmarc") == raw


def test_leader_that_lies_about_the_encoding_is_not_trusted():
    raw = marc_bytes(cnmarc_rows("红楼梦"), encoding="gb18030", leader="00000nam0a2200000   450 ")

    assert iso2709.decode(raw[:-1])[0]["200"]["a"] == "红楼梦"


def test_few_characters_that_might_be_either_are_read_as_the_file_is():
    """校 in GB18030 is У in UTF-8."""
    doubtful, clear = cnmarc("校", encoding="gb18030", t200=[("a", "校")]), cnmarc("红楼梦", encoding="gb18030")

    assert iso2709.usual_encoding(BytesIO(doubtful + clear)) == "gb18030"
    assert iso2709.usual_encoding(BytesIO(cnmarc("校"))) == "utf-8"
    assert iso2709.decode(doubtful[:-1])[0]["200"]["a"] == "У"
    assert iso2709.decode(doubtful[:-1], doubtful_as="gb18030")[0]["200"]["a"] == "校"
    assert iso2709.decode(cnmarc("校")[:-1], doubtful_as="gb18030")[0]["200"]["a"] == "校"


def test_lengths_left_from_another_encoding_are_passed_over():
    """Somebody turned a GB18030 file into UTF-8 with a text editor: no length in the directory is right any more."""
    raw = cnmarc("三国演义", encoding="gb18030", t606=[("a", "章回小说")]).decode("gb18030").encode()
    record, encoding = iso2709.decode(raw[:-1])

    assert encoding == "utf-8"
    assert (record["200"]["a"], record["606"]["a"]) == ("三国演义", "章回小说")


def test_directory_in_another_order_than_its_fields_is_followed():
    raw = b"00066nam0 2200049   450 " + b"101000800000200000500008" + b"\x1e" + b"  \x1fachi\x1e" + b"  \x1fa\x1e"

    assert [field.tag for field in iso2709.decode(raw)[0].fields] == ["101", "200"]
    turned = b"00066nam0 2200049   450 " + b"200000500008101000800000" + b"\x1e" + b"  \x1fachi\x1e" + b"  \x1fa\x1e"
    assert iso2709.decode(turned)[0]["101"]["a"] == "chi"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"01234nam", "leader_unreadable"),
        ("中".encode() * 20, "leader_unreadable"),
        (b"00100nam0 2200049   450 20000050000", "directory_missing"),
        (b"00100nam0 2200049   450 20000050000\x1eab\x1e", "directory_damaged"),
        (b"00026nam0 2200025   450 \x1e", "no_fields"),
        (cnmarc("甲")[:-9], "cut_off"),
        (cnmarc("甲").replace(b"chi" + b"\x1e", b"chi", 1)[:-1], "fields_missing"),
        (cnmarc("甲甲").replace("甲甲".encode(), b"\xff\xff\xff\xff\xff\xff")[:-1], "characters_unreadable"),
    ],
)
def test_broken_record_says_why(raw, code):
    with pytest.raises(MarcProblem) as problem:
        iso2709.decode(raw)
    assert problem.value.code == code


def test_fields_that_are_too_long_are_refused():
    long = make_record("00000nam0 2200000   450 ", [["330", "  ", [["a", "长" * 4000]]]])
    with pytest.raises(MarcProblem) as problem:
        iso2709.encode(long, encoding="utf-8", marc_format="cnmarc")
    assert problem.value.code == "field_too_long"

    many = make_record("00000nam0 2200000   450 ", [["330", "  ", [["a", "长" * 3000]]]] * 12)
    with pytest.raises(MarcProblem) as problem:
        iso2709.encode(many, encoding="utf-8", marc_format="cnmarc")
    assert problem.value.code == "record_too_long"


def test_sign_that_would_break_a_record_is_noticed_when_read_back():
    record = make_record("00000nam0 2200000   450 ", [["200", "1 ", [["a", "甲\x1e乙"]]]])
    with pytest.raises(MarcProblem):
        iso2709.encode_checked(record, encoding="utf-8", marc_format="cnmarc")


def test_field_without_indicators_keeps_its_text():
    raw = b"00040nam0 2200037   450 " + b"300000600000" + b"\x1e" + b"hello\x1e"

    assert field_rows(iso2709.decode(raw)[0]) == [["300", "he", [["a", "llo"]]]]
