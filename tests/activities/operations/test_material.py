"""Requests for material: asked, answered with a list, set aside by the rules of lending, done."""

from datetime import timedelta

import pytest

from activities.models import MaterialItem, MaterialRequest
from activities.operations.material import (
    add_item,
    answer_request,
    ask_for_material,
    ask_set,
    drop_item,
    set_aside,
)
from circulation.models import ClassSet, Reservation
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan, make_opening_hours, make_policy
from tests.factories.desk import NOON
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.factories.voice import make_request

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def library():
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("teacher", max_loans=10, max_reservations=5)


@pytest.fixture
def teacher():
    return make_reader(category="teacher")


def refused(act, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act(**kwargs)
    return [problem.code for problem in refusal.value.problems]


def ask(reader, **fields):
    values = {"subject": "节气", "purpose": "lesson", "details": "", "needed_on": None, "by": None, "at": NOON}
    return ask_for_material(**{**values, **fields}, reader_id=reader.pk)


def answer(row, state, **fields):
    values = {"answer": "", "book_list_id": None, "shown": row.state, "by": make_user(), "at": NOON, **fields}
    return answer_request(request_id=row.pk, state=state, **values)


def aside(item, fetched=""):
    return set_aside(item_id=item.pk, fetched=fetched, by=make_user(), at=NOON, reference=current_reference())


def test_ask_keeps_the_category_of_the_day_and_no_account_of_the_reader(teacher):
    user = make_user("teacher")
    teacher.account = user
    teacher.save()
    row = ask(teacher, by=user, subject=" 节气 ")
    assert (row.subject, row.category, row.state, row.by) == ("节气", "teacher", "new", None)


@pytest.mark.parametrize(
    ("fields", "code"), [({"subject": " "}, "no_subject"), ({"needed_on": TODAY - timedelta(days=1)}, "past")]
)
def test_ask_for_nothing_or_for_yesterday_is_refused(teacher, fields, code):
    assert refused(ask, reader=teacher, **fields) == [code]


def test_eleventh_open_request_is_refused(teacher):
    for _number in range(10):
        make_request(reader=teacher)
    assert refused(ask, reader=teacher) == ["too_many_open"]


def test_list_holds_a_title_once_and_sources_in_words(teacher):
    row, title = make_request(reader=teacher), make_title("二十四节气")
    first = add_item(request_id=row.pk, title_id=title.pk)
    add_item(request_id=row.pk, title_id=None, words="《地理知识》2024年第3期")
    assert refused(add_item, request_id=row.pk, title_id=title.pk) == ["already_listed"]
    assert refused(add_item, request_id=row.pk, title_id=None, words=" ") == ["no_words"]
    drop_item(request_id=row.pk, item_id=first.pk)
    assert list(row.items.values_list("position", "words")) == [(2, "《地理知识》2024年第3期")]


def test_list_of_a_request_that_is_done_stays(teacher):
    row = make_request(reader=teacher, state="closed", answer="好")
    assert refused(add_item, request_id=row.pk, title_id=make_title().pk) == ["is_closed"]


def test_answer_needs_a_list_or_words(teacher):
    row = make_request(reader=teacher)
    assert refused(answer, row=row, state="answered") == ["nothing_found_yet"]
    assert refused(answer, row=row, state="declined") == ["say_so"]
    add_item(request_id=row.pk, title_id=make_title().pk)
    done = answer(row, "answered")
    assert (done.state, done.answered_at) == ("answered", NOON)
    later = answer(done, "closed", at=NOON + timedelta(days=1))
    assert later.answered_at == NOON  # when it was answered, not when it was put away


def test_answer_on_an_old_page_is_refused(teacher):
    row = make_request(reader=teacher, state="answered")
    assert refused(answer, row=row, state="closed", shown="new", answer="好") == ["changed_meanwhile"]


def test_copy_at_hand_is_set_aside_for_who_asked(teacher):
    copy = make_copy()
    item = add_item(request_id=make_request(reader=teacher).pk, title_id=copy.title_id)
    assert "copy_is_in" in refused(aside, item=item)
    turn = aside(item, fetched=copy.barcode)
    assert (turn.state, turn.copy, turn.reader) == ("ready", copy, teacher)
    assert MaterialItem.objects.get().reservation == turn


def test_title_that_is_out_is_waited_for_and_once_only(teacher):
    copy = make_copy()
    make_loan(copy=copy, reader=make_reader())
    item = add_item(request_id=make_request(reader=teacher).pk, title_id=copy.title_id)
    turn = aside(item)
    assert turn.state == "waiting"
    assert aside(item) == turn
    assert Reservation.objects.count() == 1


def test_nothing_is_set_aside_without_a_title_or_a_reader(teacher):
    words = add_item(request_id=make_request(reader=teacher).pk, title_id=None, words="期刊")
    assert refused(aside, item=words) == ["not_in_catalogue"]
    nobody = add_item(request_id=make_request().pk, title_id=make_copy().title_id)
    assert refused(aside, item=nobody) == ["no_reader"]


def test_class_set_is_asked_for_in_the_teachers_name(teacher):
    title = make_title()
    for _number in range(3):
        make_copy(title=title)
    item = add_item(request_id=make_request(reader=teacher).pk, title_id=title.pk)
    values = {
        "item_id": item.pk,
        "needed_on": TODAY,
        "school_class_id": None,
        "by": make_user(),
        "at": NOON,
        "reference": current_reference(),
    }
    assert refused(ask_set, wanted=9, **values) == ["too_many"]
    wish = ask_set(wanted=3, **values)
    assert (wish.teacher, wish.wanted) == (teacher, 3)
    item.refresh_from_db()
    assert item.class_set == wish
    assert (ClassSet.objects.count(), MaterialRequest.objects.count()) == (1, 1)
