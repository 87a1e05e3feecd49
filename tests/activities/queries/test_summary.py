from datetime import date, datetime

import pytest

from activities.models import ActivityRegistration, ActivitySession, Entry, Prize, Result
from activities.queries.summary import came, proposed_summary
from library_site.shared.reference import current_reference
from readers.models import ClassMembership
from tests.factories.activities import PUBLISHED_AT, SHANGHAI, make_activity, make_audience, register_person
from tests.factories.readers import make_class, make_reader, make_school_year

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 12, 12, tzinfo=SHANGHAI)


def entry(activity, number, reader, school_class, state="handed_in"):
    return Entry.objects.create(
        activity=activity, number=number, reader=reader, school_class=school_class, source="paper", state=state,
        saved_at=NOON, handed_in_at=NOON,
    )  # fmt: skip


@pytest.fixture
def festival():
    """A festival with a part of works, a lesson, a cancelled part; classes 三(1) and 三(2)."""
    make_school_year(2026)
    one, two = make_class(2024, 1), make_class(2024, 2)
    top = make_activity("金秋读书节", shape="festival")
    make_audience(top, stage="primary", from_position=3, to_position=3)
    works, lesson = make_activity(shape="works", parent=top), make_activity(shape="lesson", parent=top)
    gone = make_activity(parent=top, state="cancelled")
    pupils = [make_reader(school_class=one), make_reader(school_class=two)]
    for pupil, school_class in zip(pupils, (one, two), strict=True):
        register_person(works, pupil, school_class)
        register_person(gone, pupil, school_class)
    ActivityRegistration.objects.create(
        activity=works, by_what="person", reader=make_reader(), at=PUBLISHED_AT, cancelled_at=NOON
    )
    entries = [entry(works, 1, pupils[0], one), entry(works, 2, make_reader(), one), entry(works, 3, pupils[1], two)]
    entry(works, 4, make_reader(), make_class(2024, 3), state="draft")
    for activity, present in ((lesson, 40), (lesson, None)):
        ActivitySession.objects.create(activity=activity, on=date(2026, 10, 13), school_class=one, present=present)
    first, second = (
        Prize.objects.create(activity=works, position=n, name=f"{word}等奖") for n, word in ((1, "一"), (2, "二"))
    )
    Result.objects.create(activity=works, prize=second, entry=entries[1])
    Result.objects.create(activity=works, prize=first, entry=entries[0])
    Result.objects.create(activity=works, prize=second, entry=entries[2])
    return top


def test_figures_of_a_festival_are_those_of_its_parts_that_took_place(festival, django_assert_num_queries):
    with django_assert_num_queries(8):
        found = came(festival)
    assert (found.parts, found.registered, found.classes) == (2, 2, 2)
    assert (found.sessions, found.present, found.works, found.writers) == (2, 40, 3, 3)
    assert found.prizes == [("一等奖", 1), ("二等奖", 2)]
    assert (found.winners, found.people) == (3, 40)


def test_figures_of_a_festival_stay_when_a_writer_is_erased(festival):
    before = came(festival)

    Entry.objects.filter(number=1).update(reader=None, name="")  # as erasing does

    assert came(festival) == before


def test_figures_stay_when_pupils_change_class_or_are_forgotten(festival):
    before = came(festival)
    ClassMembership.objects.update(school_class=make_class(2023, 9))
    ActivityRegistration.objects.update(reader=None)
    assert came(festival) == before


def test_summary_is_proposed_from_the_figures(festival):
    text = proposed_summary(festival, came(festival), current_reference())
    assert text == (
        "2026年10月12日至2026年10月30日，学校面向三年级开展了“金秋读书节”活动。共设 2 项分项活动。2 个班共 40 人参加。"
        "共开展 2 次。收到作品 3 件。评出一等奖 1 个、二等奖 2 个。"
    )


def test_nothing_counted_is_unknown_and_not_told(festival):
    empty = make_activity("晨诵", starts_on=date(2026, 10, 12), ends_on=date(2026, 10, 12))
    found = came(empty)
    assert (found.people, found.present, found.prizes) == (None, None, [])
    assert proposed_summary(empty, found, current_reference()) == "2026年10月12日，学校面向全校开展了“晨诵”活动。"
