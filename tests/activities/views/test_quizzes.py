"""Pages of quizzes: who may what, the bank, a paper, keying in, and answering in the browser."""

import json
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Attempt, Prize, Question, Quiz, QuizQuestion, Result
from library_site.models import ListExport, Role
from readers.models import ClassTeacher
from tests.activities.operations.test_attempts import TEN
from tests.factories.activities import make_activity, make_audience
from tests.factories.quizzes import CLOSES, make_question, make_quiz
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(client, time_machine):
    """三(1)班 and 三(2)班, a class teacher and a pupil of the first, and a paper of two questions."""
    time_machine.move_to(TEN)
    make_school()
    make_school_year(2026)
    mine, other = make_class(2024, 1), make_class(2024, 2)
    teacher = make_reader(category="teacher", account=make_user(Role.TEACHER))
    ClassTeacher.objects.create(reader=teacher, school_class=mine, since=TEN.date())
    pupil = make_reader("张三丰", school_class=mine, account=make_user(Role.STUDENT))
    one, two = make_question("谁写了《呐喊》？"), make_question(kind="several", right=[0, 2])
    return SimpleNamespace(
        mine=mine, other=other, teacher=teacher, pupil=pupil, librarian=make_user(), quiz=make_quiz(one, two),
        right={str(one.pk): [1], str(two.pk): [0, 2]}, one=one,
    )  # fmt: skip


def at(name, *args):
    return reverse(f"quizzes:{name}", args=args)


def login(client, user):
    client.force_login(user)
    return client


# --- who may what ---------------------------------------------------------------------------------------------------


def test_class_teacher_keys_in_for_the_own_class_alone(client, school):
    login(client, school.teacher.account)
    answers = {
        class_id: [client.get(at(name, school.quiz.pk, class_id)).status_code for name in ("key_in", "points", "slips")]
        for class_id in (school.mine.pk, school.other.pk)
    }
    assert answers == {school.mine.pk: [200] * 3, school.other.pk: [404] * 3}


def test_teacher_who_answers_for_the_quiz_reaches_every_class(client, school):
    quiz = make_quiz(make_question(), activity=make_activity(shape="quiz", responsible=school.teacher))
    login(client, school.teacher.account)
    assert client.get(at("points", quiz.pk, school.other.pk)).status_code == 200
    assert client.get(at("edit", quiz.pk)).status_code == 200
    assert client.get(at("edit", school.quiz.pk)).status_code == 404


def test_pupil_of_another_class_is_not_keyed_in(client, school):
    stranger = make_reader(school_class=school.other)
    login(client, school.teacher.account)
    answer = client.post(at("keyed", school.quiz.pk, school.mine.pk), {"pupil": stranger.pk, "letters": "B AC"})
    assert answer.status_code == 404
    assert not Attempt.objects.exists()


def test_paper_of_a_plan_is_unknown_to_other_teachers(client, school):
    quiz = make_quiz(make_question(), activity=make_activity(shape="quiz", published=False))
    login(client, school.teacher.account)
    names = ("quiz", "sheet", "key", "edit", "by_question")
    assert [client.get(at(name, quiz.pk)).status_code for name in names] == [404] * 5
    assert quiz.name not in client.get(at("quizzes")).content.decode().replace(school.quiz.name, "", 1)


def test_principal_sees_classes_and_no_pupil(client, school):
    login(client, make_user(Role.PRINCIPAL))
    page = client.get(at("quiz", school.quiz.pk)).content.decode()
    assert "三(2)班" in page
    assert at("points", school.quiz.pk, school.mine.pk) not in page
    assert client.get(at("points", school.quiz.pk, school.mine.pk)).status_code == 403


def test_pupil_does_not_see_the_key_before_the_quiz_is_closed(client, school, time_machine):
    login(client, school.pupil.account)
    client.post(at("begin", school.quiz.pk))
    client.post(at("hand_in", school.quiz.pk), {"answers": json.dumps({str(school.one.pk): [0]})})

    before = client.get(at("result", school.quiz.pk)).content.decode()
    time_machine.move_to(CLOSES)
    after = client.get(at("result", school.quiz.pk)).content.decode()

    assert "谁写了" not in before
    assert "谁写了" in after
    assert client.get(at("key", school.quiz.pk)).status_code == 403


# --- in the browser -------------------------------------------------------------------------------------------------


def test_quiz_is_answered_in_the_browser_and_marked_at_once(client, school):
    login(client, school.pupil.account)
    assert school.quiz.name in client.get(at("own")).content.decode()
    assert client.post(at("begin", school.quiz.pk), follow=True).status_code == 200
    saved = client.post(at("save", school.quiz.pk), {"answers": json.dumps(school.right)})
    assert 20 * 60 - 10 < saved.json()["left"] <= 20 * 60
    assert 'value="1" checked' in client.get(at("take", school.quiz.pk)).content.decode()

    page = client.post(at("hand_in", school.quiz.pk), {"answers": json.dumps(school.right)}, follow=True)

    assert "<strong>2</strong>" in page.content.decode()
    attempt = Attempt.objects.get()
    assert (attempt.points, attempt.reader, attempt.school_class) == (2, school.pupil, school.mine)


def test_form_without_a_script_hands_in_its_own_fields(client, school):
    login(client, school.pupil.account)
    client.post(at("begin", school.quiz.pk))
    client.post(at("hand_in", school.quiz.pk), {f"q{pk}": places for pk, places in school.right.items()})
    assert Attempt.objects.get().points == 2


@pytest.mark.parametrize("sent", ["", "no json", "[]", '{"1": 2}', '{"1": ["x"]}', '{"1": [true]}'])
def test_what_cannot_be_read_is_not_saved(client, school, sent):
    login(client, school.pupil.account)
    client.post(at("begin", school.quiz.pk))
    assert client.post(at("save", school.quiz.pk), {"answers": sent}).status_code == 400
    assert Attempt.objects.get().answers == {}


def test_page_opened_after_the_time_hands_in_what_was_saved(client, school, time_machine):
    login(client, school.pupil.account)
    client.post(at("begin", school.quiz.pk))
    client.post(at("save", school.quiz.pk), {"answers": json.dumps(school.right)})
    time_machine.move_to(TEN.replace(hour=12))

    assert client.post(at("save", school.quiz.pk), {"answers": "{}"}).json()["over"] is True
    assert client.get(at("take", school.quiz.pk)).url == at("result", school.quiz.pk)
    assert Attempt.objects.get().points == 2


def test_quiz_for_other_grades_is_not_begun(client, school):
    make_audience(school.quiz.activity, stage="primary", from_position=5, to_position=6)
    login(client, school.pupil.account)
    assert school.quiz.name not in client.get(at("own")).content.decode()
    client.post(at("begin", school.quiz.pk))
    assert not Attempt.objects.exists()


def test_nobody_meets_the_attempt_of_another(client, school):
    login(client, school.pupil.account).post(at("begin", school.quiz.pk))
    login(client, make_reader(school_class=school.mine, account=make_user(Role.STUDENT)).account)
    names = ("take", "result")
    assert [client.get(at(name, school.quiz.pk)).status_code for name in names] == [404, 404]
    assert client.post(at("save", school.quiz.pk), {"answers": "{}"}).status_code == 404


def test_account_that_is_no_reader_is_told_so(client, school):
    login(client, make_user(Role.STUDENT))
    assert client.get(at("own")).status_code == 200
    assert client.post(at("begin", school.quiz.pk)).status_code == 404


# --- from paper -----------------------------------------------------------------------------------------------------


def test_letters_are_marked_and_shown_again(client, school):
    login(client, school.teacher.account)
    address = at("keyed", school.quiz.pk, school.mine.pk)

    answer = client.post(address, {"pupil": school.pupil.pk, "letters": "A AC"}).json()

    assert answer == {"points": 1, "of": 2, "letters": ["A", "AC"], "right": [False, True]}
    page = client.get(at("key_in", school.quiz.pk, school.mine.pk)).content.decode()
    assert 'data-letters="A AC"' in page
    refused = client.post(address, {"pupil": school.pupil.pk, "letters": "A AC B"})
    assert (refused.status_code, Attempt.objects.get().points) == (400, 1)


def test_what_was_keyed_for_the_wrong_pupil_is_taken_back(client, school):
    login(client, school.teacher.account)
    client.post(at("keyed", school.quiz.pk, school.mine.pk), {"pupil": school.pupil.pk, "letters": "B"})
    answer = client.post(at("take_back", school.quiz.pk, school.mine.pk), {"pupil": school.pupil.pk})
    assert (answer.status_code, Attempt.objects.count()) == (200, 0)


def test_points_of_a_class_stand_in_the_order_of_its_list_and_their_export_is_recorded(client, school):
    make_reader("李四", school_class=school.mine)
    login(client, school.teacher.account)
    client.post(at("keyed", school.quiz.pk, school.mine.pk), {"pupil": school.pupil.pk, "letters": "B AC"})

    page = client.get(at("points", school.quiz.pk, school.mine.pk)).content.decode()
    assert page.index("张三丰") < page.index("李四")
    file = client.get(at("export", school.quiz.pk, school.mine.pk), {"as": "csv"})
    assert "张三丰,2" in b"".join(file.streaming_content).decode("utf-8-sig")
    assert ListExport.objects.get().what == "export.quiz_points"


# --- the bank and the paper -----------------------------------------------------------------------------------------


def test_questions_are_entered_one_after_the_other_about_the_same_book(client, school):
    login(client, school.librarian)
    data = {"text": "鲁迅姓什么？", "option_a": "鲁", "option_b": "周", "answer": "b"}
    answer = client.post(reverse("questions:new"), data)
    assert answer.url.startswith(reverse("questions:new"))
    row = Question.objects.latest("pk")
    assert (row.kind, row.options, row.right) == ("single", ["鲁", "周"], [1])
    bad = client.post(reverse("questions:new"), {**data, "answer": "C"})
    assert bad.status_code == 422


def test_asked_question_is_corrected_as_a_new_one(client, school):
    Attempt.objects.create(quiz=school.quiz, reader=school.pupil, source="browser", started_at=TEN)
    login(client, school.librarian)
    data = {"text": "谁写了《彷徨》？", "option_a": "甲", "option_b": "乙", "answer": "B"}
    client.post(reverse("questions:edit", args=[school.one.pk]), data)
    school.one.refresh_from_db()
    assert school.one.is_retired
    assert Question.objects.filter(text="谁写了《彷徨》？").exists()


def test_pasted_questions_are_shown_first_and_taken_when_told(client, school):
    login(client, school.librarian)
    text = "1. 鲁迅姓周。（√）\n2. 没有答案的题\n"
    page = client.post(reverse("questions:paste"), {"text": text}).content.decode()
    assert "鲁迅姓周。" in page
    assert not Question.objects.filter(text="鲁迅姓周。").exists()

    client.post(reverse("questions:paste"), {"text": text, "take": "1"})
    client.post(reverse("questions:paste"), {"text": text, "take": "1"})

    assert Question.objects.filter(text="鲁迅姓周。").count() == 1
    assert not Question.objects.filter(text="没有答案的题").exists()


def test_sheet_is_read_into_the_text(client, school):
    login(client, school.librarian)
    file = SimpleUploadedFile("题.csv", "题目,A,B,答案\n鲁迅姓什么？,鲁,周,B\n".encode())
    page = client.post(reverse("questions:paste"), {"text": "", "file": file}).content.decode()
    assert "鲁迅姓什么？\t鲁\t周\tB" in page
    broken = SimpleUploadedFile("题.xlsx", b"PK\x03\x04 no zip")
    assert client.post(reverse("questions:paste"), {"text": "", "file": broken}).status_code == 422


def test_bank_taken_out_as_a_sheet_adds_nothing_when_read_again(client, school):
    login(client, school.librarian)
    content = b"".join(client.get(reverse("questions:export"), {"as": "csv"}).streaming_content)
    count = Question.objects.count()
    page = client.post(reverse("questions:paste"), {"file": SimpleUploadedFile("b.csv", content)})
    text = page.context["form"].data["text"]
    client.post(reverse("questions:paste"), {"text": text, "take": "1"})
    assert Question.objects.count() == count


def test_paper_is_made_filled_and_arranged(client, school):
    activity = make_activity(shape="quiz")
    login(client, school.librarian)
    data = {"name": "初赛", "minutes": 20, "opens_at": "", "closes_at": "", "shuffles": "on", "shows_answers": "on"}
    client.post(at("new", activity.pk), data)
    quiz = Quiz.objects.get(name="初赛")
    client.post(at("put", quiz.pk), {"questions": [school.one.pk]})
    client.post(at("put", quiz.pk), {"draw": "1", "number": 1})
    first, second = QuizQuestion.objects.filter(quiz=quiz).order_by("position").values_list("question_id", flat=True)
    fields = {f"place-{first}": 2, f"points-{first}": 3, f"place-{second}": 1, f"points-{second}": 5}
    client.post(at("arrange", quiz.pk), fields)

    rows = QuizQuestion.objects.filter(quiz=quiz).order_by("position").values_list("question_id", "points")
    assert list(rows) == [(second, 5), (first, 3)]
    assert client.get(at("sheet", quiz.pk)).status_code == 200
    assert client.get(at("quiz", quiz.pk)).status_code == 200


@pytest.mark.parametrize(
    "hours", [{"closes_at": "2026-10-12T10:00"}, {"opens_at": "2026-10-12T10:00", "closes_at": "2026-10-12T09:00"}]
)
def test_hours_that_make_no_sense_are_refused_beside_their_field(client, school, hours):
    login(client, school.librarian)
    data = {"name": "初赛", "minutes": 20, **hours}
    assert client.post(at("new", make_activity(shape="quiz").pk), data).status_code == 422


def test_paper_that_was_answered_is_not_deleted(client, school):
    Attempt.objects.create(quiz=school.quiz, reader=school.pupil, source="browser", started_at=TEN)
    login(client, school.librarian)
    client.post(at("delete", school.quiz.pk))
    assert Quiz.objects.filter(pk=school.quiz.pk).exists()


# --- statements -----------------------------------------------------------------------------------------------------


def test_pages_take_as_many_statements_for_one_row_as_for_three(client, school):
    addresses = [
        at("quizzes"), at("quiz", school.quiz.pk), at("key_in", school.quiz.pk, school.mine.pk),
        at("points", school.quiz.pk, school.mine.pk), reverse("questions:bank"), at("by_question", school.quiz.pk),
        at("slips", school.quiz.pk, school.mine.pk),
    ]  # fmt: skip
    login(client, school.librarian)

    def counts():
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            found.append(len(captured))
        return found

    def add():
        pupil = make_reader(school_class=school.mine)
        done = {"source": "paper", "started_at": TEN, "handed_in_at": TEN, "points": 1}
        Attempt.objects.create(quiz=school.quiz, reader=pupil, school_class=school.mine, **done)
        make_quiz(make_question())

    add()
    few = counts()
    add()
    add()
    assert counts() == few


def test_own_list_takes_as_many_statements_for_one_quiz_as_for_three(client, school):
    login(client, school.pupil.account)

    def count():
        client.get(at("own"))
        with CaptureQueriesContext(connection) as captured:
            client.get(at("own"))
        return len(captured)

    few = count()
    make_quiz(make_question())
    make_quiz(make_question())
    assert count() == few


def test_prizes_by_points_are_shown_first_and_given_when_told(client, school):
    Prize.objects.create(activity=school.quiz.activity, position=1, name="一等奖", places=1)
    done = {"source": "paper", "started_at": TEN, "handed_in_at": TEN, "points": 2}
    Attempt.objects.create(quiz=school.quiz, reader=school.pupil, school_class=school.mine, **done)
    login(client, school.teacher.account)
    assert client.get(at("winners", school.quiz.pk)).status_code == 404
    login(client, school.librarian)
    assert "张三丰" in client.get(at("winners", school.quiz.pk)).content.decode()
    assert not Result.objects.exists()
    answer = client.post(at("winners", school.quiz.pk))
    assert answer.url == reverse("results:prizes", args=[school.quiz.activity_id])
    assert Result.objects.get().reader == school.pupil
