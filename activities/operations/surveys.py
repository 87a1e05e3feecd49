"""Surveys as the librarian makes them: words, questions, published, closed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from activities.models import Survey, SurveyQuestion
from activities.rules.surveys import (
    DATES,
    HAS_ANSWERS,
    IS_OVER,
    IS_PUBLISHED,
    NO_QUESTIONS,
    Stage,
    question_problems,
    stage_of,
)
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Refused


def save_survey(*, survey_id: int | None, values: dict[str, Any], by: User, today: date) -> Survey:
    """Makes a survey or changes its words, audience and days; `values` are columns. Refused: over, days turned round.

    Whoever answered is forgotten once a survey is over: it cannot be opened again, else people would answer twice.
    """
    if values["closes_on"] < values["opens_on"]:
        raise Refused([DATES])
    with act("save_survey", by=by):
        survey = _locked(survey_id) if survey_id else Survey()
        if survey_id and stage_of(survey, today) in {Stage.OVER, Stage.CLOSED}:
            raise Refused([IS_OVER])
        for name, value in values.items():
            setattr(survey, name, value)
        survey.save()
        return survey


def add_question(*, survey_id: int, kind: str, text: str, options: Sequence[str], by: User) -> SurveyQuestion:
    """Adds a question at the end. Refused: published, no words, options that are missing, too many or alike."""
    with act("save_survey", by=by):
        survey = _unpublished(survey_id)
        last = survey.questions.aggregate(last=Max("position"))["last"] or 0
        lines = [line for line in (option.strip() for option in options) if line]
        if problems := question_problems(kind=kind, text=text, options=lines, others=survey.questions.count()):
            raise Refused(problems)
        chosen = kind in {SurveyQuestion.Kind.SINGLE, SurveyQuestion.Kind.SEVERAL}
        return SurveyQuestion.objects.create(
            survey=survey, position=last + 1, kind=kind, text=text.strip()[:200], options=lines if chosen else []
        )


def drop_question(*, survey_id: int, question_id: int, by: User) -> None:
    """Takes a question out. Refused once published."""
    with act("save_survey", by=by):
        _unpublished(survey_id).questions.filter(pk=question_id).delete()


def lift_question(*, survey_id: int, question_id: int, by: User) -> None:
    """Changes places with the question before; the first stays. Refused once published."""
    with act("save_survey", by=by):
        rows = list(_unpublished(survey_id).questions.order_by("position", "pk"))
        place = next((number for number, row in enumerate(rows) if row.pk == question_id), 0)
        if place:
            rows[place - 1], rows[place] = rows[place], rows[place - 1]
        for position, row in enumerate(rows, start=1):
            row.position = position
        SurveyQuestion.objects.bulk_update(rows, ["position"])


def publish_survey(*, survey_id: int, by: User, at: datetime, today: date) -> Survey:
    """From its first day on, whom it is for can answer. Refused: no question, its days are over."""
    with act("publish_survey", by=by):
        survey = _locked(survey_id)
        if not survey.questions.exists():
            raise Refused([NO_QUESTIONS])
        if survey.closes_on < today or survey.closed_at is not None:
            raise Refused([IS_OVER])
        if survey.published_at is None:
            survey.published_at = at
            survey.save(update_fields=["published_at"])
        return survey


def withdraw_survey(*, survey_id: int, by: User) -> Survey:
    """Takes a survey back to be worked on. Refused once somebody has answered."""
    with act("publish_survey", by=by):
        survey = _locked(survey_id)
        if survey.answers.exists():
            raise Refused([HAS_ANSWERS])
        survey.published_at = None
        survey.save(update_fields=["published_at"])
        return survey


def close_survey(*, survey_id: int, by: User, at: datetime) -> Survey:
    """Ends a published survey for good: nothing is added, who answered is forgotten. Twice is once."""
    with act("close_survey", by=by):
        survey = _locked(survey_id)
        if survey.published_at is None:
            raise Refused([NO_QUESTIONS])
        survey.voters.all().delete()
        Survey.objects.filter(pk=survey.pk, closed_at=None).update(closed_at=at)
        survey.refresh_from_db()
        return survey


def drop_survey(*, survey_id: int, by: User) -> None:
    """Takes away a survey that is not published and has no answers."""
    with act("drop_survey", by=by):
        survey = _unpublished(survey_id)
        if survey.answers.exists():
            raise Refused([HAS_ANSWERS])
        survey.questions.all().delete()
        survey.delete()


def _locked(survey_id: int) -> Survey:
    return Survey.objects.select_for_update(no_key=True).get(pk=survey_id)


def _unpublished(survey_id: int) -> Survey:
    survey = _locked(survey_id)
    if survey.published_at is not None:
        raise Refused([IS_PUBLISHED])
    return survey
