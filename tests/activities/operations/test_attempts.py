"""Answering a paper in the browser and from paper."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from activities.models import Attempt
from activities.operations.attempts import begin, finish_overdue, hand_in, key_in, save_answers, take_back
from library_site.shared.problems import Refused
from tests.factories.quizzes import CLOSES, SHANGHAI, make_question, make_quiz
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
TEN = datetime(2026, 10, 12, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
def quiz():
    """Three questions: one right, two right, right or wrong; `.full` answers all of them rightly."""
    one, two, judged = make_question(), make_question(kind="several", right=[0, 2]), make_question(kind="yes_no")
    row, school_class = make_quiz(one, two, judged, points=2), make_class()
    return SimpleNamespace(
        row=row,
        school_class=school_class,
        reader=make_reader(school_class=school_class),
        librarian=make_user(),
        one=str(one.pk),
        full={str(one.pk): [1], str(two.pk): [0, 2], str(judged.pk): [1]},
    )


def begun(quiz, at=TEN):
    return begin(quiz_id=quiz.row.pk, reader_id=quiz.reader.pk, school_class_id=quiz.school_class.pk, at=at)


def keyed(quiz, letters, at=TEN, reader=None):
    return key_in(
        quiz_id=quiz.row.pk,
        reader_id=(reader or quiz.reader).pk,
        school_class_id=quiz.school_class.pk,
        keyed=letters,
        by=quiz.librarian,
        at=at,
    )


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def test_answers_are_marked_once_when_handed_in(quiz):
    attempt = hand_in(attempt_id=begun(quiz).pk, answers=quiz.full, at=TEN + timedelta(minutes=5))
    again = hand_in(attempt_id=attempt.pk, answers={}, at=TEN + timedelta(minutes=6))

    assert (again.points, again.handed_in_at) == (6, TEN + timedelta(minutes=5))
    assert again.school_class_id == quiz.school_class.pk


def test_second_window_goes_on_with_the_one_attempt(quiz):
    first = begun(quiz)
    save_answers(attempt_id=first.pk, answers={quiz.one: [1]}, at=TEN + timedelta(minutes=1))

    assert begun(quiz, TEN + timedelta(minutes=2)).answers == {quiz.one: [1]}
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("at", [TEN - timedelta(hours=3), CLOSES])
def test_paper_is_begun_only_while_it_is_open(quiz, at):
    with pytest.raises(Refused) as refusal:
        begun(quiz, at)
    assert codes(refusal) == ["quiz_not_open"]


def test_empty_paper_is_not_begun(quiz):
    quiz.row.questions.all().delete()
    with pytest.raises(Refused) as refusal:
        begun(quiz)
    assert codes(refusal) == ["quiz_empty"]


def test_what_comes_after_the_time_is_not_looked_at(quiz):
    attempt, late = begun(quiz), TEN + timedelta(minutes=21)
    save_answers(attempt_id=attempt.pk, answers={quiz.one: [1]}, at=TEN + timedelta(minutes=19))
    with pytest.raises(Refused) as refusal:
        save_answers(attempt_id=attempt.pk, answers=quiz.full, at=late)
    assert codes(refusal) == ["attempt_late"]

    handed_in = hand_in(attempt_id=attempt.pk, answers=quiz.full, at=late)

    assert (handed_in.points, handed_in.handed_in_at) == (2, TEN + timedelta(minutes=20))


def test_last_second_of_the_network_still_counts(quiz):
    assert hand_in(attempt_id=begun(quiz).pk, answers=quiz.full, at=TEN + timedelta(minutes=20, seconds=15)).points == 6


def test_after_handing_in_nothing_is_saved(quiz):
    attempt = hand_in(attempt_id=begun(quiz).pk, answers={}, at=TEN)
    with pytest.raises(Refused) as refusal:
        save_answers(attempt_id=attempt.pk, answers=quiz.full, at=TEN)
    assert codes(refusal) == ["attempt_handed_in"]


def test_whoever_left_is_handed_in_as_saved(quiz):
    attempt = begun(quiz)
    save_answers(attempt_id=attempt.pk, answers={quiz.one: [1]}, at=TEN)

    assert finish_overdue(at=TEN + timedelta(minutes=20)) == 0
    assert finish_overdue(at=TEN + timedelta(hours=1), quiz_id=quiz.row.pk) == 1
    assert finish_overdue(at=TEN + timedelta(hours=1)) == 0

    attempt.refresh_from_db()
    assert (attempt.points, attempt.handed_in_at) == (2, TEN + timedelta(minutes=20))


def test_paper_is_marked_as_it_is_keyed_and_corrected_by_keying_again(quiz):
    assert keyed(quiz, "BA B").points == 4
    corrected = keyed(quiz, "BAC B", TEN + timedelta(minutes=1))

    assert (corrected.points, corrected.source, corrected.by) == (6, "paper", quiz.librarian)
    assert Attempt.objects.count() == 1


def test_letters_that_do_not_fit_change_nothing(quiz):
    keyed(quiz, "BAC B")
    with pytest.raises(Refused) as refusal:
        keyed(quiz, "BAC BB")
    assert codes(refusal) == ["keyed_too_many"]
    assert Attempt.objects.get().points == 6


def test_paper_takes_the_place_of_what_was_left_in_the_browser(quiz):
    begun(quiz)
    assert keyed(quiz, "BAC B").source == "paper"


def test_paper_is_refused_for_who_handed_in_in_the_browser(quiz):
    hand_in(attempt_id=begun(quiz).pk, answers={}, at=TEN)
    with pytest.raises(Refused) as refusal:
        keyed(quiz, "BAC B")
    assert codes(refusal) == ["attempt_in_browser"]


def test_browser_goes_on_from_no_paper(quiz):
    keyed(quiz, "BAC B")
    assert begun(quiz).handed_in_at is not None


def test_paper_keyed_for_the_wrong_pupil_is_taken_back(quiz):
    keyed(quiz, "BAC B")
    take_back(quiz_id=quiz.row.pk, reader_id=quiz.reader.pk)
    take_back(quiz_id=quiz.row.pk, reader_id=quiz.reader.pk)
    assert not Attempt.objects.exists()


def test_answers_from_the_browser_are_not_taken_back(quiz):
    begun(quiz)
    with pytest.raises(Refused) as refusal:
        take_back(quiz_id=quiz.row.pk, reader_id=quiz.reader.pk)
    assert codes(refusal) == ["attempt_not_paper"]
