"""What readers say, under real threads: one open suggestion per ISBN, one answer to a survey from each."""

from functools import partial

import pytest

from activities.models import Backer, Suggestion
from activities.operations.survey_answers import answer_survey
from tests.concurrency.test_desks import at_once
from tests.factories.desk import NOON
from tests.factories.readers import make_reader
from tests.factories.voice import ISBN, make_survey, wish

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25


def test_four_suggesting_one_isbn_at_once_make_one_suggestion_that_three_back():
    for _round in range(ROUNDS):
        readers = [make_reader() for _number in range(4)]
        rows = at_once(*(partial(wish, reader, isbn=ISBN) for reader in readers))
        (only,) = Suggestion.objects.all()
        assert {row.pk for row in rows} == {only.pk}
        wanted = {only.reader_id, *Backer.objects.values_list("reader", flat=True)}
        assert wanted == {reader.pk for reader in readers}
        Backer.objects.all().delete()
        Suggestion.objects.all().delete()


def test_one_reader_suggesting_the_same_book_twice_at_once_counts_once():
    reader = make_reader()
    for _round in range(ROUNDS):
        at_once(*[partial(wish, reader, isbn=ISBN)] * 3)
        assert (Suggestion.objects.count(), Backer.objects.count()) == (1, 0)
        Suggestion.objects.all().delete()


def test_one_reader_answering_a_survey_four_times_at_once_counts_once():
    for _round in range(10):
        survey, reader = make_survey(), make_reader()
        key = str(survey.questions.get().pk)
        act = partial(
            answer_survey,
            survey_id=survey.pk,
            reader_id=reader.pk,
            school_class=None,
            given={key: ["1"]},
            today=NOON.date(),
        )
        results = at_once(*[act] * 4)
        assert sorted(map(str, results)) == ["None", *["['answered']"] * 3]
        assert survey.answers.count() == survey.voters.count() == 1


def test_forty_answering_at_once_are_forty_answers():
    survey = make_survey()
    key = str(survey.questions.get().pk)
    readers = [make_reader() for _number in range(40)]
    acts = [
        partial(
            answer_survey,
            survey_id=survey.pk,
            reader_id=reader.pk,
            school_class=None,
            given={key: [str(number % 2)]},
            today=NOON.date(),
        )
        for number, reader in enumerate(readers)
    ]
    results = [result for start in range(0, 40, 8) for result in at_once(*acts[start : start + 8])]
    assert results == [None] * 40
    assert survey.answers.count() == survey.voters.count() == 40
    counted = sorted(row.answers[key] for row in survey.answers.all())
    assert counted == [0] * 20 + [1] * 20
