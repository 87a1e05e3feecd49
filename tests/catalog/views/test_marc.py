"""The page that titles leave by as MARC records."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Batch, FormerBarcode
from catalog.operations.search_index import index_titles
from catalog.rules.marc import iso2709, marcxml
from library_site.models import Role
from tests.factories.catalog import make_copy, make_title
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
SHAPE = {"format": "cnmarc", "container": "iso", "encoding": "utf-8"}


@pytest.fixture
def client(db):
    make_school(name="实验小学")
    make_school_year()
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(), backend="library_site.authentication.AccountBackend")
    return client


def export(client, **fields):
    return client.post(reverse("marc:export"), {**SHAPE, **fields})


def names(answer):
    assert answer.status_code == 200, answer.content.decode()
    data = b"".join(answer.streaming_content)
    return [iso2709.decode(raw)[0]["200"]["a"] for raw in iso2709.split_records(BytesIO(data))]


def test_all_titles_leave_in_shelf_order(client):
    make_title("乙", clc_number="K1")
    make_title("甲", clc_number="I2")
    answer = export(client, what="all")

    assert answer.headers["Content-Type"] == "application/marc"
    assert "cnmarc.iso" in answer.headers["Content-Disposition"]
    assert names(answer) == ["甲", "乙"]


def test_marcxml_is_named_as_such(client):
    make_title("甲")
    answer = export(client, what="all", container="xml", format="marc21")

    assert answer.headers["Content-Type"] == "application/marcxml+xml"
    assert len(list(marcxml.read_records(b"".join(answer.streaming_content)))) == 1


def test_titles_of_a_batch(client):
    batch = Batch.objects.create(name="捐赠")
    make_copy("1", title=make_title("甲"), batch=batch)
    make_copy("2", title=make_title("乙"))

    assert names(export(client, what="batch", batch=batch.pk)) == ["甲"]


def test_titles_of_scanned_numbers_in_their_order(client):
    make_copy("A1", title=make_title("甲"), accession_number="L1")
    make_title("乙", isbn="9787532733415")
    FormerBarcode.objects.create(barcode="OLD", copy=make_copy("B1", title=make_title("丙")))

    assert names(export(client, what="list", numbers="old, 978-7-5327-3341-5\nL1 a1")) == ["丙", "乙", "甲"]


def test_numbers_that_nothing_bears_are_named(client):
    make_copy("A1")
    answer = export(client, what="list", numbers="A1 X9")

    assert answer.status_code == 422
    assert "Nothing bears these numbers: X9" in answer.content.decode()


def test_search_result_leaves_as_it_was_narrowed(client):
    titles = [make_title("草房子", language="chi"), make_title("草原", language="eng"), make_title("海")]
    index_titles([title.pk for title in titles])

    assert names(export(client, what="search", search="q=草&language=eng")) == ["草原"]
    page = client.get(reverse("catalog:search"), {"q": "草"}).content.decode()
    assert f"{reverse('marc:export')}?what=search&amp;search=q%3D" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"what": "batch"}, "Say which titles."),
        ({"what": "clc", "clc": "X99"}, "No title is meant by this."),
        ({"what": "list", "numbers": " ".join(map(str, range(2001)))}, "At most 2000 numbers at once."),
        ({"what": "all", "clc": "I2"}, "All titles, or only those you named below?"),
        ({"what": "nonsense"}, "Select a valid choice"),
    ],
)
def test_question_that_means_nothing_is_shown_at_the_form(client, fields, words):
    answer = export(client, **fields)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_titles_too_long_for_iso_are_named_with_the_way_out(client):
    make_title("大部头", summary="长" * 31_000)

    assert "Too long for ISO 2709, choose MARCXML: 大部头" in export(client, what="all").content.decode()
    assert export(client, what="all", container="xml").status_code == 200


def test_page_is_filled_in_by_the_address(client):
    batch = Batch.objects.create(name="捐赠")
    page = client.get(reverse("marc:export"), {"what": "batch", "batch": batch.pk}).content.decode()

    assert '<option value="batch" selected>' in page
    assert f'<option value="{batch.pk}" selected>' in page


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ADMINISTRATOR])
def test_others_may_not(client, role):
    client.force_login(make_user(role), backend="library_site.authentication.AccountBackend")

    assert client.get(reverse("marc:export")).status_code == 403
