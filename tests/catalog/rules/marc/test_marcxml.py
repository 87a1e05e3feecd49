"""MARCXML: read whatever its prefix, refused where it could harm, and back again."""

import pytest

from catalog.rules.marc import MarcProblem, marcxml
from catalog.rules.marc.records import field_rows, make_record
from tests.factories.marc import LEADER, cnmarc_rows

ROWS = cnmarc_rows("你好 <世界> & 朋友", number="1", t905=[("b", "007")])


def test_record_comes_back_as_it_was():
    raw = marcxml.encode_checked(make_record(LEADER, ROWS), marc_format="cnmarc")
    (record,) = marcxml.read_records(marcxml.BEGIN + raw + marcxml.END)

    assert field_rows(record) == ROWS
    assert marcxml.is_marcxml((marcxml.BEGIN + raw)[:200])


def test_record_of_any_prefix_and_encoding_is_read():
    text = (
        '<?xml version="1.0" encoding="GB18030"?><m:collection xmlns:m="http://www.loc.gov/MARC21/slim"><m:record>'
        '<m:leader>00000nam0 2200000   450 </m:leader><m:datafield tag="200" ind1="1" ind2=" ">'
        '<m:subfield code="a">红楼梦</m:subfield></m:datafield></m:record></m:collection>'
    )
    (record,) = marcxml.read_records(text.encode("gb18030"))

    assert field_rows(record) == [["200", "1 ", [["a", "红楼梦"]]]]


def test_rest_of_a_damaged_file_is_reported_with_its_line():
    good = marcxml.encode(make_record(LEADER, ROWS), marc_format="cnmarc")
    *records, problem = marcxml.read_records(marcxml.BEGIN + good + b"<record><leader>" + marcxml.END)

    assert len(records) == 1
    assert (problem.code, problem.params["line"]) == ("xml_damaged", 4)


@pytest.mark.parametrize("entity", ['<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">'])
def test_document_types_are_refused(entity):
    text = f"<!DOCTYPE collection [{entity}]><collection><record>&a;</record></collection>"
    (problem,) = marcxml.read_records(text.encode())

    assert problem.code == "xml_with_entities"


def test_record_whose_fields_make_no_sense_is_reported_and_the_rest_go_on():
    bad = b'<record><controlfield tag="200">x</controlfield></record><record></record>'
    good = marcxml.encode(make_record(LEADER, ROWS), marc_format="cnmarc")
    first, second, third = marcxml.read_records(marcxml.BEGIN + bad + good + marcxml.END)

    assert (first.code, second.code) == ("xml_field_damaged", "no_fields")
    assert field_rows(third) == ROWS


def test_signs_that_xml_has_no_room_for_are_left_out():
    raw = marcxml.encode_checked(make_record(LEADER, [["200", "1 ", [["a", "甲\x02乙"]]]]), marc_format="cnmarc")
    (record,) = marcxml.read_records(raw)

    assert isinstance(record, MarcProblem) or record["200"]["a"] == "甲乙"
