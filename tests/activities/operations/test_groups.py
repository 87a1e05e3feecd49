from datetime import date

import pytest

from activities.models import GroupMember
from activities.operations.groups import drop_meeting, end_group, save_group, save_meeting, set_members
from library_site.shared.problems import Refused
from tests.factories.activities import make_group
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 12)


@pytest.fixture
def librarian():
    make_school()
    return make_user("librarian")


def members(group, among, chosen, by, on=DAY):
    ids = {"among": [reader.pk for reader in among], "chosen": [reader.pk for reader in chosen]}
    return set_members(group_id=group.pk, on=on, by=by, **ids)


def test_group_is_founded_and_no_other_has_its_name_until_it_ends(librarian):
    values = {"name": "晨读社", "founded_on": DAY}
    group = save_group(values=values, by=librarian)
    with pytest.raises(Refused) as refused:
        save_group(values=values, by=librarian)
    assert [problem.code for problem in refused.value.problems] == ["group_same_name"]
    end_group(group_id=group.pk, on=DAY, by=librarian)
    assert save_group(values=values, by=librarian).pk != group.pk


def test_members_come_and_leave_with_their_days(librarian):
    school_class, group = make_class(), make_group()
    a, b, c = (make_reader(school_class=school_class) for _number in range(3))
    assert members(group, [a, b, c], [a, b], librarian) == (2, 0)
    assert members(group, [a, b, c], [b, c], librarian, on=date(2026, 11, 2)) == (1, 1)
    rows = dict(GroupMember.objects.values_list("reader", "until"))
    assert rows == {a.pk: date(2026, 11, 2), b.pk: None, c.pk: None}


def test_tick_by_mistake_leaves_no_trace_that_day(librarian):
    group, reader = make_group(), make_reader(school_class=make_class())
    members(group, [reader], [reader], librarian)
    members(group, [reader], [], librarian)
    assert not GroupMember.objects.exists()


def test_members_of_other_classes_and_who_left_the_school_are_left_alone(librarian):
    group = make_group(members=[other := make_reader()])
    inside, gone = make_reader(), make_reader(status="left")
    assert members(group, [inside, gone], [inside, gone], librarian) == (1, 0)
    assert set(group.members.filter(until=None).values_list("reader", flat=True)) == {other.pk, inside.pk}


def test_ended_group_takes_nobody_and_its_members_have_left(librarian):
    group = make_group(members=[make_reader()])
    end_group(group_id=group.pk, on=DAY, by=librarian)
    assert group.members.get().until == DAY
    with pytest.raises(Refused) as refused:
        members(group, [reader := make_reader()], [reader], librarian)
    assert [problem.code for problem in refused.value.problems] == ["group_ended"]


def test_meeting_is_entered_corrected_and_removed(librarian):
    group = make_group()
    row = save_meeting(group_id=group.pk, values={"on": DAY, "topic": "城南旧事", "present": 12}, by=librarian)
    save_meeting(group_id=group.pk, meeting_id=row.pk, values={"present": 14}, by=librarian)
    row.refresh_from_db()
    assert (row.topic, row.present) == ("城南旧事", 14)
    drop_meeting(group_id=make_group().pk, meeting_id=row.pk, by=librarian)  # of another group: nothing happens
    assert group.meetings.count() == 1
    drop_meeting(group_id=group.pk, meeting_id=row.pk, by=librarian)
    assert group.meetings.count() == 0
