"""Consents: what holds on a day, entering those of a class, and whose class that is."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Consent
from activities.operations.consents import record_consents
from activities.queries.consents import consents_of
from library_site.models import Role
from readers.models import ClassTeacher
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
WORKS = Consent.What.WORKS


@pytest.fixture(autouse=True)
def it_is_november(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))


@pytest.fixture
def school_class(db):
    make_school()
    make_school_year()
    return make_class()


@pytest.fixture
def pupils(school_class):
    return [make_reader(name, school_class=school_class) for name in ("张三", "李四", "王五")]


@pytest.fixture
def librarian(school_class):
    client = Client()
    client.user = make_user()
    client.force_login(client.user)
    return client


def teacher_of(school_class):
    client = Client()
    reader = make_reader("陈老师", category="teacher", account=make_user(Role.TEACHER))
    ClassTeacher.objects.create(reader=reader, school_class=school_class, since=date(2026, 9, 1))
    client.force_login(reader.account)
    return client


def page_of(school_class):
    return reverse("consents:of_class", args=[school_class.pk])


def send(client, school_class, ticked=(), was=(), **fields):
    def values(pairs):
        return [f"{reader.pk}-{what}" for reader, what in pairs]

    data = {"given_on": "2026-11-18", "ticked": values(ticked), "was": values(was), **fields}
    return client.post(page_of(school_class), data)


@pytest.mark.parametrize(
    ("given_on", "withdrawn_on", "holds"),
    [
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 21), None, False),
        (date(2026, 9, 1), date(2026, 11, 20), False),
        (date(2026, 9, 1), date(2026, 11, 21), True),
    ],
)
def test_consent_holds_from_its_day_until_it_is_withdrawn(pupils, given_on, withdrawn_on, holds):
    Consent.objects.create(reader=pupils[0], what=WORKS, given_on=given_on, withdrawn_on=withdrawn_on)
    asked = [row.pk for row in pupils]
    assert consents_of(asked, WORKS, TODAY) == ({pupils[0].pk} if holds else set())
    assert consents_of(asked, Consent.What.NAME, TODAY) == set()


def test_ticks_become_consents_with_the_day_of_the_papers(librarian, school_class, pupils):
    ticked = [(pupils[0], "works"), (pupils[0], "name"), (pupils[2], "works")]
    assert send(librarian, school_class, ticked=ticked, note="三(1)班资料盒").status_code == 302
    rows = list(Consent.objects.order_by("reader", "what").values_list("reader", "what", "given_on", "note"))
    kept = (date(2026, 11, 18), "三(1)班资料盒")
    assert rows == sorted((reader.pk, what, *kept) for reader, what in ticked)
    assert Consent.pgh_event_model.objects.filter(pgh_context__metadata__act="record_consents").count() == 3


def test_tick_taken_off_withdraws_from_today_on_and_leaves_the_paper_on_record(librarian, school_class, pupils):
    Consent.objects.create(reader=pupils[0], what=WORKS, given_on=date(2026, 9, 1))
    send(librarian, school_class, was=[(pupils[0], "works")])
    row = Consent.objects.get()
    assert (row.given_on, row.withdrawn_on) == (date(2026, 9, 1), TODAY)
    assert consents_of([pupils[0].pk], WORKS, TODAY) == set()
    send(librarian, school_class, ticked=[(pupils[0], "works")])
    assert consents_of([pupils[0].pk], WORKS, TODAY) == {pupils[0].pk}


def test_page_drawn_before_takes_nothing_back_that_others_entered(librarian, school_class, pupils):
    Consent.objects.create(reader=pupils[1], what=WORKS, given_on=date(2026, 9, 1))
    send(librarian, school_class, ticked=[(pupils[0], "works")])
    assert consents_of([row.pk for row in pupils], WORKS, TODAY) == {pupils[0].pk, pupils[1].pk}


def test_same_paper_entered_twice_is_one_consent(librarian, school_class, pupils):
    for _time in range(2):
        send(librarian, school_class, ticked=[(pupils[0], "works")])
    assert Consent.objects.count() == 1


def test_papers_of_a_day_to_come_are_refused_and_ticks_stay(librarian, school_class, pupils):
    answer = send(librarian, school_class, ticked=[(pupils[0], "works")], given_on="2026-11-21")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["given_on"]
    ticked = [value for _row, boxes in answer.context["rows"] for _kind, value, _held, ticked in boxes if ticked]
    assert ticked == [f"{pupils[0].pk}-works"]
    assert not Consent.objects.exists()


def test_pupil_of_another_class_cannot_be_ticked(school_class, pupils):
    client = teacher_of(school_class)
    stranger = make_reader("赵六", school_class=make_class(2024, 2))
    assert send(client, school_class, ticked=[(stranger, "works")]).status_code == 422
    assert not Consent.objects.exists()


def test_class_teacher_sees_the_own_class_only(school_class, pupils):
    other = make_class(2024, 2)
    make_reader("赵六", school_class=other)
    client = teacher_of(school_class)
    rows = client.get(reverse("consents:overview")).context["rows"]
    assert [row[0].pk for row in rows] == [school_class.pk]
    assert client.get(page_of(school_class)).status_code == 200
    assert client.get(page_of(other)).status_code == 404
    assert client.get(reverse("consents:paper", args=[other.pk])).status_code == 404
    assert send(client, other, ticked=[(pupils[0], "works")]).status_code == 404


@pytest.mark.parametrize("role", [Role.STUDENT, Role.PRINCIPAL, Role.HELPER, Role.CLASS_KEEPER])
def test_consents_are_nobody_elses_business(school_class, pupils, role):
    client = Client()
    client.force_login(make_user(role))
    for address in (reverse("consents:overview"), page_of(school_class)):
        assert client.get(address).status_code == 403


def test_overview_counts_and_names_nobody(librarian, school_class, pupils):
    for pupil in pupils[:2]:
        Consent.objects.create(reader=pupil, what=WORKS, given_on=date(2026, 9, 1))
    page = librarian.get(reverse("consents:overview"))
    assert [(pupils, counts) for _class, pupils, counts in page.context["rows"]] == [(3, [0, 2, 0])]
    assert "张三" not in page.content.decode()


def test_form_for_parents_has_a_paper_for_each_pupil_or_blank_ones(librarian, school_class, pupils):
    address = reverse("consents:paper", args=[school_class.pk])
    page = librarian.get(address).content.decode()
    assert page.count('class="consent-paper"') == 3
    assert all(row.name in page for row in pupils)
    blank = librarian.get(address, {"blank": "1"}).content.decode()
    assert blank.count('class="consent-paper"') == 2
    assert "张三" not in blank


def test_class_page_asks_as_often_for_three_pupils_as_for_one(librarian, school_class):
    def count():
        with CaptureQueriesContext(connection) as captured:
            assert librarian.get(page_of(school_class)).status_code == 200
        return len(captured)

    def pupil():
        Consent.objects.create(
            reader=make_reader(school_class=school_class), what=WORKS, given_on=date(2026, 9, 1)
        )  # fmt: skip

    pupil()
    count()
    one = count()
    pupil(), pupil()
    assert count() == one


def test_withdrawing_what_is_not_in_force_changes_nothing(school_class, pupils):
    changed = record_consents(
        given=[], withdrawn=[(pupils[0].pk, "works")], given_on=TODAY, today=TODAY, by=make_user()
    )
    assert changed == 0
