"""Questions as addresses, answers as records: versions, packings and refusals as servers send them."""

from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest

from catalog.rules.marc import read_title
from catalog.rules.outside import OutsideProblem
from catalog.rules.sru import isbn_queries, read_reply, search_address, title_query

RECORD = (
    '<record xmlns="{namespace}"><leader>00000nam a2200000   4500</leader>'
    '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">{name}</subfield></datafield></record>'
)
MARCXML, XCHANGE = "http://www.loc.gov/MARC21/slim", "info:lc/xmlns/marcxchange-v2"
OLD, NEW = "http://www.loc.gov/zing/srw/", "http://docs.oasis-open.org/ns/search-ws/sruResponse"


def answer(*packed, namespace=OLD, total=None, after=""):
    entries = "".join(f"<z:record><z:recordData>{one}</z:recordData></z:record>" for one in packed)
    number = len(packed) if total is None else total
    return (
        f'<?xml version="1.0"?><z:searchRetrieveResponse xmlns:z="{namespace}">'
        f"<z:numberOfRecords>{number}</z:numberOfRecords><z:records>{entries}</z:records>{after}"
        "</z:searchRetrieveResponse>"
    ).encode()


def record(name="草房子", namespace=MARCXML):
    return RECORD.format(name=name, namespace=namespace)


def names(reply):
    return [read_title(record)["name"] for record in reply.records]


def code_of(data):
    with pytest.raises(OutsideProblem) as refused:
        read_reply(data)
    return refused.value.code


@pytest.mark.parametrize("namespace", [OLD, NEW])
@pytest.mark.parametrize("kind", [MARCXML, XCHANGE])
def test_records_are_read_in_every_version(namespace, kind):
    reply = read_reply(answer(record("草房子", kind), record("青铜葵花", kind), namespace=namespace, total=17))

    assert (names(reply), reply.total) == (["草房子", "青铜葵花"], 17)


def test_record_packed_as_text_is_read():
    assert names(read_reply(answer(escape(record())))) == ["草房子"]


def test_answer_in_gb18030_is_read():
    assert names(read_reply(answer(record()).decode().encode("gb18030"))) == ["草房子"]


def test_no_hits_are_no_problem():
    assert read_reply(answer()).total == 0


REFUSAL = (
    '<d:diagnostic xmlns:d="http://www.loc.gov/zing/srw/diagnostic/"><d:uri>info:srw/diagnostic/1/66</d:uri>'
    "<d:details>marcxml</d:details><d:message>Unknown schema</d:message></d:diagnostic>"
)


@pytest.mark.parametrize("data", [answer(REFUSAL), answer(after=f"<z:diagnostics>{REFUSAL}</z:diagnostics>")])
def test_refusal_comes_in_the_servers_words(data):
    with pytest.raises(OutsideProblem, match="diagnostic") as refused:
        read_reply(data)

    assert "Unknown schema · marcxml" in refused.value.text


def test_warning_beside_records_does_not_hide_them():
    assert names(read_reply(answer(record(), after=f"<z:diagnostics>{REFUSAL}</z:diagnostics>"))) == ["草房子"]


def test_what_is_no_marc_is_passed_over():
    dublin = "<dc><title>x</title></dc>"

    reply = read_reply(answer(dublin, escape("<record>"), record()))

    assert names(reply) == ["草房子"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body>Log in to the network</body></html>",
        b"not xml at all",
        b'<!DOCTYPE r [<!ENTITY a "aaaa">]>' + answer().split(b"?>")[1],
        answer(record())[:-20],
    ],
    ids=["empty", "a captive portal", "text", "a document type", "cut off"],
)
def test_what_is_no_answer_is_told(data):
    assert code_of(data) == "not_sru"


def test_document_type_in_a_packed_record_is_refused():
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa">]><record><controlfield tag="001">&a;</controlfield></record>'

    assert read_reply(answer(escape(bomb))).records == []


def test_address_keeps_what_the_server_needs_and_quotes_the_question():
    address = search_address(
        "http://example.edu:210/db?x-username=school", version="1.1", schema="marcxml", query='t="a b&c"', most=10
    )

    assert urlsplit(address).netloc == "example.edu:210"
    asked = parse_qs(urlsplit(address).query)
    assert asked["query"] == ['t="a b&c"']
    assert asked["x-username"] == ["school"]
    assert asked["operation"] == ["searchRetrieve"]


def test_version_2_has_no_operation():
    address = search_address("http://example.edu/", version="2.0", schema="", query="x", most=10)

    assert "operation" not in address
    assert "recordSchema" not in address


def test_isbn_is_asked_for_in_both_lengths():
    assert isbn_queries("bath.isbn", "9780747532699") == ["bath.isbn=9780747532699", "bath.isbn=0747532699"]
    assert isbn_queries("i", "9787115000019")[1] == "i=7115000018"


def test_chinese_isbn_is_asked_for_as_it_is_printed_too():
    assert isbn_queries("i", "9787503727900")[2:] == ['i="978-7-5037-2790-0"', 'i="7-5037-2790-X"']
    assert isbn_queries("i", "9787020024759")[2:] == ['i="978-7-02-002475-9"', 'i="7-02-002475-0"']


def test_isbn_of_other_groups_is_asked_for_in_digits():
    assert isbn_queries("i", "9791090636071") == ["i=9791090636071"]


def test_index_may_name_its_relation():
    assert isbn_queries("bib.isbn adj", "9791090636071") == ["bib.isbn adj 9791090636071"]
    assert title_query("bib.title all", "三国") == 'bib.title all "三国"'


def test_title_is_a_phrase_that_cannot_end_itself():
    assert title_query("dc.title", ' 三国 "演义" * ') == 'dc.title="三国 \\"演义\\" \\*"'
