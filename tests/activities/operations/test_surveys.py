"""Surveys: made, published, answered once by each and by nobody in particular, closed for good."""

from datetime import timedelta

import pghistory.models
import pytest
from django.db import connection

from activities.models import Survey, SurveyAnswer, SurveyVoter
from activities.operations.survey_answers import answer_survey, key_in_sheet, take_sheet_back
from activities.operations.surveys import (
    add_question,
    close_survey,
    drop_question,
    drop_survey,
    lift_question,
    publish_survey,
    save_survey,
    withdraw_survey,
)
from library_site.shared.problems import Refused
from tests.factories.desk import NOON
from tests.factories.readers import make_reader
from tests.factories.site import make_user
from tests.factories.voice import make_survey

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = NOON.date()


def refused(act, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act(**kwargs)
    return [problem.code for problem in refusal.value.problems]


def given(survey, *values) -> dict[str, list[str]]:
    keys = survey.questions.order_by("position").values_list("pk", flat=True)
    return {str(key): [value] for key, value in zip(keys, values, strict=False)}


def answered(survey, reader, *values, today=TODAY):
    answer_survey(
        survey_id=survey.pk, reader_id=reader.pk, school_class=None, given=given(survey, *values), today=today
    )


def values(**fields):
    days = {"opens_on": TODAY, "closes_on": TODAY + timedelta(days=7)}
    return {"name": "调查", "introduction": "", "category": "", "shows_results": False, **days, **fields}


def test_survey_is_made_filled_and_published():
    user = make_user()
    survey = save_survey(survey_id=None, values=values(), by=user, today=TODAY)
    assert refused(publish_survey, survey_id=survey.pk, by=user, at=NOON, today=TODAY) == ["no_questions"]
    first = add_question(survey_id=survey.pk, kind="single", text="来吗", options=["来", " ", "不来"], by=user)
    second = add_question(survey_id=survey.pk, kind="text", text="为什么", options=["x"], by=user)
    assert (first.options, second.options) == (["来", "不来"], [])
    lift_question(survey_id=survey.pk, question_id=second.pk, by=user)
    assert list(survey.questions.order_by("position")) == [second, first]
    assert publish_survey(survey_id=survey.pk, by=user, at=NOON, today=TODAY).published_at == NOON
    assert pghistory.models.Context.objects.filter(metadata__act="publish_survey").exists()


def test_published_questions_stay_until_it_is_withdrawn_unanswered():
    user, survey = make_user(), make_survey()
    question = survey.questions.get()
    assert refused(drop_question, survey_id=survey.pk, question_id=question.pk, by=user) == ["is_published"]
    assert refused(drop_survey, survey_id=survey.pk, by=user) == ["is_published"]
    withdraw_survey(survey_id=survey.pk, by=user)
    drop_survey(survey_id=survey.pk, by=user)
    assert not Survey.objects.exists()


def test_answered_survey_is_not_withdrawn():
    survey = make_survey()
    answered(survey, make_reader(), "0")
    assert refused(withdraw_survey, survey_id=survey.pk, by=make_user()) == ["has_answers"]


def test_survey_that_is_over_is_not_opened_again():
    """Who answered is forgotten by then."""
    survey = make_survey(opens_on=TODAY - timedelta(days=9), closes_on=TODAY - timedelta(days=1))
    arguments = {"survey_id": survey.pk, "values": values(), "by": make_user(), "today": TODAY}
    assert refused(save_survey, **arguments) == ["is_over"]


def test_days_turned_round_are_refused():
    wrong = values(closes_on=TODAY - timedelta(days=1))
    assert refused(save_survey, survey_id=None, values=wrong, by=make_user(), today=TODAY) == ["dates"]


def test_answer_twice_is_refused_and_counted_once():
    survey, reader = make_survey(), make_reader()
    answered(survey, reader, "0")
    with pytest.raises(Refused) as refusal:
        answered(survey, reader, "1")
    assert [problem.code for problem in refusal.value.problems] == ["answered"]
    assert [row.answers for row in SurveyAnswer.objects.all()] == [{str(survey.questions.get().pk): 0}]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"published_at": None}, "not_open"),
        ({"closes_on": TODAY - timedelta(days=1)}, "not_open"),
        ({"opens_on": TODAY + timedelta(days=1)}, "not_open"),
        ({"closed_at": NOON}, "not_open"),
        ({"category": "teacher"}, "not_meant"),
    ],
)
def test_answer_out_of_time_or_audience_is_refused(fields, code):
    survey = make_survey(**fields)
    with pytest.raises(Refused) as refusal:
        answered(survey, make_reader(), "0")
    assert [problem.code for problem in refusal.value.problems] == [code]
    assert not SurveyVoter.objects.exists()


def test_empty_sheet_is_refused_and_leaves_the_reader_free():
    survey, reader = make_survey(), make_reader()
    with pytest.raises(Refused) as refusal:
        answered(survey, reader, "7")
    assert [problem.code for problem in refusal.value.problems] == ["nothing_answered"]
    answered(survey, reader, "0")
    assert SurveyAnswer.objects.count() == 1


def test_paper_is_keyed_in_until_it_is_closed_and_the_last_can_be_taken_back():
    survey = make_survey()
    after = survey.closes_on + timedelta(days=3)
    wrong = key_in_sheet(survey_id=survey.pk, given=given(survey, "0"), today=after)
    right = key_in_sheet(survey_id=survey.pk, given=given(survey, "1"), today=after)
    assert take_sheet_back(survey_id=survey.pk, key=wrong)
    assert list(SurveyAnswer.objects.values_list("pk", "is_paper")) == [(right, True)]
    close_survey(survey_id=survey.pk, by=make_user(), at=NOON)
    assert not take_sheet_back(survey_id=survey.pk, key=right)
    assert refused(key_in_sheet, survey_id=survey.pk, given=given(survey, "1"), today=after) == ["not_open"]


def test_answer_in_the_browser_cannot_be_taken_back_as_paper():
    survey = make_survey()
    answered(survey, make_reader(), "0")
    assert not take_sheet_back(survey_id=survey.pk, key=SurveyAnswer.objects.get().pk)


def test_closing_forgets_who_answered_and_keeps_the_answers():
    survey = make_survey()
    answered(survey, make_reader(), "0")
    for _time in range(2):
        close_survey(survey_id=survey.pk, by=make_user(), at=NOON)
    assert (SurveyVoter.objects.count(), SurveyAnswer.objects.count()) == (0, 1)


# Anonymity, proved as far as a database can be asked.


def test_answers_bear_nothing_that_leads_to_a_reader():
    columns = {field.name for field in SurveyAnswer._meta.concrete_fields}
    assert columns == {"key", "survey", "is_paper", "answers"}
    assert {field.name for field in SurveyVoter._meta.concrete_fields} == {"id", "survey", "reader"}


def test_answering_leaves_no_trace_in_the_memory_of_acts():
    survey = make_survey()
    before = pghistory.models.Context.objects.count()
    answered(survey, make_reader(), "0")
    assert pghistory.models.Context.objects.count() == before


def test_order_and_transaction_of_rows_do_not_tell_whose_answer_it_is():
    """What PostgreSQL keeps beside each row: where it lies, and which transaction wrote it."""
    survey = make_survey(("text", []))
    for number in range(24):
        answered(survey, make_reader(f"学生{number:02}"), f"{number:02}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text, key, answers FROM activities_surveyanswer ORDER BY ctid")
        answers = cursor.fetchall()
        cursor.execute("SELECT xmin::text FROM activities_surveyvoter")
        voters = {row[0] for row in cursor.fetchall()}
    assert len(voters) == 24
    assert len({row[0] for row in answers}) == 1  # all were written by the last of them
    assert [row[1] for row in answers] == sorted(row[1] for row in answers)  # they lie in the order of random keys
