from datetime import date

import pytest

from activities.models import ActivitySession
from activities.operations.sessions import Held, add_sessions, drop_session
from library_site.shared.problems import Refused
from tests.factories.activities import make_activity
from tests.factories.readers import make_class
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 13)


@pytest.fixture
def librarian():
    make_school()
    return make_user("librarian")


def codes(act):
    with pytest.raises(Refused) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


def test_week_of_classes_is_entered_at_once(librarian):
    lesson = make_activity(shape="lesson")
    classes = [make_class(2024, number) for number in range(1, 31)]
    held = [Held(DAY, "10:00", one.pk, "认识索书号", "王老师", 40) for one in classes]
    add_sessions(activity_id=lesson.pk, held=held, by=librarian)
    assert ActivitySession.objects.filter(activity=lesson, topic="认识索书号", present=40).count() == 30


def test_same_hour_twice_is_refused_and_nothing_of_it_is_kept(librarian):
    lesson, one, other = make_activity(shape="lesson"), make_class(2024, 1), make_class(2024, 2)
    add_sessions(activity_id=lesson.pk, held=[Held(DAY, "10:00", one.pk)], by=librarian)
    again = [Held(DAY, "10:00", other.pk), Held(DAY, "10:00", one.pk)]
    assert codes(lambda: add_sessions(activity_id=lesson.pk, held=again, by=librarian)) == ["session_twice"]
    doubled = [Held(DAY, "11:00", one.pk)] * 2
    assert codes(lambda: add_sessions(activity_id=lesson.pk, held=doubled, by=librarian)) == ["session_twice"]
    assert ActivitySession.objects.count() == 1


def test_day_outside_the_activity_is_refused(librarian):
    lesson = make_activity(shape="lesson")
    for day in (date(2026, 10, 11), date(2026, 10, 31)):
        held = [Held(day)]
        assert codes(lambda held=held: add_sessions(activity_id=lesson.pk, held=held, by=librarian)) == [
            "session_outside"
        ]


def test_hour_entered_by_mistake_is_removed_of_its_own_activity_only(librarian):
    lesson = make_activity(shape="lesson")
    (row,) = add_sessions(activity_id=lesson.pk, held=[Held(DAY)], by=librarian)
    drop_session(activity_id=make_activity().pk, session_id=row.pk, by=librarian)
    assert ActivitySession.objects.count() == 1
    drop_session(activity_id=lesson.pk, session_id=row.pk, by=librarian)
    assert ActivitySession.objects.count() == 0
