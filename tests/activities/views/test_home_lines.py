"""What of reading activities stands on a member's first page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.models import Entry, Judge, Message, NewsItem, ReadingNote, Survey, SurveyVoter
from activities.views.home_lines import office_items
from readers.models import ClassTeacher
from tests.factories.activities import make_activity, make_audience, register_person
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
HOME = "home"
TODAY = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def october(time_machine):
    time_machine.move_to("2026-10-12T10:00:00+08:00", tick=False)
    make_school()
    make_school_year()


@pytest.fixture
def pupil(client):
    account = make_user("student")
    client.force_login(account)
    return make_reader("王小明", school_class=make_class(2024, 1), account=account)


def lines(client) -> list[tuple[str, str]]:
    return [(item.code, item.text) for item in client.get(reverse(HOME)).context["reading"].items]


def note(state: str, **fields: object) -> ReadingNote:
    common = {"category": "student", "written_on": TODAY, "source": "typed", "saved_at": timezone.now()}
    return ReadingNote.objects.create(state=state, **(common | fields))


def test_pupil_is_asked_to_register_until_it_is_done(client, pupil):
    activity = make_activity("朗诵比赛", registration="person", register_until=date(2026, 10, 15))
    assert lines(client) == [("register", "报名：朗诵比赛（截至10-15）")]

    register_person(activity, pupil, None)

    assert lines(client) == []


@pytest.mark.parametrize(
    "fields",
    [{"registration": "class"}, {"registration": "person", "register_until": date(2026, 10, 11)}, {"state": "draft"}],
    ids=["by class", "too late", "plan"],
)
def test_pupil_is_not_asked_where_nothing_can_be_done(client, pupil, fields):
    make_activity("朗诵比赛", **fields)

    assert lines(client) == []


def test_pupil_of_another_grade_is_not_asked(client, pupil):
    activity = make_activity("朗诵比赛", registration="person")
    make_audience(activity, stage="primary", from_position=6, to_position=6)

    assert lines(client) == []


def test_pupil_is_asked_for_a_work_until_it_is_handed_in(client, pupil):
    activity = make_activity("征文", takes_entries=True, entries_until=date(2026, 10, 20))
    assert [code for code, _text in lines(client)] == ["hand_in"]

    common = {"number": 1, "source": "paper", "state": "handed_in", "saved_at": timezone.now()}
    Entry.objects.create(activity=activity, reader=pupil, handed_in_at=timezone.now(), **common)

    assert lines(client) == []


def test_pupil_is_asked_for_a_survey_once_and_for_notes_given_back(client, pupil):
    survey = Survey.objects.create(name="借书问卷", opens_on=TODAY, closes_on=TODAY, published_at=timezone.now())
    note("returned", reader=pupil)
    assert [code for code, _text in lines(client)] == ["survey", "returned"]

    SurveyVoter.objects.create(survey=survey, reader=pupil)

    assert [code for code, _text in lines(client)] == ["returned"]


def test_class_teacher_sees_notes_of_the_own_class_to_mark(client):
    account = make_user("teacher")
    client.force_login(account)
    own, other = make_class(2024, 1), make_class(2024, 2)
    teacher = make_reader("张老师", category="teacher", account=account)
    ClassTeacher.objects.create(school_class=own, reader=teacher, since=date(2026, 9, 1))
    for school_class in (own, own, other):
        note("handed_in", school_class=school_class)

    assert ("to_mark", "有 2 篇读书笔记待批阅。") in lines(client)


def test_judge_sees_works_without_their_score_until_results_are_out(client):
    account = make_user("teacher")
    client.force_login(account)
    activity = make_activity("征文")
    judge = Judge.objects.create(activity=activity, account=account)
    common = {"activity": activity, "source": "paper", "state": "handed_in", "saved_at": timezone.now()}
    works = [Entry.objects.create(number=n, handed_in_at=timezone.now(), **common) for n in (1, 2)]
    assert [code for code, _text in lines(client)] == ["to_judge"]

    for work in works:
        judge.scores.create(entry=work, value=90, at=timezone.now())

    assert lines(client) == []


def test_librarian_sees_what_readers_wait_for_as_lines_of_the_day(rf):
    request = rf.get("/")
    request.user = make_user("librarian")
    assert office_items(request) == []

    Message.objects.create(category="student", text="请多买漫画", at=timezone.now())
    note("marked", shown="proposed")

    assert [item.code for item in office_items(request)] == ["messages", "proposed_notes"]
    assert office_items(request)[0].url == reverse("board:list")


def test_everybody_sees_news_and_what_is_on(client):
    NewsItem.objects.create(name="新书到馆", text="请来看书。", published_at=timezone.now())
    make_activity("朗诵比赛")
    for role in ("student", "teacher", "principal", "helper"):
        client.force_login(make_user(role))
        page = client.get(reverse(HOME)).content.decode()
        assert "新书到馆" in page
        assert "朗诵比赛" in page


def test_home_costs_a_constant_number_of_statements(client, pupil):
    counts = []
    for number in (1, 3):
        for _one in range(number):
            make_activity(registration="person")
            Survey.objects.create(
                name="问卷", opens_on=TODAY, closes_on=TODAY + timedelta(days=3), published_at=timezone.now()
            )
            note("returned", reader=pupil)
        client.get(reverse(HOME))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(HOME))
        counts.append(len(captured))

    assert counts[0] == counts[1]
