from datetime import datetime

import pytest

from activities.models import Activity, ActivityRegistration
from activities.operations.registration import (
    register_class,
    register_class_list,
    register_group,
    register_person,
    take_back_registration,
)
from activities.queries.registration import taken_in
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from readers.models import ClassMembership
from tests.factories.activities import SHANGHAI, make_activity, make_audience, make_group
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 12, 12, 20, tzinfo=SHANGHAI)
AFTER = datetime(2026, 10, 31, 8, 0, tzinfo=SHANGHAI)


@pytest.fixture
def librarian():
    make_school()
    make_school_year(2026)
    return make_user("librarian")


@pytest.fixture
def three(librarian):
    return make_class(2024, 1)


def codes(act):
    with pytest.raises(Refused) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


def person(activity, reader, by, **options):
    return register_person(
        activity_id=activity.pk, reader_id=reader.pk, reference=current_reference(), by=by, **({"at": NOON} | options)
    )


def ticks(activity, school_class, readers, by, **options):
    """The list as it is drawn up now, unless the readers `seen` on it are named."""
    now = ActivityRegistration.objects.filter(activity=activity, cancelled_at=None)
    options.setdefault("seen", list(now.values_list("reader", flat=True)))
    return register_class_list(
        activity_id=activity.pk, class_id=school_class.pk, reader_ids=[reader.pk for reader in readers],
        reference=current_reference(), by=by, **({"at": NOON} | options),
    )  # fmt: skip


def by_class(activity, school_class, people, by, **options):
    return register_class(
        activity_id=activity.pk, class_id=school_class.pk, people=people, reference=current_reference(), by=by,
        **({"at": NOON} | options),
    )  # fmt: skip


def open_for(what, **fields):
    return make_activity(registration=what, **fields)


def test_person_is_registered_once_in_the_class_of_that_day(librarian, three):
    activity, reader = open_for("person"), make_reader(school_class=three)
    row = person(activity, reader, librarian)
    assert person(activity, reader, librarian) == row
    assert (row.school_class, row.by, ActivityRegistration.objects.count()) == (three, librarian, 1)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": Activity.State.OVER}, "registration_not_open"),
        ({"state": Activity.State.DRAFT}, "registration_not_open"),
        ({"registration": "class"}, "registration_not_open"),
        ({"registration": "none"}, "registration_not_open"),
    ],
)
def test_person_is_refused_where_registration_is_not_open(librarian, three, fields, code):
    activity = make_activity(**({"registration": "person"} | fields))
    assert codes(lambda: person(activity, make_reader(school_class=three), librarian)) == [code]


def test_registration_ends_on_its_day_and_paper_that_came_late_is_still_entered(librarian, three):
    activity = open_for("person", register_until=NOON.date())
    tomorrow = NOON.replace(day=13)
    person(activity, make_reader(school_class=three), librarian)
    late = make_reader(school_class=three)
    assert codes(lambda: person(activity, late, librarian, at=tomorrow)) == ["registration_over"]
    assert person(activity, late, librarian, at=tomorrow, late=True).at == tomorrow
    without_a_day = open_for("person")
    assert codes(lambda: person(without_a_day, late, librarian, at=AFTER)) == ["registration_over"]


def test_who_is_not_meant_or_has_left_is_refused(librarian, three):
    activity = open_for("person")
    make_audience(activity, stage="primary", from_position=4, to_position=6)
    assert codes(lambda: person(activity, make_reader(school_class=three), librarian)) == ["not_invited"]
    assert codes(lambda: person(activity, make_reader(category="teacher"), librarian)) == ["not_invited"]
    assert person(activity, make_reader(school_class=make_class(2023, 1)), librarian).pk
    gone = make_reader(school_class=make_class(2023, 1), status="left")
    assert codes(lambda: person(activity, gone, librarian)) == ["not_invited"]


def test_places_in_all_and_per_class_hold(librarian, three):
    activity = open_for("person", most=3, most_per_class=2)
    first, second, third = (make_reader(school_class=three) for _number in range(3))
    person(activity, first, librarian)
    person(activity, second, librarian)
    assert codes(lambda: person(activity, third, librarian)) == ["class_full"]
    other = make_class(2024, 2)
    person(activity, make_reader(school_class=other), librarian)
    assert codes(lambda: person(activity, make_reader(school_class=other), librarian)) == ["activity_full"]


def test_place_that_is_taken_back_is_free_and_the_row_stays(librarian, three):
    activity, reader = open_for("person", most=1), make_reader(school_class=three)
    row = person(activity, reader, librarian)
    take_back_registration(registration_id=row.pk, by=librarian, at=NOON)
    person(activity, make_reader(school_class=three), librarian)
    row.refresh_from_db()
    assert (row.cancelled_at, row.reader) == (NOON, reader)
    assert codes(lambda: person(activity, reader, librarian)) == ["activity_full"]


def test_taking_back_ends_with_registration_unless_late(librarian, three):
    activity = open_for("person")
    row = person(activity, make_reader(school_class=three), librarian)
    take = {"registration_id": row.pk, "by": librarian, "at": AFTER}
    assert codes(lambda: take_back_registration(**take)) == ["registration_over"]
    take_back_registration(**take, late=True)
    assert taken_in(activity).people == 0


def test_ticks_of_a_class_register_and_take_back_in_one(librarian, three):
    activity = open_for("person")
    a, b, c = (make_reader(school_class=three) for _number in range(3))
    elsewhere = make_reader(school_class=make_class(2024, 2))
    person(activity, elsewhere, librarian)
    assert ticks(activity, three, [a, b], librarian) == (2, 0)
    assert ticks(activity, three, [b, c], librarian) == (1, 1)
    now = activity.registrations.filter(cancelled_at=None).values_list("reader", flat=True)
    assert set(now) == {b.pk, c.pk, elsewhere.pk}


def test_ticks_over_the_limit_change_nothing(librarian, three):
    activity = open_for("person", most_per_class=1)
    a, b = (make_reader(school_class=three) for _number in range(2))
    ticks(activity, three, [a], librarian)
    assert codes(lambda: ticks(activity, three, [a, b], librarian)) == ["class_full"]
    assert taken_in(activity).by_class == {three.pk: 1}
    assert ticks(activity, three, [b], librarian) == (1, 1)  # the place of a is free


def test_ticks_for_another_class_are_refused(librarian, three):
    activity, stranger = open_for("person"), make_reader(school_class=make_class(2024, 2))
    assert codes(lambda: ticks(activity, three, [stranger], librarian)) == ["not_invited"]


def test_pupil_who_changed_class_is_taken_back_by_the_present_one(librarian, three):
    activity, reader = open_for("person"), make_reader(school_class=three)
    person(activity, reader, librarian)
    other = make_class(2024, 2)
    ClassMembership.objects.filter(reader=reader).update(school_class=other)
    assert ticks(activity, other, [], librarian) == (0, 1)


def test_class_is_registered_with_a_number_that_can_change(librarian, three):
    activity = open_for("class", most=60, most_per_class=45)
    by_class(activity, three, 40, librarian)
    assert by_class(activity, three, 45, librarian).number_of_people == 45
    assert codes(lambda: by_class(activity, three, 46, librarian)) == ["class_full"]
    other = make_class(2024, 2)
    assert codes(lambda: by_class(activity, other, 16, librarian)) == ["activity_full"]
    assert by_class(activity, other, 15, librarian).number_of_people == 15
    assert taken_in(activity).people == 60


def test_class_that_is_not_meant_is_refused(librarian, three):
    activity = open_for("class")
    make_audience(activity, school_class=make_class(2024, 2))
    assert codes(lambda: by_class(activity, three, 5, librarian)) == ["not_invited"]


def test_fewer_people_are_taken_although_the_limit_sank_meanwhile(librarian, three):
    activity = open_for("class")
    by_class(activity, three, 40, librarian)
    Activity.objects.filter(pk=activity.pk).update(most=10)
    assert by_class(activity, three, 30, librarian).number_of_people == 30


def test_group_is_registered_with_its_members(librarian, three):
    members = [make_reader(school_class=three) for _number in range(3)]
    group, activity = make_group(members=members, school_class=three), open_for("group", most=4)
    register = {"activity_id": activity.pk, "reference": current_reference(), "by": librarian, "at": NOON}
    row = register_group(group_id=group.pk, **register)
    assert (row.number_of_people, row.school_class, row.reader) == (3, three, None)
    assert register_group(group_id=group.pk, **register) == row
    other = make_group(members=[make_reader(), make_reader()])
    assert codes(lambda: register_group(group_id=other.pk, **register)) == ["activity_full"]


def test_who_registered_or_left_while_the_list_was_open_stays_so(three, librarian):
    ticked, left, came = (make_reader(school_class=three) for _number in range(3))
    activity = make_activity(registration="person")
    person(activity, came, librarian)

    ticks(activity, three, [ticked, left], librarian, seen=[left.pk])

    now = ActivityRegistration.objects.filter(activity=activity, cancelled_at=None)
    assert set(now.values_list("reader", flat=True)) == {ticked.pk, came.pk}
