"""The bank and the papers made of it."""

import pytest

from activities.models import Question, Quiz, QuizQuestion
from activities.operations.attempts import begin, key_in
from activities.operations.questions import add_questions, retire_question, save_question
from activities.operations.quizzes import arrange, delete_quiz, draw, put_on_paper, save_quiz
from activities.queries.quizzes import question_results, quiz_rows, quizzes
from activities.rules.questions import Draft
from library_site.shared.problems import Refused
from tests.factories.activities import make_activity
from tests.factories.quizzes import OPENS, make_question, make_quiz
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
DRAFT = Draft("谁写了《呐喊》？", ("巴金", "鲁迅"), (1,))


def saved(draft=DRAFT, question_id=None):
    return save_question(question_id=question_id, draft=draft, title_id=None, book_list_id=None, by=make_user())


def order(quiz):
    return list(QuizQuestion.objects.filter(quiz=quiz).order_by("position").values_list("question_id", flat=True))


def start(quiz):
    return begin(quiz_id=quiz.pk, reader_id=make_reader().pk, school_class_id=make_class().pk, at=OPENS)


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft("", ("甲", "乙"), (0,)), "question_text"),
        (Draft("谁？", ("甲",), (0,)), "question_options"),
        (Draft("谁？", ("甲", "", "乙"), (0,)), "question_options"),
        (Draft("谁？", ("甲", "甲"), (0,)), "question_twice"),
        (Draft("谁？", ("甲", "乙"), ()), "question_answer"),
        (Draft("谁？", ("甲", "乙"), (2,)), "answer_unread"),
        (Draft("谁？", (), (2,)), "answer_unread"),
        (Draft("谁？", tuple("甲乙丙丁戊己庚"), (0,)), "question_many"),
    ],
)
def test_question_that_cannot_be_asked_is_refused(draft, code):
    with pytest.raises(Refused) as refusal:
        saved(draft)
    assert codes(refusal) == [code]
    assert not Question.objects.exists()


def test_question_that_nobody_answered_is_corrected_in_place():
    question = saved()
    assert saved(Draft("谁写了《彷徨》？", ("巴金", "鲁迅"), (1,)), question.pk).pk == question.pk
    assert Question.objects.get().text == "谁写了《彷徨》？"


def test_question_that_was_answered_stays_and_its_correction_is_new():
    question = saved()
    begun, fresh = make_quiz(question), make_quiz(question)
    start(begun)

    new = saved(Draft("谁写了《彷徨》？", ("巴金", "鲁迅"), (1,)), question.pk)

    question.refresh_from_db()
    assert (question.text, question.is_retired) == ("谁写了《呐喊》？", True)
    assert (order(begun), order(fresh)) == ([question.pk], [new.pk])


def test_same_sheet_again_adds_nothing():
    other = Draft("谁写了《呐喊》？", ("冰心", "鲁迅"), (1,))
    values = {"drafts": [DRAFT, DRAFT, other], "title_id": None, "book_list_id": None, "by": make_user()}
    assert [add_questions(**values), add_questions(**values)] == [2, 0]


def test_sheet_with_a_bad_question_is_refused_whole():
    with pytest.raises(Refused):
        add_questions(drafts=[DRAFT, Draft("谁？")], title_id=None, book_list_id=None, by=make_user())
    assert not Question.objects.exists()


def test_retired_question_goes_on_no_new_paper():
    question, quiz, by = make_question(), make_quiz(), make_user()
    retire_question(question_id=question.pk, retired=True, by=by)
    assert put_on_paper(quiz_id=quiz.pk, question_ids=[question.pk], by=by) == 0


def test_questions_are_put_on_a_paper_once_and_arranged():
    quiz, by = make_quiz(), make_user()
    first, second, third = (make_question().pk for _number in range(3))

    assert put_on_paper(quiz_id=quiz.pk, question_ids=[first, second, first], by=by) == 2
    assert put_on_paper(quiz_id=quiz.pk, question_ids=[second, third], by=by) == 1
    arrange(quiz_id=quiz.pk, points={third: 5, first: 2}, by=by)

    assert order(quiz) == [third, first]
    assert list(QuizQuestion.objects.order_by("position").values_list("points", flat=True)) == [5, 2]


def test_paper_that_somebody_began_stays_as_it_is():
    question, by = make_question(), make_user()
    quiz = make_quiz(question)
    start(quiz)
    acts = [
        lambda: put_on_paper(quiz_id=quiz.pk, question_ids=[make_question().pk], by=by),
        lambda: arrange(quiz_id=quiz.pk, points={}, by=by),
    ]
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert codes(refusal) == ["quiz_begun"]
    with pytest.raises(Refused):
        delete_quiz(quiz_id=quiz.pk, by=by)
    assert order(quiz) == [question.pk]


def test_questions_are_drawn_by_lot_among_those_that_are_not_there_yet():
    there, by = make_question(), make_user()
    quiz = make_quiz(there)
    among = [there.pk, *(make_question().pk for _number in range(3))]

    assert draw(quiz_id=quiz.pk, among=among, number=3, by=by) == 3
    assert sorted(order(quiz)) == sorted(among)
    with pytest.raises(Refused) as refusal:
        draw(quiz_id=quiz.pk, among=among, number=1, by=by)
    assert codes(refusal) == ["bank_too_small"]


def test_paper_is_made_changed_and_deleted():
    by, activity = make_user(), make_activity(shape="quiz")
    values = {
        "name": "初赛", "minutes": 30, "opens_at": None, "closes_at": None, "shuffles": True, "shows_answers": True,
    }  # fmt: skip
    quiz = save_quiz(activity_id=activity.pk, values=values, by=by)
    save_quiz(quiz_id=quiz.pk, activity_id=activity.pk, values={**values, "name": "决赛"}, by=by)
    put_on_paper(quiz_id=quiz.pk, question_ids=[make_question().pk], by=by)

    assert [(row.quiz.name, row.questions, row.answered) for row in quiz_rows(list(quizzes()))] == [("决赛", 1, 0)]
    delete_quiz(quiz_id=quiz.pk, by=by)
    assert not Quiz.objects.exists()


def test_each_question_is_counted_by_who_answered_it_rightly():
    easy, hard = make_question(), make_question(kind="several", right=[0, 2])
    quiz, by = make_quiz(easy, hard), make_user()
    for letters in ("BAC", "BA", "A", "B"):
        key_in(
            quiz_id=quiz.pk, reader_id=make_reader().pk, school_class_id=make_class().pk, keyed=letters, by=by, at=OPENS
        )

    rows = question_results(quiz.pk)

    assert [(row.right, row.answered, row.share) for row in rows] == [(3, 4, 75), (1, 2, 25)]
