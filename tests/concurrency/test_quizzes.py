"""A whole class before one quiz: real threads on real rows."""

from datetime import timedelta
from functools import partial

import pytest

from activities.models import Attempt
from activities.operations.attempts import begin, hand_in, key_in, save_answers
from activities.operations.quizzes import put_on_paper
from tests.concurrency.test_desks import at_once
from tests.factories.quizzes import OPENS, make_question, make_quiz
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db(transaction=True)
PUPILS, TRIES = 40, 30


@pytest.fixture
def school_class():
    return make_class()


def starting(quiz, reader, school_class):
    return partial(begin, quiz_id=quiz.pk, reader_id=reader.pk, school_class_id=school_class.pk, at=OPENS)


def test_forty_pupils_begin_save_and_hand_in_at_once(school_class):
    question = make_question()
    quiz = make_quiz(question)
    pupils = [make_reader(school_class=school_class) for _number in range(PUPILS)]

    attempts = at_once(*(starting(quiz, pupil, school_class) for pupil in pupils))
    answers = [{str(question.pk): [number % 2]} for number in range(PUPILS)]
    pairs = list(zip(attempts, answers, strict=True))
    at_once(*(partial(save_answers, attempt_id=row.pk, answers=own, at=OPENS) for row, own in pairs))
    at_once(*(partial(hand_in, attempt_id=row.pk, answers=own, at=OPENS) for row, own in pairs))

    marks = (
        Attempt.objects.filter(handed_in_at__isnull=False).order_by("reader__number").values_list("points", flat=True)
    )
    assert list(marks) == [number % 2 for number in range(PUPILS)]


def test_one_pupil_in_two_windows_has_one_attempt_each_time(school_class):
    for _try in range(TRIES):
        quiz, pupil = make_quiz(make_question()), make_reader(school_class=school_class)
        first, second = at_once(*[starting(quiz, pupil, school_class)] * 2)
        assert first.pk == second.pk
    assert Attempt.objects.count() == TRIES


def test_answers_handed_in_twice_at_once_are_marked_once(school_class):
    question = make_question()
    quiz = make_quiz(question)
    for number in range(TRIES):
        attempt = starting(quiz, make_reader(), school_class)()
        acts = [
            partial(
                hand_in, attempt_id=attempt.pk, answers={str(question.pk): [place]}, at=OPENS + timedelta(seconds=1)
            )
            for place in (1, number % 2)
        ]
        first, second = at_once(*acts)
        assert (first.points, first.answers) == (second.points, second.answers)


def test_paper_and_browser_at_once_leave_one_answer(school_class):
    question, librarian = make_question(), make_user()
    quiz = make_quiz(question)
    for _try in range(TRIES):
        pupil = make_reader(school_class=school_class)
        attempt = starting(quiz, pupil, school_class)()
        outcomes = at_once(
            partial(hand_in, attempt_id=attempt.pk, answers={}, at=OPENS),
            partial(
                key_in,
                quiz_id=quiz.pk, reader_id=pupil.pk, school_class_id=school_class.pk, keyed="B", by=librarian, at=OPENS,
            ),
        )  # fmt: skip
        attempt.refresh_from_db()
        kept_browser = outcomes[1] == ["attempt_in_browser"]
        assert (attempt.source, attempt.points) == (("browser", 0) if kept_browser else ("paper", 1))


def test_question_and_first_answer_at_once_never_both_change_the_paper(school_class):
    librarian = make_user()
    for _try in range(TRIES):
        quiz, late = make_quiz(make_question()), make_question()
        _attempt, added = at_once(
            starting(quiz, make_reader(), school_class),
            partial(put_on_paper, quiz_id=quiz.pk, question_ids=[late.pk], by=librarian),
        )
        assert quiz.questions.count() == (2 if added == 1 else 1)
        assert added in (1, ["quiz_begun"])
