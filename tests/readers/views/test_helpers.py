"""The pages about helpers, as each role meets them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library_site.models import Role
from readers.models import (
    Appointment,
    CommendationChoice,
    Duty,
    DutyChange,
    DutyPeriod,
    DutyShift,
    Grade,
    HelperOptions,
    TrainingItem,
    TrainingTick,
)
from tests.factories.desk import NOON
from tests.factories.helpers import MONDAY, make_appointment, make_duty, make_period, make_semester, make_shift
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def it_is_noon(time_machine):
    time_machine.move_to(NOON)


@pytest.fixture
def semester(db):
    make_school()
    return make_semester()


def signed_in(*roles, **fields):
    client = Client()
    client.user = make_user(*roles, **fields)
    client.force_login(client.user)
    return client


@pytest.fixture
def librarian(semester):
    return signed_in(Role.LIBRARIAN)


def texts(answer):
    return [str(message) for message in answer.context["messages"]]


PAGES = ["overview", "choose", "proposals", "training", "roster", "wall", "service", "commendation", "certificates"]


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_as_often_for_three_helpers_as_for_one(name, librarian):
    item, client = TrainingItem.objects.create(name="上架", position=1), librarian

    def add():
        appointment = make_appointment()
        make_duty(appointment)
        make_shift(appointment, NOON, NOON + timedelta(hours=20))
        TrainingTick.objects.create(item=item, reader=appointment.reader, on=MONDAY, by=client.user)

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"helpers:{name}")).status_code == 200
        return len(captured)

    add()
    count()
    once = count()
    add()
    add()
    assert count() == once


def test_appointing_from_the_page_of_a_class(librarian):
    school_class = make_class()
    pupils = [make_reader(school_class=school_class) for _ in range(4)]
    address = reverse("helpers:choose", query={"class": school_class.pk})

    refused = librarian.post(address, {"helpers": [row.pk for row in pupils[:3]]})
    assert [problem.code for problem in refused.context["problems"]] == ["class_full"]
    assert (refused.status_code, refused.content.count(b" checked")) == (422, 3)
    librarian.post(address, {"helpers": [pupils[0].pk, pupils[1].pk], "keepers": pupils[2].pk})

    kinds = dict(Appointment.objects.values_list("reader", "kind"))
    assert kinds == {pupils[0].pk: "helper", pupils[1].pk: "helper", pupils[2].pk: "class_keeper"}


def test_pupils_of_another_class_cannot_be_slipped_in(librarian):
    address = reverse("helpers:choose", query={"class": make_class().pk})
    librarian.post(address, {"helpers": make_reader(school_class=make_class(2023)).pk})
    assert not Appointment.objects.exists()


def test_class_that_is_not_there_is_not_found(librarian):
    assert librarian.get(reverse("helpers:choose", query={"class": 999})).status_code == 404
    assert librarian.get(reverse("helpers:overview", query={"semester": 999})).status_code == 404


def test_those_of_last_semester_are_offered_and_appointed_at_once(librarian):
    second = make_semester(2)
    make_appointment()
    assert librarian.get(reverse("helpers:overview", query={"semester": second.pk})).context["again"] == 1
    librarian.post(reverse("helpers:again"), {"semester": second.pk})
    assert Appointment.objects.filter(semester=second).count() == 1


def test_proposal_list_has_a_line_for_every_open_place_of_the_grades_asked(librarian):
    grade = Grade.objects.get(stage="primary", position=3)
    HelperOptions.objects.create(pk=1, per_class=3, from_grade=grade)
    asked, _young = make_class(2024), make_class(2025)
    make_appointment(school_class=asked)
    lines = librarian.get(reverse("helpers:proposals")).context["lines"]
    assert [(place.school_class.pk, len(open_places)) for place, open_places in lines] == [(asked.pk, 2)]


def test_roster_takes_and_refuses(librarian):
    appointment, period = make_appointment(), make_period()
    wanted = {"appointment": appointment.pk, "weekday": 0, "period": period.pk}
    librarian.post(reverse("helpers:add"), wanted)
    again = librarian.post(reverse("helpers:add"), wanted, follow=True)
    assert Duty.objects.count() == 1
    assert "午间" in texts(again)[0]
    librarian.post(reverse("helpers:remove", args=[Duty.objects.get().pk]))
    assert not Duty.objects.exists()


def test_swap_from_the_page(librarian):
    one, other = make_duty(), make_duty(weekday=1)
    wanted = {"one": one.pk, "one_on": "2026-10-12", "other": other.pk, "other_on": "2026-10-13"}
    librarian.post(reverse("helpers:swap"), wanted)
    assert DutyChange.objects.count() == 2
    page = librarian.get(reverse("helpers:roster"))
    assert [(row.name, row.instead_of) for row in page.context["expected"]] == [
        (other.appointment.reader.name, one.appointment.reader.name)
    ]


def test_card_signs_in_and_off(semester):
    helper = signed_in(Role.HELPER)
    make_appointment(make_reader("王小明", card="80000001"))
    for _ in range(2):
        answer = helper.post(reverse("helpers:clock"), {"code": "80000001"}, follow=True)
    assert texts(answer) == ["王小明已签退。"]
    assert DutyShift.objects.get().ended_at is not None


def test_unknown_card_and_who_does_not_serve_are_told(semester):
    helper = signed_in(Role.HELPER)
    make_reader(card="80000002")
    for code in ("1", "80000002"):
        assert texts(helper.post(reverse("helpers:clock"), {"code": code}, follow=True))
    assert not DutyShift.objects.exists()


def test_helper_sees_who_is_on_duty_and_no_hours_of_others(semester):
    appointment = make_appointment()
    make_shift(appointment, NOON - timedelta(hours=2), NOON - timedelta(hours=1))
    make_shift(appointment, NOON - timedelta(minutes=5))
    page = signed_in(Role.HELPER).get(reverse("helpers:service"))
    assert [row.reader for row in page.context["on_duty"]] == [appointment.reader]
    assert page.context["shifts"] == []
    assert len(signed_in(Role.PRINCIPAL).get(reverse("helpers:service")).context["shifts"]) == 2


def test_own_page_shows_ones_own_only(semester):
    helper = signed_in(Role.HELPER)
    mine = make_duty(make_appointment(make_reader(account=helper.user)))
    make_duty(weekday=3)
    make_shift(mine.appointment, NOON - timedelta(minutes=40), NOON)
    page = helper.get(reverse("helpers:own"))
    assert page.context["duties"] == [mine]
    assert page.context["hours"] == "0:40"


def test_own_page_of_a_shared_account_says_so(semester):
    page = signed_in(Role.HELPER).get(reverse("helpers:own"))
    assert page.context["reader"] is None


def test_hours_from_paper(librarian):
    appointment = make_appointment()
    wanted = {"appointment": appointment.pk, "day": "2026-10-09", "starts": "12:10", "ends": "12:50"}
    librarian.post(reverse("helpers:service_add"), wanted)
    assert DutyShift.objects.get().source == "hand"
    librarian.post(reverse("helpers:service_remove", args=[DutyShift.objects.get().pk]))
    assert not DutyShift.objects.exists()


def test_training_is_ticked_off(librarian):
    item, reader = TrainingItem.objects.create(name="上架", position=1), make_appointment().reader
    wanted = {"tick": f"{reader.pk}-{item.pk}", "on": "2099-01-01"}
    librarian.post(reverse("helpers:tick"), wanted)
    assert TrainingTick.objects.get().on == MONDAY


def test_commendation_by_reckoning_and_by_hand(librarian):
    HelperOptions.objects.create(pk=1, commend_minutes=60)
    diligent, other = make_appointment(), make_appointment()
    make_shift(diligent, NOON - timedelta(hours=2), NOON)

    def commended():
        page = librarian.get(reverse("helpers:certificates"))
        return {row.helper.appointment.pk for row in page.context["rows"]}

    assert commended() == {diligent.pk}
    librarian.post(reverse("helpers:commend", args=[other.pk]), {"choice": "yes", "reason": ""})
    assert commended() == {diligent.pk}
    librarian.post(reverse("helpers:commend", args=[other.pk]), {"choice": "yes", "reason": "坚持整架"})
    librarian.post(reverse("helpers:commend", args=[diligent.pk]), {"choice": "no", "reason": "已转学"})
    assert commended() == {other.pk}
    librarian.post(reverse("helpers:commend", args=[diligent.pk]), {"choice": "reckoned"})
    assert commended() == {diligent.pk, other.pk}
    assert CommendationChoice.objects.count() == 1


def test_options_are_kept(librarian):
    wanted = {"per_class": 3, "from_grade": "", "only_on_duty": "on", "hours": 8, "commend_acts": 20}
    librarian.post(reverse("helpers:options"), wanted)
    row = HelperOptions.objects.get()
    assert (row.per_class, row.only_on_duty, row.commend_minutes, row.commend_acts) == (3, True, 480, 20)


def test_period_with_a_name_that_is_taken_is_refused_at_the_field(librarian):
    make_period()
    page = librarian.post(reverse("helpers:period_new"), {"name": "午间", "starts": "13:00", "ends": "13:30"})
    assert page.context["form"].errors
    librarian.post(reverse("helpers:period_new"), {"name": "午后", "starts": "13:00", "ends": "13:30"})
    assert DutyPeriod.objects.count() == 2


@pytest.mark.parametrize("name", ["overview", "training", "commendation", "roster", "service"])
def test_principal_reads_and_finds_nothing_to_write_with(name, semester):
    make_duty()
    page = signed_in(Role.PRINCIPAL).get(reverse(f"helpers:{name}"))
    assert page.status_code == 200
    assert b'method="post" action="/helpers/' not in page.content


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.HELPER])
def test_empty_roster_sends_nobody_to_options_that_are_closed_to_them(role, semester):
    page = signed_in(role).get(reverse("helpers:roster"))
    assert page.status_code == 200
    assert reverse("helpers:options") not in page.content.decode()


def test_empty_roster_sends_the_librarian_to_the_options(librarian):
    assert (
        'btn-secondary" href="' + reverse("helpers:options")
        in librarian.get(reverse("helpers:roster")).content.decode()
    )
