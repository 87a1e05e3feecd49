"""The own work: drafts, files, handing in; and works not accepted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from activities.models import Entry, EntryFile, StoredFile
from activities.operations.entries import (
    MOST_FILES,
    Work,
    accept_work,
    add_files,
    hand_in,
    move_file,
    refuse_work,
    remove_file,
    save_draft,
    take_back,
)
from library_site.shared.problems import Refused
from tests.factories.entries import NOON, make_contest, make_entry, make_judge, make_prizes, make_result, make_score
from tests.factories.files import upload
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


def draft(activity, reader, text: str = "一", **fields) -> Entry:
    return save_draft(
        activity_id=activity.pk, reader_id=reader.pk, class_id=None, work=Work(text=text, **fields), by=make_user(),
        at=NOON,
    )  # fmt: skip


def refusal(act, **arguments) -> str:
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.problems[0].code


def order(entry) -> list[int]:
    return list(entry.files.order_by("position").values_list("file_id", flat=True))


def test_draft_is_made_once_and_then_saved_over():
    activity, reader = make_contest(), make_reader(school_class=make_class())

    first = draft(activity, reader)
    again = draft(activity, reader, "二", name="题目")

    assert (again.pk, again.state, again.number, again.source) == (first.pk, "draft", 1, "typed")
    assert Entry.objects.get().text == "二"


def test_works_are_numbered_within_their_activity():
    activity = make_contest()
    make_entry(make_contest())
    make_entry(activity, number=7)

    assert draft(activity, make_reader()).number == 8


def test_handed_in_work_is_not_saved_over():
    activity, reader = make_contest(), make_reader()
    hand_in(entry_id=draft(activity, reader).pk, at=NOON)

    assert refusal(draft, activity=activity, reader=reader, text="二") == "not_a_draft"
    assert Entry.objects.get().text == "一"


def test_hand_in_keeps_the_hour_and_the_second_time_changes_nothing():
    entry = draft(make_contest(), make_reader())

    hand_in(entry_id=entry.pk, at=NOON)
    hand_in(entry_id=entry.pk, at=NOON + timedelta(hours=1))

    entry.refresh_from_db()
    assert (entry.state, entry.handed_in_at) == ("handed_in", NOON)


def test_hand_in_refuses_an_empty_work():
    entry = draft(make_contest(), make_reader(), " \n")

    assert refusal(hand_in, entry_id=entry.pk, at=NOON) == "empty_work"


def test_work_of_pictures_alone_is_handed_in():
    entry = draft(make_contest(), make_reader(), "")
    add_files(entry_id=entry.pk, uploads=[upload()], by=make_user(), at=NOON)

    assert hand_in(entry_id=entry.pk, at=NOON).state == "handed_in"


def test_take_back_makes_it_a_draft_until_somebody_judged_it():
    activity = make_contest()
    entry = make_entry(activity)

    assert take_back(entry_id=entry.pk, at=NOON).state == "draft"

    hand_in_again = make_entry(activity)
    make_score(hand_in_again, make_judge(activity), 80)
    assert refusal(take_back, entry_id=hand_in_again.pk, at=NOON) == "judged_already"


def test_files_that_cannot_be_read_are_said_and_the_others_kept():
    entry = make_entry(make_contest(), files=1)

    problems = add_files(entry_id=entry.pk, uploads=[upload(b"x", "坏.jpg"), upload()], by=make_user(), at=NOON)

    assert [str(row.message)[:6] for row in problems] == ["坏.jpg:"]
    assert list(entry.files.order_by("position").values_list("position", flat=True)) == [1, 2]


def test_work_takes_no_more_files_than_it_may():
    entry = make_entry(make_contest(), files=MOST_FILES)

    problems = add_files(entry_id=entry.pk, uploads=[upload()], by=make_user(), at=NOON)

    assert [row.code for row in problems] == ["too_many_files"]
    assert StoredFile.objects.count() == MOST_FILES


def test_remove_file_deletes_it_and_only_of_this_work():
    entry, other = make_entry(make_contest(), files=2), make_entry(make_contest(), files=1)
    first, second = order(entry)

    remove_file(entry_id=entry.pk, file_id=first)
    remove_file(entry_id=entry.pk, file_id=order(other)[0])

    assert order(entry) == [second]
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {second, *order(other)}


def test_move_file_puts_a_page_before_the_one_in_front():
    entry = make_entry(make_contest(), files=3)
    first, second, third = order(entry)

    move_file(entry_id=entry.pk, file_id=third)
    assert order(entry) == [first, third, second]
    move_file(entry_id=entry.pk, file_id=first)
    assert order(entry) == [first, third, second]


def test_refused_work_takes_no_part_and_may_come_back():
    librarian, entry = make_user(), make_entry(make_contest())

    refuse_work(entry_id=entry.pk, reason="抄来的", by=librarian)
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == ("refused", "抄来的")

    assert accept_work(entry_id=entry.pk, by=librarian, at=NOON).state == "handed_in"


def test_work_with_a_prize_is_not_refused():
    activity = make_contest()
    entry = make_entry(activity)
    make_result(make_prizes(activity, 一等奖=1)[0], entry)

    assert refusal(refuse_work, entry_id=entry.pk, reason="x", by=make_user()) == "has_prize"


def test_refused_work_does_not_come_back_beside_another():
    activity, reader, librarian = make_contest(), make_reader(), make_user()
    entry = make_entry(activity, reader, state="refused")
    make_entry(activity, reader)

    assert refusal(accept_work, entry_id=entry.pk, by=librarian, at=NOON) == "other_work"


def test_database_keeps_one_standing_work_of_a_reader():
    activity, reader = make_contest(), make_reader()
    make_entry(activity, reader, state="refused")
    make_entry(activity, reader, state="draft")

    with pytest.raises(IntegrityError, match="entry_one_of_a_reader"), transaction.atomic():
        make_entry(activity, reader)
    assert EntryFile.objects.count() == 0
