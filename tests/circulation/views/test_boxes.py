"""Pages of class boxes, and what they scan."""

import json
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circulation.models import Box, BoxStay, Loan
from circulation.models.loans import OPEN
from tests.factories.boxes import fill, lend_on
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box
from tests.factories.desk import lend
from tests.factories.readers import make_class, make_reader


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def post(client, name, **fields):
    values = {"scan_id": uuid4(), "at": "2026-10-12T04:20:00Z", "reader": "", **fields}
    response = client.post(reverse(f"boxes:{name}"), values)
    return SimpleNamespace(status=response.status_code, **json.loads(response.content))


@pytest.fixture
def box(library):
    return make_box("图书箱甲", school_class=library.school_class)


@pytest.fixture
def helper(library):
    return client_of(library.helper)


@pytest.fixture
def librarian(library):
    return client_of(library.librarian)


@pytest.mark.cases("CB-1")
def test_scan_puts_in_and_the_page_shows_it(helper, box):
    copy = make_copy("10000001")
    answer = post(helper, "scan", code="10000001", box=box.pk, way="in")
    assert (answer.tone, answer.say) == ("lent", "lent")
    assert copy.title.name in answer.pieces["box-books"]
    assert "<strong>1</strong> / 40" in answer.pieces["box-count"]
    again = post(helper, "scan", code="10000001", box=box.pk, way="in")
    assert again.tone == "notice"


@pytest.mark.cases("CB-4")
def test_scan_takes_back_and_says_what_is_missing(helper, library, box):
    first, second = make_copy("10000001"), make_copy("10000002")
    for copy in (first, second):
        fill(box, library.helper, copy)
    answer = post(helper, "scan", code="10000002", box=box.pk, way="back")
    assert answer.tone == "returned"
    assert first.title.name in answer.pieces["box-books"]
    assert second.title.name not in answer.pieces["box-books"]
    assert "还缺 <strong>1</strong> 册" in answer.pieces["box-count"]


@pytest.mark.cases("CB-4")
def test_book_that_was_not_of_this_box_is_taken_back_and_told(helper, library, box):
    copy = make_copy("10000001")
    lend(copy, make_reader(), library.helper)
    answer = post(helper, "scan", code="10000001", box=box.pk, way="back")
    assert answer.tone == "notice"
    assert not Loan.objects.filter(OPEN).exists()


def test_same_scan_sent_twice_answers_the_same(helper, box):
    make_copy("10000001")
    fields = {"code": "10000001", "box": box.pk, "way": "in", "scan_id": uuid4()}
    assert post(helper, "scan", **fields).tone == post(helper, "scan", **fields).tone == "lent"
    assert Loan.objects.count() == 1


@pytest.mark.parametrize("code", ["99999999", "9787020002207"])
def test_what_is_no_label_of_ours_is_refused(helper, box, code):
    assert post(helper, "scan", code=code, box=box.pk, way="in").tone == "refused"


@pytest.mark.cases("CB-3")
def test_librarian_puts_a_book_into_a_full_box_with_a_reason(librarian, helper, library):
    box = make_box(school_class=library.school_class, capacity=1)
    fill(box, library.helper)
    copy = make_copy("10000001")
    assert "desk-override" not in post(helper, "scan", code="10000001", box=box.pk, way="in").answer
    assert "desk-override" in post(librarian, "scan", code="10000001", box=box.pk, way="in").answer
    fields = {"copy": copy.pk, "box": box.pk, "overrides": "box_full", "reason": "薄书"}
    assert post(librarian, "put_in", **fields).tone == "lent"


@pytest.mark.cases("UN-1")
def test_undo_takes_the_book_out_again(helper, box):
    make_copy("10000001")
    post(helper, "scan", code="10000001", box=box.pk, way="in")
    answer = post(helper, "undo", box=box.pk, way="in")
    assert "<strong>0</strong> / 40" in answer.pieces["box-count"]
    assert not Loan.objects.filter(OPEN).exists()


def test_box_that_is_not_on_record_is_told(helper, box):
    make_copy("10000001")
    assert post(helper, "scan", code="10000001", box=999_999, way="in").status == 404


def test_box_is_made_given_kept_longer_and_ended_on_pages(librarian, library):
    made = librarian.post(reverse("boxes:new"), {"name": "图书箱一", "capacity": 30})
    box = Box.objects.get()
    page = reverse("boxes:box", args=[box.pk])
    assert made.headers["Location"] == page
    librarian.post(reverse("boxes:place", args=[box.pk]), {"school_class": library.school_class.pk})
    fill(box, library.helper)
    librarian.post(reverse("boxes:due", args=[box.pk]), {"due_on": "2026-12-01"})
    assert Loan.objects.get().due_on == date(2026, 12, 1)
    librarian.post(reverse("boxes:end", args=[box.pk]))
    assert BoxStay.objects.get().until is None
    librarian.post(reverse("boxes:end", args=[box.pk]), {"missing_is_known": "on"})
    assert BoxStay.objects.get().until == date(2026, 10, 12)
    assert Loan.objects.get().copy.title.name in librarian.get(page).content.decode()


@pytest.mark.parametrize(
    "values", [{"name": "", "capacity": 30}, {"name": "甲", "capacity": 0}, {"name": "甲", "capacity": 501}]
)
def test_bad_box_is_refused_at_the_field(librarian, values):
    assert librarian.post(reverse("boxes:new"), values).status_code == 422
    assert not Box.objects.exists()


def test_second_box_of_a_name_is_refused_at_the_field(librarian, box):
    page = librarian.post(reverse("boxes:new"), {"name": box.name, "capacity": 30})
    assert (page.status_code, Box.objects.count()) == (422, 1)


@pytest.mark.parametrize("day", ["2026-10-11", "", "morgen"])
def test_bad_day_for_a_box_changes_nothing(librarian, library, box, day):
    due_on = fill(box, library.helper).loan.due_on
    librarian.post(reverse("boxes:due", args=[box.pk]), {"due_on": day})
    assert Loan.objects.get().due_on == due_on


@pytest.mark.cases("CB-1")
def test_pile_for_a_class_opens_its_box_for_scans(helper, library):
    answer = helper.post(reverse("boxes:pile"), {"school_class": library.school_class.pk})
    box = Box.objects.get()
    assert answer.headers["Location"] == reverse("boxes:box", args=[box.pk])
    assert BoxStay.objects.get().school_class == library.school_class


@pytest.mark.cases("CB-5", "CB-11")
def test_swap_shows_what_it_means_and_does_it(librarian, library, box):
    other = make_class(2024, 2)
    second = make_box("图书箱乙", school_class=other)
    copy, pupil = make_copy(), make_reader("借书人", school_class=library.school_class)
    fill(box, library.helper, copy)
    lend_on(copy, pupil, library.school_class, library.helper)
    query = {"box": box.pk, "with": second.pk}
    page = librarian.get(reverse("boxes:swap"), query).content.decode()
    assert "借书人" in page
    plan = {
        f"from-{box.pk}": library.school_class.pk, f"to-{box.pk}": other.pk,
        f"from-{second.pk}": other.pk, f"to-{second.pk}": library.school_class.pk,
    }  # fmt: skip
    assert librarian.post(reverse("boxes:swap"), {**query, **plan}).status_code == 302
    assert BoxStay.objects.get(box=box, until=None).school_class == other
    assert librarian.post(reverse("boxes:swap"), {**query, **plan}).status_code == 200
    assert BoxStay.objects.get(box=box, until=None).school_class == other


@pytest.mark.cases("CB-6")
def test_rotation_is_a_plan_first(librarian, library):
    classes = [make_class(2024, number) for number in (1, 2, 3)]
    boxes = [make_box(school_class=one) for one in classes]
    plan = librarian.get(reverse("boxes:rotate")).context["steps"]
    assert [(step.from_class, step.to_class) for step in plan] == [
        (classes[place].pk, classes[(place + 1) % 3].pk) for place in range(3)
    ]
    posted = {f"from-{step.box_id}": step.from_class for step in plan}
    posted |= {f"to-{step.box_id}": step.to_class for step in plan}
    librarian.post(reverse("boxes:rotate"), posted)
    standing = {stay.box_id: stay.school_class_id for stay in BoxStay.objects.filter(until=None)}
    assert standing == {box.pk: classes[(place + 1) % 3].pk for place, box in enumerate(boxes)}


@pytest.mark.parametrize("name", ["boxes", "rotate", "contents"])
def test_lists_ask_as_much_for_one_box_as_for_three(librarian, library, name):
    address = reverse(f"boxes:{name}")
    counts = []
    for number in (1, 2, 3):
        box = make_box(school_class=make_class(2024, number))
        for _copy in range(number):
            fill(box, library.helper)
        librarian.get(address)
        with CaptureQueriesContext(connection) as captured:
            librarian.get(address)
        counts.append(len(captured))
    assert len(set(counts)) == 1


def test_statements_of_a_scan_are_few_however_much_is_in_the_box(helper, library, box, django_assert_max_num_queries):
    for _number in range(20):
        fill(box, library.helper)
    make_copy("10000001")
    helper.get(reverse("boxes:box", args=[box.pk]))
    with django_assert_max_num_queries(24):  # BEGIN and COMMIT among them
        assert post(helper, "scan", code="10000001", box=box.pk, way="in").tone == "lent"


def test_history_names_the_classes_as_they_were_called(librarian, library, box):
    page = librarian.get(reverse("boxes:history", args=[box.pk]))
    assert [name for _stay, name in page.context["rows"]] == ["三(1)班"]


def test_contents_are_printed_a_box_a_page(librarian, library, box):
    copy = fill(box, library.helper).loan.copy
    page = librarian.get(reverse("boxes:contents"), {"box": box.pk}).content.decode()
    assert copy.title.name in page
    assert copy.barcode in page


def test_helper_makes_and_moves_no_boxes(helper, box):
    for name in ("new", "swap", "rotate"):
        assert helper.get(reverse(f"boxes:{name}")).status_code == 403


@pytest.mark.cases("CB-4")
def test_missing_book_of_a_box_is_reported_lost(librarian, helper, library, box):
    loan = fill(box, library.helper).loan
    address = reverse("charges:lost", args=[loan.pk])
    page = reverse("boxes:box", args=[box.pk])
    assert address in librarian.get(page, {"way": "back"}).content.decode()
    assert address not in helper.get(page, {"way": "back"}).content.decode()
    assert librarian.post(address, {"scan_id": uuid4(), "amount": "0"}).status_code == 302
    loan.refresh_from_db()
    assert loan.returned_at is not None
    assert librarian.get(page, {"way": "back"}).context["lines"] == []
