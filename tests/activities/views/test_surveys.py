"""Pages of surveys: answered once, results only when nobody can answer any more, others' surveys do not exist."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.models import Survey, SurveyAnswer
from tests.factories.desk import NOON
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.factories.voice import make_survey

pytestmark = pytest.mark.django_db
MINE, LIST = reverse("surveys:mine"), reverse("surveys:list")


@pytest.fixture(autouse=True)
def school(time_machine):
    time_machine.move_to(NOON)
    make_school()
    make_school_year(2026)


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


def pupil(**fields):
    return make_reader(account=make_user("student"), **fields)


def page(client, address) -> str:
    return client.get(address).content.decode()


def at(name, survey, *more) -> str:
    return reverse(f"surveys:{name}", args=[survey.pk, *more])


def sheets(survey, *values):
    key = str(survey.questions.get().pk)
    for value in values:
        SurveyAnswer.objects.create(survey=survey, answers={key: value})


def test_pupil_answers_once_and_is_told_so_the_second_time():
    survey = make_survey()
    client = client_of(pupil().account)
    assert survey.name in page(client, MINE)
    field = f"q{survey.questions.get().pk}"
    client.post(at("answer", survey), {field: "1"})
    assert survey.name not in page(client, MINE)
    again = client.post(at("answer", survey), {field: "0"}, follow=True).content.decode()
    assert "answered this survey already" in again
    assert survey.answers.get().answers == {field[1:]: 1}


def test_empty_sheet_comes_back_with_its_reason():
    survey = make_survey()
    answer = client_of(pupil().account).post(at("answer", survey), {})
    assert answer.status_code == 422
    assert "Answer at least one question." in answer.content.decode()


@pytest.mark.parametrize("fields", [{"category": "teacher"}, {"published_at": None}, {"stage": "junior"}])
def test_survey_for_others_does_not_exist(fields):
    survey = make_survey(**fields)
    client = client_of(pupil(school_class=make_class()).account)
    assert survey.name not in page(client, MINE)
    assert client.get(at("answer", survey)).status_code == 404
    assert client.post(at("answer", survey), {}).status_code == 404


def test_results_are_hidden_from_everybody_while_somebody_can_answer():
    survey = make_survey()
    sheets(survey, 0, 0, 0, 1)
    librarian = client_of(make_user())
    assert "Chosen by" not in page(librarian, at("survey", survey))
    export = b"".join(librarian.get(at("export", survey), {"as": "csv"}).streaming_content).decode()
    assert len(export.splitlines()) == 1
    Survey.objects.update(closed_at=timezone.now())
    assert "75.00%" in page(librarian, at("survey", survey))
    assert "75.00%" in page(client_of(make_user("principal")), at("survey", survey))


def test_too_few_answers_are_not_shown():
    survey = make_survey(closed_at=NOON)
    sheets(survey, 0, 0)
    assert "fewer than 3" in page(client_of(make_user()), at("survey", survey))


def test_readers_see_results_that_are_shown_but_nobodys_words():
    survey = make_survey(("text", []), closed_at=NOON, shows_results=True)
    other = make_survey(closed_at=NOON)
    sheets(survey, "我是王小明", "好", "好")
    client = client_of(pupil().account)
    assert "王小明" not in page(client, at("told", survey))
    assert client.get(at("told", other)).status_code == 404
    assert "王小明" in page(client_of(make_user()), at("survey", survey))


def test_survey_is_made_in_the_browser():
    client = client_of(make_user())
    made = client.post(
        reverse("surveys:new"), {"name": "调查", "opens_on": "2026-10-12", "closes_on": "2026-10-20", "category": ""}
    )
    survey = Survey.objects.get()
    assert made.headers["Location"] == at("survey", survey)
    wrong = client.post(at("question", survey), {"kind": "single", "text": "来吗", "options": "来"})
    assert wrong.status_code == 422
    client.post(at("question", survey), {"kind": "single", "text": "来吗", "options": "来\r\n不来"})
    client.post(at("change", survey, "publish"))
    survey.refresh_from_db()
    assert survey.published_at is not None
    assert "来吗" in page(client, at("sheet", survey))
    refused = client.post(at("question", survey), {"kind": "text", "text": "还有吗"})
    assert refused.status_code == 422


def test_principal_reads_and_changes_nothing():
    survey = make_survey()
    client = client_of(make_user("principal"))
    assert client.get(LIST).status_code == 200
    assert "Close for good" not in page(client, at("survey", survey))
    assert client.post(at("change", survey, "close")).status_code == 403
    assert client.get(at("paper", survey)).status_code == 403


def test_paper_is_keyed_in_sheet_after_sheet_and_the_last_taken_back():
    survey = make_survey()
    client, field = client_of(make_user()), f"q{survey.questions.get().pk}"
    for value in "01":
        client.post(at("paper", survey), {field: value})
    assert "2 sheets keyed in" in page(client, at("paper", survey))
    client.post(at("paper_back", survey))
    client.post(at("paper_back", survey))
    assert [row.answers for row in survey.answers.all()] == [{field[1:]: 0}]


@pytest.mark.parametrize("closed", [False, True])
def test_pages_ask_the_same_number_of_questions_for_one_and_three(closed):
    first = make_survey(closed_at=NOON if closed else None, shows_results=True)
    both = make_reader(account=make_user("librarian", "student"), school_class=make_class())
    client = client_of(both.account)

    def asked() -> list[int]:
        counts = []
        for address in (MINE, LIST, at("survey", first)):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    sheets(first, 0, 1, 1)
    one = asked()
    sheets(first, 0, 0)
    for _number in range(2):
        make_survey(closed_at=first.closed_at, shows_results=True)
    assert asked() == one
