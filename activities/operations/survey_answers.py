"""Answering a survey, anonymous always: in the browser once, from paper sheet by sheet.

What was answered and that somebody answered are two tables without anything in common: no key, no hour, no order.
What a database keeps for itself would still tell, since both are written at once and rows lie in the order in which
they came. So each answer writes the others anew with it, in the order of their random keys.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from activities.models import Survey, SurveyAnswer, SurveyVoter
from activities.rules.surveys import (
    ANSWERED,
    NOT_MEANT,
    NOT_OPEN,
    NOTHING_ANSWERED,
    Stage,
    is_meant,
    read_answers,
    stage_of,
)
from library_site.shared.problems import Refused, violated
from readers.models import Reader
from readers.queries.classes import NamedClass

MIXED = 200  # answers that are written anew with each; a school's survey has some hundreds
_MIX = """
    WITH taken AS (
        DELETE FROM activities_surveyanswer WHERE key IN (
            SELECT key FROM activities_surveyanswer WHERE survey_id = %s ORDER BY random() LIMIT %s)
        RETURNING key, survey_id, is_paper, answers)
    INSERT INTO activities_surveyanswer (key, survey_id, is_paper, answers)
    SELECT key, survey_id, is_paper, answers FROM taken ORDER BY key
"""


def answer_survey(
    *,
    survey_id: int,
    reader_id: int,
    school_class: NamedClass | None,
    given: Mapping[str, Sequence[str]],
    today: date,
) -> None:
    """A reader answers in the browser, once. No act of the audit log: it would say who.

    Refused (`Refused`): not open, for others, answered before, nothing answered.
    """
    try:
        with transaction.atomic(durable=True):
            survey = _locked(survey_id)
            reader = Reader.objects.get(pk=reader_id)
            if stage_of(survey, today) != Stage.OPEN:
                raise Refused([NOT_OPEN])
            if not is_meant(survey, category=reader.category, school_class=school_class):
                raise Refused([NOT_MEANT])
            SurveyVoter.objects.create(survey=survey, reader=reader)
            _add(survey, given, is_paper=False)
    except IntegrityError as error:
        if violated(error) == "survey_voter_once":
            raise Refused([ANSWERED]) from error
        raise


def key_in_sheet(*, survey_id: int, given: Mapping[str, Sequence[str]], today: date) -> UUID:
    """A sheet of paper is keyed in; returns its key, to take it back by. Refused: not published, closed, empty."""
    with transaction.atomic(durable=True):
        survey = _locked(survey_id)
        if stage_of(survey, today) not in {Stage.OPEN, Stage.OVER}:
            raise Refused([NOT_OPEN])
        return _add(survey, given, is_paper=True)


def take_sheet_back(*, survey_id: int, key: UUID) -> bool:
    """A sheet that was keyed in wrongly is deleted while the survey is not closed. Returns whether it was there."""
    with transaction.atomic(durable=True):
        survey = _locked(survey_id)
        if survey.closed_at is not None:
            return False
        return bool(survey.answers.filter(pk=key, is_paper=True).delete()[0])


def _locked(survey_id: int) -> Survey:
    """Answers come one after the other, and none once it is closed."""
    return Survey.objects.select_for_update(no_key=True).get(pk=survey_id)


def _add(survey: Survey, given: Mapping[str, Sequence[str]], *, is_paper: bool) -> UUID:
    answers = read_answers(survey.questions.all(), given)
    if not answers:
        raise Refused([NOTHING_ANSWERED])
    row = SurveyAnswer.objects.create(survey=survey, is_paper=is_paper, answers=answers)
    with connection.cursor() as cursor:
        cursor.execute(_MIX, [survey.pk, MIXED])
    return row.key
