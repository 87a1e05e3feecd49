"""Places of an activity under many hands at once: never one too many, never one left although asked for."""

from datetime import datetime
from functools import partial

import pytest

from activities.models import ActivityRegistration
from activities.operations.groups import set_members
from activities.operations.registration import register_class, register_class_list, register_person
from activities.queries.registration import taken_in
from library_site.models import Role
from library_site.shared.reference import current_reference
from tests.concurrency.test_desks import at_once
from tests.factories.activities import SHANGHAI, make_activity, make_group
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 10, 12, 12, 20, tzinfo=SHANGHAI)
ROUNDS = 15


@pytest.fixture
def user():
    make_school()
    make_school_year(2026)
    return make_user(Role.LIBRARIAN)


def act(operation, activity, user, **fields):
    fixed = {"activity_id": activity.pk, "reference": current_reference(), "by": user, "at": NOON}
    return partial(operation, **fixed, **fields)


def done(results):
    return sum(isinstance(result, ActivityRegistration) for result in results)


def test_eight_pupils_for_three_places_are_three(user):
    school_class = make_class()
    pupils = [make_reader(school_class=school_class) for _number in range(8)]
    for _round in range(ROUNDS):
        activity = make_activity(registration="person", most=3)
        results = at_once(*(act(register_person, activity, user, reader_id=one.pk) for one in pupils))
        assert done(results) == 3
        assert results.count(["activity_full"]) == 5
        assert taken_in(activity).people == 3


def test_pupil_and_teacher_registering_the_same_pupil_register_one(user):
    school_class = make_class()
    pupil = make_reader(school_class=school_class)
    for _round in range(ROUNDS):
        activity = make_activity(registration="person", most=1)
        own = act(register_person, activity, user, reader_id=pupil.pk)
        ticks = act(register_class_list, activity, user, class_id=school_class.pk, reader_ids=[pupil.pk], seen=[])
        assert set(map(type, at_once(own, ticks, own))) == {ActivityRegistration, tuple}
        assert ActivityRegistration.objects.filter(activity=activity, cancelled_at=None).count() == 1


def test_two_teachers_ticking_for_the_last_places_of_a_class_keep_the_limit(user):
    school_class = make_class()
    first, second = ([make_reader(school_class=school_class).pk for _number in range(2)] for _list in range(2))
    for _round in range(ROUNDS):
        activity = make_activity(registration="person", most_per_class=2)
        lists = [
            act(register_class_list, activity, user, class_id=school_class.pk, reader_ids=ids, seen=[])
            for ids in (first, second)
        ]
        at_once(*lists)  # neither takes back whom it did not show
        assert taken_in(activity).by_class == {school_class.pk: 2}


def test_two_classes_for_the_last_seats_of_a_lecture_get_what_is_left(user):
    one, other = make_class(2024, 1), make_class(2024, 2)
    for _round in range(ROUNDS):
        activity = make_activity(registration="class", most=70)
        results = at_once(*(act(register_class, activity, user, class_id=each.pk, people=40) for each in (one, other)))
        assert done(results) == 1
        assert taken_in(activity).people == 40


def test_member_ticked_by_two_at_once_is_in_the_group_once(user):
    pupil = make_reader(school_class=make_class())
    for _round in range(ROUNDS):
        group = make_group()
        tick = partial(set_members, group_id=group.pk, among=[pupil.pk], chosen=[pupil.pk], on=NOON.date(), by=user)
        assert sorted(at_once(tick, tick)) == [(0, 0), (1, 0)]
        assert group.members.count() == 1
