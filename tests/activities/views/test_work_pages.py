"""The pages of works by keyboard and by ear, and which of them an activity's page offers to whom."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from activities.operations.paper_entries import bring_pictures
from library_site.models import Role
from readers.models import ClassTeacher
from tests.conventions.test_accessibility import faults
from tests.factories.activities import make_audience
from tests.factories.entries import agree, make_contest, make_entry, make_judge, make_prizes, make_result, make_score
from tests.factories.files import upload
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def school_class():
    make_school()
    today = timezone.localdate()
    year = today.year - (today.month < 9)
    make_school_year(year)
    return make_class(year - 2)


@pytest.fixture
def contest(school_class) -> Activity:
    today = timezone.localdate()
    return make_contest(starts_on=today - timedelta(days=9), ends_on=today + timedelta(days=5))


def test_every_page_of_works_can_be_used_by_keyboard_and_by_ear(client, contest, school_class):
    everyone = make_user(*Role.values)
    me = make_reader(school_class=school_class, account=everyone)
    judge = make_judge(contest, everyone)
    entry = make_entry(contest, make_reader(school_class=school_class), files=2, text="正文", name="题目")
    make_score(entry, judge, 80)
    bring_pictures(
        activity_id=contest.pk, class_id=school_class.pk, uploads=[upload(), upload()], by=everyone, at=timezone.now()
    )
    prize, _second = make_prizes(contest, 一等奖=1, 二等奖=None)
    make_result(prize, entry)
    make_result(prize, reader=me)
    agree(entry.reader)
    client.force_login(everyone)
    drafting = {
        "activities:activity": [], "entries:overview": [], "entries:tick": [school_class.pk],
        "entries:photos": [school_class.pk], "entries:all": [], "entries:of_many": [], "entries:own": [],
        "entries:work": [entry.number], "results:scores": [], "results:prizes": [], "results:people": [],
        "judging:judges": [], "judging:work": [entry.number],
    }  # fmt: skip

    found = {name: client.get(reverse(name, args=[contest.pk, *args])) for name, args in drafting.items()}
    contest.results_at = timezone.now()
    contest.save()
    for name in ("results:results", "results:board", "results:scores"):
        found[f"{name}, published"] = client.get(reverse(name, args=[contest.pk]))

    assert {name: answer.status_code for name, answer in found.items() if answer.status_code != 200} == {}
    assert {name: told for name, answer in found.items() if (told := faults(answer.content.decode()))} == {}


def offered(client, contest, account=None) -> list[str]:
    """Which of the ways into works an activity's page shows."""
    client.logout()
    if account is not None:
        client.force_login(account)
    page = client.get(reverse("activities:activity", args=[contest.pk])).content.decode()
    ways = ("entries:own", "entries:overview", "judging:start", "judging:judges", "results:scores")
    return [name for name in ways if f'"{reverse(name, args=[contest.pk])}"' in page]


def test_page_of_an_activity_offers_to_each_what_is_theirs(client, contest, school_class):
    pupil = make_reader(school_class=school_class, account=make_user(Role.STUDENT))
    class_teacher, judge = make_user(Role.TEACHER), make_judge(contest)
    ClassTeacher.objects.create(
        reader=make_reader(category="teacher"), school_class=make_class(2020), since=date(2020, 9, 1)
    )
    ClassTeacher.objects.create(
        reader=make_reader(category="teacher", account=class_teacher), school_class=school_class, since=date(2020, 9, 1)
    )

    assert offered(client, contest) == []
    assert offered(client, contest, pupil.account) == ["entries:own"]
    assert "entries:overview" in offered(client, contest, class_teacher)
    assert offered(client, contest, judge.account) == ["judging:start"]
    editing = ["entries:overview", "judging:judges", "results:scores"]
    assert offered(client, contest, make_user()) == editing


def test_pupil_who_is_not_meant_is_not_asked_to_write(client, contest, school_class):
    make_audience(contest, stage="primary", from_position=5, to_position=6)
    pupil = make_reader(school_class=school_class, account=make_user(Role.STUDENT))

    assert offered(client, contest, pupil.account) == []
