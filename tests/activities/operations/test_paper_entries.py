"""Works on paper: ticked, photographed, named, put right; nothing is lost on the way."""

from datetime import timedelta

import pytest

from activities.models import Entry, EntryFile, StoredFile
from activities.operations.entries import Work
from activities.operations.paper_entries import (
    bring_pictures,
    change_work,
    drop_picture,
    name_picture,
    tick_works,
    unname_picture,
    work_of_many,
)
from activities.queries.entries import pile
from library_site.shared.problems import Refused
from tests.factories.activities import make_group
from tests.factories.entries import NOON, make_contest, make_entry, make_judge, make_score
from tests.factories.files import picture_bytes, upload
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def contest(db):
    return make_contest()


def pupils(number: int) -> list:
    return [make_reader(f"学生{place}", school_class=make_class()) for place in range(1, number + 1)]


def tick(contest, works, away=()):
    return tick_works(
        activity_id=contest.pk, class_id=make_class().pk, works=works, taken_away=away, by=make_user(), at=NOON
    )  # fmt: skip


def bring(contest, *uploads):
    return bring_pictures(
        activity_id=contest.pk, class_id=make_class().pk, uploads=uploads or [upload()], by=make_user(), at=NOON
    )  # fmt: skip


def photographed(contest, number: int) -> list[int]:
    bring(contest, *[upload() for _ in range(number)])
    return [page.file.pk for page in pile(contest.pk, make_class().pk, NOON.date()).pages]


def say(file_id, reader, name="") -> Entry:
    return name_picture(
        file_id=file_id, reader_id=reader.pk, class_id=make_class().pk, name=name, by=make_user(), at=LATER
    )  # fmt: skip


def works_of(*readers) -> list[int | None]:
    """How many pages each reader's work has; None for whoever has no work."""
    found = {row.reader_id: row.files.count() for row in Entry.objects.filter(state="handed_in")}
    return [found.get(reader.pk) for reader in readers]


def refusal(act, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.problems[0].code


def test_tick_enters_works_with_their_titles(contest):
    one, two = pupils(2)

    assert tick(contest, {one.pk: "我的书", two.pk: ""}) == (2, [])

    rows = Entry.objects.order_by("number").values_list("reader", "name", "state", "source", "school_class")
    assert list(rows) == [
        (one.pk, "我的书", "handed_in", "paper", make_class().pk),
        (two.pk, "", "handed_in", "paper", make_class().pk),
    ]


def test_tick_again_makes_nothing_new_and_corrects_the_title(contest):
    (one,) = pupils(1)
    tick(contest, {one.pk: "旧"})

    assert tick(contest, {one.pk: "新"}) == (0, [])
    assert Entry.objects.get().name == "新"


def test_tick_taken_away_drops_a_bare_work_and_keeps_one_with_pictures(contest):
    one, two = pupils(2)
    tick(contest, {one.pk: "", two.pk: ""})
    say(photographed(contest, 1)[0], two)

    added, problems = tick(contest, {}, away=[one.pk, two.pk])

    assert (added, len(problems)) == (0, 1)
    assert "学生2" in str(problems[0].message)
    assert works_of(one, two) == [None, 1]


def test_nothing_is_entered_once_the_results_are_out(contest):
    (one,) = pupils(1)
    waiting = photographed(contest, 1)[0]
    contest.results_at = NOON
    contest.save()

    assert refusal(tick, contest, {one.pk: ""}) == "results_are_out"
    assert refusal(bring, contest) == "results_are_out"
    assert refusal(say, waiting, one) == "results_are_out"


def test_nothing_is_entered_where_no_works_are_handed_in():
    assert refusal(bring, make_contest(takes_entries=False)) == "takes_no_works"


def test_pictures_wait_for_their_names(contest):
    brought = bring(contest, upload(), upload(), upload(b"no picture", "坏.jpg"))

    assert (brought.kept, brought.same, len(brought.problems)) == (2, 0, 1)
    waiting = pile(contest.pk, make_class().pk, NOON.date()).waiting
    assert [page.entry.state for page in waiting] == ["draft", "draft"]


def test_picture_brought_twice_is_kept_once(contest):
    content = picture_bytes((90, 70))
    bring(contest, upload(content))

    brought = bring(contest, upload(content), upload())

    assert (brought.kept, brought.same) == (1, 1)
    assert StoredFile.objects.count() == 2


def test_named_picture_is_a_work_that_is_handed_in(contest):
    (one,) = pupils(1)

    entry = say(photographed(contest, 1)[0], one, "我的书")

    assert (entry.reader, entry.name, entry.state, entry.handed_in_at) == (one, "我的书", "handed_in", LATER)
    assert Entry.objects.count() == 1
    assert pile(contest.pk, make_class().pk, NOON.date()).waiting == []


def test_further_pictures_of_a_pupil_are_the_next_pages(contest):
    one, two = pupils(2)
    first, second, third = photographed(contest, 3)

    say(first, one, "我的书")
    say(second, one)
    say(third, two)

    assert works_of(one, two) == [2, 1]
    assert list(Entry.objects.get(reader=one).files.order_by("position").values_list("file", "position")) == [
        (first, 1), (second, 2),
    ]  # fmt: skip
    assert Entry.objects.get(reader=one).name == "我的书"


def test_picture_named_wrongly_is_put_right_and_leaves_nothing_behind(contest):
    one, two = pupils(2)
    (picture,) = photographed(contest, 1)
    say(picture, one)

    say(picture, two)

    assert works_of(one, two) == [None, 1]


def test_work_that_was_ticked_before_stays_when_its_picture_goes(contest):
    one, two = pupils(2)
    tick_works(
        activity_id=contest.pk, class_id=make_class().pk, works={one.pk: ""}, taken_away=[], by=make_user(),
        at=NOON - timedelta(days=1),
    )  # fmt: skip
    (picture,) = photographed(contest, 1)
    say(picture, one)

    say(picture, two)

    assert works_of(one, two) == [0, 1]


def test_picture_laid_back_waits_again(contest):
    (one,) = pupils(1)
    (picture,) = photographed(contest, 1)
    say(picture, one)

    unname_picture(file_id=picture, by=make_user(), at=LATER)

    assert works_of(one) == [None]
    assert [page.file.pk for page in pile(contest.pk, make_class().pk, NOON.date()).waiting] == [picture]


def test_dropped_picture_is_deleted_with_its_place(contest):
    one, _two = photographed(contest, 2)

    drop_picture(file_id=one)

    assert (StoredFile.objects.count(), EntryFile.objects.count(), Entry.objects.count()) == (1, 1, 1)
    assert refusal(drop_picture, file_id=one) == "no_such_picture"


def test_pictures_of_a_judged_work_stay_where_they_are(contest):
    one, two = pupils(2)
    (picture,) = photographed(contest, 1)
    make_score(say(picture, one), make_judge(contest), 80)

    assert refusal(say, picture, two) == "judged_already"
    assert refusal(drop_picture, file_id=picture) == "judged_already"
    assert works_of(one, two) == [1, None]


def test_picture_of_a_work_written_by_the_pupil_adds_to_it(contest):
    (one,) = pupils(1)
    entry = make_entry(contest, one, source="typed", text="正文")

    say(photographed(contest, 1)[0], one)

    entry.refresh_from_db()
    assert (entry.text, entry.files.count()) == ("正文", 1)


def test_work_of_a_class_and_of_a_group(contest):
    group, work = make_group(), Work(name="班级手抄报")
    for one in ({"class_id": make_class().pk, "group_id": None}, {"class_id": None, "group_id": group.pk}):
        work_of_many(activity_id=contest.pk, work=work, by=make_user(), at=NOON, **one)

    assert list(Entry.objects.order_by("number").values_list("school_class", "group", "reader")) == [
        (make_class().pk, None, None), (None, group.pk, None),
    ]  # fmt: skip


def test_change_work_corrects_one_that_is_handed_in(contest):
    entry = make_entry(contest, name="旧")

    change_work(entry_id=entry.pk, work=Work("新", "正文", "王老师"), at=LATER)

    entry.refresh_from_db()
    assert (entry.name, entry.text, entry.teacher, entry.state) == ("新", "正文", "王老师", "handed_in")
