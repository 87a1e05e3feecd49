"""Looking up books at a real library server, and at servers that are not there."""

import json
import socket

import pytest
from django.core import signing

from catalog.queries.copy_cataloguing import SALT, look_up
from tests.factories.catalog import make_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_rests")]


@pytest.fixture
def marc21(library_server):
    return make_server(url=f"{library_server}marc21", position=1)


@pytest.fixture
def unimarc(library_server):
    return make_server(url=f"{library_server}unimarc", position=2)


def nobody(**fields):
    """A server at whose port nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return make_server(url=f"http://127.0.0.1:{port}/db", **fields)


def test_isbn_finds_the_one_record_in_marc21(marc21):
    found = look_up(isbn="9787534612343")

    (hit,) = found.hits
    assert hit.format == "marc21"
    assert hit.values["name"] == "草房子"
    assert (hit.values["author"], hit.values["publisher"], hit.values["published"]) == (
        "曹文轩",
        "江苏少年儿童出版社",
        "1997",
    )
    assert (hit.values["isbn"], hit.values["price"]) == ("9787534612343", "18.00")
    assert hit.values["clc_number"] == "I287.45"


def test_isbn_finds_the_one_record_in_unimarc(unimarc):
    (hit,) = look_up(isbn="9787534633331").hits

    assert hit.format == "cnmarc"
    assert (hit.values["name"], hit.values["price"]) == ("青铜葵花", "28.00")


def test_older_book_is_found_by_its_ten_digits(marc21):
    (hit,) = look_up(isbn="9780747532699").hits

    assert hit.values["name"] == "Harry Potter and the philosopher's stone"
    assert hit.values["isbn"] == "9780747532699"


def test_next_server_is_asked_where_the_first_has_nothing(marc21, unimarc):
    found = look_up(isbn="9787534633331")

    assert [hit.server for hit in found.hits] == [unimarc.name]
    assert found.failures == []


def test_first_server_with_a_record_wins(library_server, marc21):
    make_server(url=f"{library_server}marc21", position=0, name="first")

    assert {hit.server for hit in look_up(isbn="9787534612343").hits} == {"first"}


def test_title_finds_several(marc21):
    found = look_up(title="harry potter")

    assert found.total == 2
    assert len({hit.values["name"] for hit in found.hits}) == 2


def test_chinese_title_is_found(unimarc):
    assert [hit.values["name"] for hit in look_up(title="青铜葵花").hits] == ["青铜葵花"]


def test_title_is_asked_for_where_the_isbn_gives_nothing(marc21):
    assert look_up(isbn="9787115000019", title="草房子").hits[0].values["name"] == "草房子"


def test_record_comes_whole_in_its_token(marc21):
    (hit,) = look_up(isbn="9787534612343").hits

    whole = signing.loads(hit.token, salt=SALT)
    assert ["583", "  ", [["a", "kept though we have no field for it"]]] in whole["fields"]
    assert json.loads(hit.values_json)["name"] == "草房子"


def test_server_out_of_use_is_not_asked(library_server):
    make_server(url=f"{library_server}marc21", enabled=False)

    found = look_up(isbn="9787534612343")

    assert (found.hits, found.asked) == ([], 0)


def test_server_that_cannot_be_reached_is_named_and_the_next_one_asked(marc21):
    nobody(name="gone", position=0)

    found = look_up(isbn="9787534612343")

    assert len(found.hits) == 1
    assert [failure.server for failure in found.failures] == ["gone"]


def test_server_that_cannot_be_reached_rests_for_a_minute(db):
    nobody(name="gone")
    first, second = look_up(isbn="9787534612343"), look_up(isbn="9787534612343")

    assert first.failures[0].text != second.failures[0].text
    assert second.failures[0].server == "gone"


def test_refused_question_is_told_in_the_servers_words(library_server):
    make_server(url=f"{library_server}marc21", record_schema="no-such-schema")

    (failure,) = look_up(isbn="9787534612343").failures

    assert "no-such-schema" in failure.text


def test_nothing_found_is_no_failure(marc21):
    found = look_up(isbn="9787115000019")

    assert (found.hits, found.failures, found.asked) == ([], [], 1)
