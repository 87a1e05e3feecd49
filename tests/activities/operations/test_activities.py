from datetime import date

import pytest

from activities.models import Activity, Audience, Prize
from activities.operations.activities import (
    Whom,
    close_activity,
    copy_activity,
    delete_activity,
    save_activity,
    take_step,
)
from library_site.shared.problems import Refused
from tests.factories.activities import PUBLISHED_AT, make_activity, make_audience, make_kind, register_person
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
State = Activity.State


@pytest.fixture
def librarian():
    make_school()
    make_school_year(2026)
    return make_user("librarian")


def codes(act):
    with pytest.raises(Refused) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


def plan(**fields):
    days = {"starts_on": date(2026, 10, 12), "ends_on": date(2026, 10, 30)}
    return {"name": "诗歌朗诵", "kind": make_kind("general")} | days | fields


def test_plan_is_saved_with_its_audience_and_changed(librarian):
    whom = [Whom(stage="primary", from_position=3, to_position=4), Whom(category="teacher")]
    row = save_activity(values=plan(), whom=whom, by=librarian)
    assert (row.state, row.published_at) == (State.DRAFT, None)
    first = set(row.audiences.values_list("pk", flat=True))
    save_activity(activity_id=row.pk, values={"place": "报告厅"}, whom=whom[:1], by=librarian)
    row.refresh_from_db()
    assert (row.name, row.place) == ("诗歌朗诵", "报告厅")
    assert [(a.stage, a.from_position, a.category) for a in row.audiences.all()] == [("primary", 3, "student")]
    assert set(row.audiences.values_list("pk", flat=True)) < first  # the row that stays is the same one


def test_audience_of_none_stays(librarian):
    row = make_activity(published=False)
    make_audience(row, category="teacher")
    save_activity(activity_id=row.pk, values={"hours": "15:00"}, by=librarian)
    assert row.audiences.count() == 1


@pytest.mark.parametrize(
    ("parent", "days", "code"),
    [
        ("general", {}, "parent_no_festival"),
        ("festival", {"ends_on": date(2026, 10, 31)}, "outside_festival"),
        ("festival", {"starts_on": date(2026, 10, 11)}, "outside_festival"),
    ],
)
def test_part_is_refused_outside_a_festival(librarian, parent, days, code):
    parent_id = make_activity(shape=parent).pk
    assert codes(lambda: save_activity(values=plan(parent_id=parent_id, **days), by=librarian)) == [code]
    assert Activity.objects.count() == 1


def test_part_of_a_part_and_festival_within_one_are_refused(librarian):
    festival = make_activity(shape="festival")
    inner = make_activity(shape="festival", parent=festival)
    assert codes(lambda: save_activity(values=plan(parent_id=inner.pk), by=librarian)) == ["part_of_part"]
    other = make_activity(shape="festival")
    part = {"parent_id": other.pk}
    assert codes(lambda: save_activity(activity_id=festival.pk, values=part, by=librarian)) == ["part_of_part"]


def test_festival_with_parts_keeps_its_shape(librarian):
    festival = make_activity(shape="festival")
    make_activity(parent=festival)
    change = {"kind": make_kind("general")}
    assert codes(lambda: save_activity(activity_id=festival.pk, values=change, by=librarian)) == ["festival_has_parts"]


def test_registration_after_the_last_day_is_refused(librarian):
    late = plan(register_until=date(2026, 10, 31))
    assert codes(lambda: save_activity(values=late, by=librarian)) == ["register_after_end"]


def step(row, name, by, **options):
    return take_step(activity_id=row.pk, step=name, at=PUBLISHED_AT, by=by, **options)


def test_festival_is_published_with_the_parts_that_are_plans(librarian):
    festival = make_activity(shape="festival", published=False)
    plan_, cancelled = (
        make_activity(parent=festival, published=False, state=state) for state in (State.DRAFT, State.CANCELLED)
    )
    assert step(festival, "publish", librarian, with_parts=True) == 2
    states = dict(Activity.objects.values_list("pk", "state"))
    assert states == {festival.pk: State.PUBLISHED, plan_.pk: State.PUBLISHED, cancelled.pk: State.CANCELLED}


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (State.DRAFT, {"publish", "cancel"}),
        (State.PUBLISHED, {"cancel", "plan_again"}),
        (State.OVER, {"reopen"}),
        (State.CANCELLED, {"plan_again"}),
    ],
)
def test_each_state_takes_its_steps_and_refuses_the_others(librarian, state, steps):
    for name in ("publish", "cancel", "reopen", "plan_again"):
        row = make_activity(state=state)
        if name in steps:
            assert step(row, name, librarian) == 1
        else:
            assert codes(lambda name=name, row=row: step(row, name, librarian)) == ["activity_state"]


def test_published_again_keeps_the_first_day_of_publishing(librarian):
    row = make_activity()
    step(row, "plan_again", librarian)
    take_step(activity_id=row.pk, step="publish", at=PUBLISHED_AT.replace(day=29), by=librarian)
    row.refresh_from_db()
    assert (row.state, row.published_at) == (State.PUBLISHED, PUBLISHED_AT)


def test_closing_keeps_summary_and_number_and_a_plan_is_not_closed(librarian):
    row = make_activity()
    close_activity(activity_id=row.pk, took_part=120, summary="圆满", over=True, by=librarian)
    row.refresh_from_db()
    assert (row.state, row.took_part, row.summary) == (State.OVER, 120, "圆满")
    draft = make_activity(published=False)
    close = {"took_part": None, "summary": "半稿", "by": librarian}
    assert codes(lambda: close_activity(activity_id=draft.pk, over=True, **close)) == ["activity_state"]
    close_activity(activity_id=draft.pk, over=False, **close)
    draft.refresh_from_db()
    assert (draft.state, draft.summary) == (State.DRAFT, "半稿")


def test_copy_moves_all_days_and_takes_parts_and_prizes_but_nobody(librarian):
    school_class = make_class()
    old = make_activity(shape="festival", register_until=date(2026, 10, 20), most=50, registration="person")
    part = make_activity(parent=old, starts_on=date(2026, 10, 14), ends_on=date(2026, 10, 15), takes_entries=True)
    make_audience(part, stage="primary", from_position=1, to_position=2)
    make_audience(part, school_class=school_class)
    Prize.objects.create(activity=part, position=1, name="一等奖", places=3)
    register_person(old, make_reader(school_class=school_class), school_class)

    new = copy_activity(activity_id=old.pk, name="第二届", starts_on=date(2027, 10, 11), by=librarian)

    assert (new.state, new.name, new.most, new.registrations.count()) == (State.DRAFT, "第二届", 50, 0)
    assert (new.ends_on, new.register_until) == (date(2027, 10, 29), date(2027, 10, 19))
    copied = new.parts.get()
    assert (copied.starts_on, copied.ends_on, copied.takes_entries) == (date(2027, 10, 13), date(2027, 10, 14), True)
    assert list(copied.audiences.values_list("stage", "school_class")) == [("primary", None)]
    assert list(copied.prizes.values_list("name", "places")) == [("一等奖", 3)]


def test_part_is_copied_for_another_grade_within_its_festival(librarian):
    festival = make_activity(shape="festival")
    part = make_activity(parent=festival)
    whom = [Whom(stage="primary", from_position=5, to_position=6)]
    copied = copy_activity(activity_id=part.pk, name="高年级", starts_on=part.starts_on, whom=whom, by=librarian)
    assert copied.parent_id == festival.pk
    assert Audience.objects.get(activity=copied).from_position == 5
    late = date(2026, 10, 20)
    assert codes(lambda: copy_activity(activity_id=part.pk, name="x", starts_on=late, by=librarian)) == [
        "outside_festival"
    ]


def test_plan_is_removed_until_something_hangs_on_it_or_it_was_seen(librarian):
    row = make_activity(published=False)
    make_audience(row, category="teacher")
    Prize.objects.create(activity=row, position=1, name="一等奖")
    delete_activity(activity_id=row.pk, by=librarian)
    assert not Activity.objects.exists()
    festival = make_activity(shape="festival", published=False)
    make_activity(parent=festival)
    assert codes(lambda: delete_activity(activity_id=festival.pk, by=librarian)) == ["activity_in_use"]
    seen = make_activity()
    assert codes(lambda: delete_activity(activity_id=seen.pk, by=librarian)) == ["was_published"]


def test_kind_for_works_always_takes_works(librarian):
    assert save_activity(values=plan(kind=make_kind("works"), takes_entries=False), by=librarian).takes_entries
    assert not save_activity(values=plan(), by=librarian).takes_entries
