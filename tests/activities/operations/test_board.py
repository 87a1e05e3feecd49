"""The message board: nothing is shown unread, one answer, no account of a reader kept."""

from datetime import timedelta

import pytest

from activities.models import Message
from activities.operations.board import answer_message, take_back, write_message
from activities.rules.board import LONGEST, MOST_WAITING
from library_site.shared.problems import Refused
from tests.factories.desk import NOON
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user
from tests.factories.voice import make_message

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def write(text="谢谢老师", reader=None, **fields):
    values = {"category": "student", "school_class_id": None, "by": None, "at": NOON, **fields}
    return write_message(text=text, reader_id=reader.pk if reader else None, **values)


def answer(row, state, *, reply="", shown="", at=LATER):
    return answer_message(message_id=row.pk, state=state, reply=reply, shown=shown or row.state, by=make_user(), at=at)


def refused(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return [problem.code for problem in refusal.value.problems]


def test_message_waits_with_category_and_class_of_the_day():
    school_class = make_class()
    user = make_user("student")
    reader = make_reader(school_class=school_class, account=user)
    row = write(" 谢谢 ", reader, by=user)
    assert (row.text, row.state, row.category, row.school_class) == ("谢谢", "waiting", "student", school_class)
    assert row.by is None


def test_slip_without_a_name_keeps_the_class_and_who_entered_it():
    school_class, clerk = make_class(), make_user()
    row = write(school_class_id=school_class.pk, by=clerk)
    assert (row.reader, row.school_class, row.by) == (None, school_class, clerk)


@pytest.mark.parametrize(("text", "code"), [("  ", "empty"), ("好" * (LONGEST + 1), "too_long")])
def test_message_of_nothing_or_too_much_is_refused(text, code):
    assert refused(write, text, make_reader()) == [code]
    assert not Message.objects.exists()


def test_message_beyond_five_waiting_is_refused_until_one_is_answered():
    reader = make_reader()
    rows = [make_message(reader=reader) for _number in range(MOST_WAITING)]
    assert refused(write, "再写一条", reader) == ["too_many_waiting"]
    answer(rows[0], "hidden")
    assert write("再写一条", reader).state == "waiting"


def test_take_back_is_the_writers_and_only_while_it_waits():
    writer = make_reader()
    row, answered = make_message(reader=writer), make_message(reader=writer, state="shown")
    assert not take_back(message_id=row.pk, reader_id=make_reader().pk)
    assert not take_back(message_id=answered.pk, reader_id=writer.pk)
    assert take_back(message_id=row.pk, reader_id=writer.pk)
    assert list(Message.objects.all()) == [answered]


def test_answer_shows_and_may_be_worded_anew():
    row = answer(make_message(), "shown", reply="好的")
    assert (row.state, row.reply, row.replied_at) == ("shown", "好的", LATER)
    again = answer(row, "shown", reply="好的！", at=LATER + timedelta(days=1))
    assert again.replied_at == LATER + timedelta(days=1)
    assert answer(again, "hidden", reply="好的！").replied_at == again.replied_at


def test_answer_to_the_writer_alone_needs_words():
    assert refused(answer, make_message(), "private", reply=" ") == ["no_reply"]


def test_answer_on_an_old_page_is_refused():
    row = make_message(state="private", reply="已答复")
    assert refused(answer, row, "shown", shown="waiting") == ["changed_meanwhile"]


def test_answered_message_does_not_wait_again():
    assert refused(answer, make_message(state="shown"), "waiting") == ["no_state"]
