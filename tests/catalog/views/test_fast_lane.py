"""What each scan in the fast lane does: CAT-3."""

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Batch, Copy, MarcRecord, Title
from catalog.queries.copy_cataloguing import SALT
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import lend
from tests.factories.marc import cnmarc_rows
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ISBN, UNKNOWN = "9787544270878", "9787020002207"


class LaneClient:
    """Posts what the page posts, and keeps how the last answer left it."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)
        self.fields = {"location": make_location().pk, "source": "donation"}
        self.title = self.label = self.last = ""
        self.draft = {}

    def post(self, name, **fields):
        draft = {"draft": "on", **{f"draft-{key}": value for key, value in self.draft.items()}} if self.draft else {}
        standing = {"title": self.title or "", "label": self.label, "last": self.last or "", **draft}
        values = {"scan_id": uuid4(), **self.fields, **standing, **fields}
        response = self.client.post(reverse(f"fast_lane:{name}"), values)
        answer = SimpleNamespace(status=response.status_code, **json.loads(response.content))
        if response.status_code == 200:
            self.take(answer)
        return answer

    def take(self, answer):
        self.label, self.last = answer.label, answer.last or self.last
        if answer.book is not None:
            self.title = answer.title
            self.draft = {"isbn": ""} if 'id="draft"' in answer.book else {}

    def scan(self, code, **fields):
        return self.post("scan", code=code, **fields)


@pytest.fixture
def librarian():
    make_school()
    return make_user()


@pytest.fixture
def lane(librarian):
    return LaneClient(librarian)


@pytest.fixture
def charlotte():
    return make_title("夏洛的网", isbn=ISBN, price="26.00")


def barcodes(**where):
    return sorted(Copy.objects.filter(**where).values_list("barcode", flat=True))


def test_known_isbn_and_label_make_a_copy_where_the_lane_leads(lane, charlotte):
    batch = Batch.objects.create(name="回溯建库")
    lane.fields |= {"batch": batch.pk, "acquired_on": "2020-09-01"}
    assert lane.scan(ISBN).tone == "opened"

    answer = lane.scan("A0000001")

    copy = Copy.objects.get()
    assert (answer.tone, answer.title, answer.last, answer.count) == ("added", None, charlotte.pk, 1)
    assert (copy.title, copy.barcode, copy.batch, copy.source) == (charlotte, "A0000001", batch, "donation")
    assert (str(copy.price), str(copy.acquired_on)) == ("26.00", "2020-09-01")
    assert copy.barcode_label_at is not None


def test_several_copies_take_label_after_label(lane, charlotte):
    lane.fields["several"] = "on"
    lane.scan(ISBN)

    assert [lane.scan(f"A000000{number}").tone for number in (1, 2, 3)] == ["added"] * 3
    assert barcodes(title=charlotte) == ["A0000001", "A0000002", "A0000003"]


def test_label_alone_waits_and_offers_the_last_title(lane, charlotte):
    lane.scan(ISBN)
    lane.scan("A0000001")

    waits = lane.scan("A0000002")
    assert (waits.tone, waits.label) == ("notice", "A0000002")
    assert "夏洛的网" in waits.answer
    assert lane.post("open", chosen=charlotte.pk).tone == "added"
    assert barcodes(title=charlotte) == ["A0000001", "A0000002"]


def test_new_title_is_written_with_its_label_and_not_before(lane):
    lane.scan(UNKNOWN)
    assert not Title.objects.exists()
    lane.draft = {"isbn": UNKNOWN, "name": "三国演义", "author": "罗贯中", "price": "￥39.50", "clc_number": "I242.4"}

    answer = lane.scan("A0000001")

    title = Title.objects.get()
    assert answer.tone == "added"
    assert (title.name, title.isbn, str(title.price), title.clc_number) == ("三国演义", UNKNOWN, "39.50", "I242.4")
    assert title.book_number
    assert str(Copy.objects.get().price) == "39.50"


def test_title_without_a_name_is_refused_and_its_label_waits(lane):
    lane.scan(UNKNOWN)
    lane.draft = {"isbn": UNKNOWN}

    answer = lane.scan("A0000001")

    assert (answer.tone, answer.label, answer.book) == ("refused", "A0000001", None)
    assert not Title.objects.exists()


def test_price_that_cannot_be_read_is_told_and_nothing_is_lost(lane):
    lane.draft = {"isbn": UNKNOWN, "name": "三国演义", "price": "三十"}

    answer = lane.scan("A0000001")

    assert answer.status == 400
    assert not Title.objects.exists()


def test_next_isbn_does_not_drop_a_title_half_typed(lane, charlotte):
    lane.draft = {"isbn": UNKNOWN, "name": "三国演义"}

    answer = lane.scan(ISBN)

    assert (answer.tone, answer.book) == ("refused", None)
    assert "三国演义" in answer.answer


def test_isbn_of_the_book_whose_title_was_typed_joins_it(lane):
    lane.draft = {"isbn": "", "name": "三国演义"}

    answer = lane.scan(UNKNOWN)

    assert answer.tone == "opened"
    assert UNKNOWN in answer.book


def test_isbn_that_several_titles_share_is_asked_about(lane, charlotte):
    other = make_title("夏洛的网（注音版）", isbn=ISBN)

    asked = lane.scan(ISBN)

    assert asked.tone == "notice"
    assert 'data-key="2"' in asked.answer
    assert lane.post("open", chosen=other.pk).title == other.pk


def test_volume_of_a_set_is_proposed_and_priced(lane):
    title = make_title("三国演义", isbn=UNKNOWN, volumes=2, price="79.01")
    make_copy(title=title, volume="上")

    assert 'value="2"' in lane.scan(UNKNOWN).book
    lane.scan("A0000001", volume="2")

    copy = Copy.objects.get(barcode="A0000001")
    assert (copy.volume, str(copy.price)) == ("2", "39.51")


@pytest.mark.parametrize("code", ["A0000001", "OLD1", "C001"])
def test_number_of_anything_else_is_refused_and_the_book_stays_open(lane, charlotte, code):
    copy = make_copy("A0000001", title=make_title("三国演义"))
    copy.former_barcodes.create(barcode="OLD1")
    make_reader(card="C001")
    lane.scan(ISBN)

    answer = lane.scan(code)

    assert (answer.tone, answer.book) == ("refused", None)
    assert barcodes(title=charlotte) == []
    assert lane.scan("A0000002").tone == "added"


def test_label_that_is_in_the_catalogue_opens_its_title_by_one_key(lane, charlotte):
    make_copy("A0000001", title=charlotte)

    answer = lane.scan("A0000001")

    assert (answer.tone, answer.label) == ("notice", "")
    assert lane.post("open", chosen=charlotte.pk).title == charlotte.pk


def test_isbn_with_a_wrong_digit_becomes_no_label(lane, charlotte):
    lane.scan(ISBN)

    assert lane.scan("9787544270879").tone == "refused"
    assert not Copy.objects.exists()


def test_scan_sent_again_enters_once_and_is_answered_the_same(lane, charlotte):
    lane.scan(ISBN)
    sent, title = uuid4(), lane.title

    first = lane.scan("A0000001", scan_id=sent)
    second = lane.scan("A0000001", scan_id=sent, title=title)

    assert (first.tone, second.tone, second.count) == ("added", "added", 1)
    assert first.line == second.line
    assert barcodes() == ["A0000001"]


def test_new_title_sent_again_under_another_id_makes_no_second_title(lane):
    lane.draft = {"isbn": "", "name": "三国演义"}
    draft = dict(lane.draft)
    lane.scan("A0000001")
    lane.draft = draft

    assert lane.scan("A0000001").tone == "refused"
    assert Title.objects.count() == Copy.objects.count() == 1


def test_undo_takes_the_copy_and_the_title_made_for_it(lane, charlotte):
    lane.draft = {"isbn": UNKNOWN, "name": "三国演义"}
    lane.scan("A0000001")

    answer = lane.post("undo")

    assert (answer.tone, answer.count) == ("notice", 0)
    assert not Copy.objects.exists()
    assert list(Title.objects.all()) == [charlotte]
    assert lane.post("undo").tone == "notice"  # there is nothing more


def test_undo_sent_again_undoes_one_only(lane, charlotte):
    lane.fields["several"] = "on"
    lane.scan(ISBN)
    lane.scan("A0000001")
    lane.scan("A0000002")
    sent = uuid4()

    lane.post("undo", scan_id=sent)
    lane.post("undo", scan_id=sent)

    assert barcodes() == ["A0000001"]


def test_undo_is_refused_once_the_book_was_lent(lane, librarian, charlotte):
    make_school_year(2026)
    make_opening_hours()
    make_policy("student")
    lane.scan(ISBN)
    lane.scan("A0000001")
    lend(Copy.objects.get(), make_reader(), librarian)

    assert lane.post("undo").tone == "refused"
    assert barcodes() == ["A0000001"]


def test_typed_words_offer_titles_and_a_new_one(lane, charlotte):
    from catalog.operations.search_index import index_titles

    index_titles()

    held = lane.scan("夏洛", typed="on")
    assert "夏洛的网" in held.answer
    assert 'data-field-name="夏洛"' in held.answer
    new = lane.scan("三国演义", typed="on")
    assert 'value="三国演义"' in new.book


def test_place_that_is_gone_is_told(lane, charlotte):
    lane.scan(ISBN)

    assert lane.scan("A0000001", location=999_999).status == 400
    assert not Copy.objects.exists()


def test_page_shows_the_last_ten_of_this_login_only(lane, librarian, charlotte):
    lane.fields["several"] = "on"
    lane.scan(ISBN)
    for number in range(12):
        lane.scan(f"A00000{number:02d}")

    page = lane.client.get(reverse("fast_lane:page"))
    assert [copy.barcode for copy in page.context["copies"]] == [f"A00000{number:02d}" for number in range(11, 1, -1)]
    assert page.context["count"] == 12
    assert LaneClient(librarian).client.get(reverse("fast_lane:page")).context["copies"] == []


def test_statements_of_a_book_are_few_and_constant(lane, charlotte):
    def statements(code) -> int:
        with CaptureQueriesContext(connection) as captured:
            lane.scan(code)
        return len([query for query in captured if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT"))])

    lane.scan(ISBN)
    lane.scan("A0000000")  # fills what a process keeps
    counts = [(statements(ISBN), statements(f"A000000{number}")) for number in (1, 2, 3)]

    assert len(set(counts)) == 1
    by_isbn, by_label = counts[0]
    assert by_isbn <= 8
    assert by_label <= 14


def test_record_of_another_library_is_kept_with_the_title_and_goes_with_it(lane, librarian):
    marked = {"format": "cnmarc", "leader": " " * 24, "fields": cnmarc_rows("草房子")}
    record = signing.dumps(marked, salt=SALT, compress=True)
    lane.draft = {"isbn": "", "name": "草房子（插图本）", "record": record}

    lane.scan("A0000001")

    title = Title.objects.get()
    assert title.name == "草房子（插图本）"  # what was typed goes before what was copied
    assert title.language == "chi"
    assert MarcRecord.objects.get().title == title
    lane.post("undo")
    assert not Title.objects.exists()


def test_record_that_is_none_of_ours_is_left_out(lane):
    lane.draft = {"isbn": "", "name": "草房子", "record": "forged"}

    assert lane.scan("A0000001").tone == "added"
    assert not MarcRecord.objects.exists()
