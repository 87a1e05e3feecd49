from datetime import date, time, timedelta

import pytest

from library_site.shared.problems import Refused
from readers.models import Duty, DutyChange, DutyPeriod
from readers.operations.periods import drop_period, keep_period
from readers.operations.roster import DutyOnDate, add_duty, remove_duty, swap_duties
from readers.queries.roster import expected_on
from tests.factories.helpers import MONDAY, make_appointment, make_duty, make_period, make_semester
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def put(appointment, weekday=0, period=None):
    return add_duty(
        appointment_id=appointment.pk, weekday=weekday, period_id=(period or make_period()).pk, by=make_user()
    )


def swap(one, one_on, other, other_on):
    return swap_duties(one=DutyOnDate(one.pk, one_on), other=DutyOnDate(other.pk, other_on), by=make_user())


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def names_on(day):
    return [(row.reader_id, row.duty.pk) for row in expected_on(make_semester(), day)]


def test_nobody_serves_twice_at_a_time():
    appointment = make_appointment()
    put(appointment)
    overlapping = make_period("大午间", time(12, 30), time(13, 30))
    with pytest.raises(Refused) as refusal:
        put(appointment, period=overlapping)
    assert codes(refusal) == ["duty_clash"]
    put(appointment, weekday=1, period=overlapping)
    assert Duty.objects.count() == 2


def test_helper_who_also_keeps_a_class_is_one_person():
    helper = make_appointment()
    keeper = make_appointment(helper.reader, kind="class_keeper")
    put(helper)
    with pytest.raises(Refused):
        put(keeper)


def test_one_period_may_follow_another():
    appointment = make_appointment()
    put(appointment)
    put(appointment, period=make_period("午后", time(12, 50), time(13, 30)))
    assert Duty.objects.count() == 2


def test_who_no_longer_serves_is_not_put_on_the_roster():
    with pytest.raises(Refused) as refusal:
        put(make_appointment(ended_on=MONDAY))
    assert codes(refusal) == ["appointment_ended"]


def test_swap_lets_each_do_the_others_duty_once():
    one, other = make_duty(), make_duty(weekday=1)

    swap(one, MONDAY, other, TUESDAY)

    assert names_on(MONDAY) == [(other.appointment.reader_id, one.pk)]
    assert names_on(TUESDAY) == [(one.appointment.reader_id, other.pk)]
    assert names_on(MONDAY + timedelta(days=7)) == [(one.appointment.reader_id, one.pk)]


def test_swap_again_takes_it_back():
    one, other = make_duty(), make_duty(weekday=1)
    swap(one, MONDAY, other, TUESDAY)
    swap(one, MONDAY, other, TUESDAY)
    assert not DutyChange.objects.exists()


def test_swap_on_one_date_at_the_same_time_is_possible():
    one, other = make_duty(), make_duty()
    swap(one, MONDAY, other, MONDAY)
    assert dict(names_on(MONDAY)) == {other.appointment.reader_id: one.pk, one.appointment.reader_id: other.pk}


def test_swap_that_doubles_somebody_is_refused():
    one, other = make_duty(), make_duty(weekday=1)
    make_duty(other.appointment, weekday=0)

    with pytest.raises(Refused) as refusal:
        swap(one, MONDAY, other, TUESDAY)

    assert codes(refusal) == ["duty_clash"]
    assert not DutyChange.objects.exists()


def test_swap_needs_dates_of_the_duties():
    one, other = make_duty(), make_duty(weekday=1)
    with pytest.raises(Refused) as refusal:
        swap(one, TUESDAY, other, date(2027, 2, 2))
    assert codes(refusal) == ["wrong_weekday", "outside_semester"]


def test_swap_with_oneself_is_refused():
    one = make_duty()
    other = make_duty(one.appointment, weekday=1)
    with pytest.raises(Refused) as refusal:
        swap(one, MONDAY, other, TUESDAY)
    assert "same_person" in codes(refusal)


def test_removing_a_duty_removes_its_changes():
    one, other = make_duty(), make_duty(weekday=1)
    swap(one, MONDAY, other, TUESDAY)
    remove_duty(duty_id=one.pk, by=make_user())
    assert DutyChange.objects.get().duty == other


def test_period_cannot_move_onto_another_of_the_same_person():
    noon, later = make_period(), make_period("放学后", time(16, 30), time(17, 10))
    appointment = make_appointment()
    make_duty(appointment, period=noon)
    make_duty(appointment, period=later)
    later.starts, later.ends = time(12, 40), time(13, 20)

    with pytest.raises(Refused) as refusal:
        keep_period(period=later, by=make_user())

    assert codes(refusal) == ["duty_clash"]
    assert DutyPeriod.objects.get(pk=later.pk).starts == time(16, 30)


def test_period_in_use_stays():
    period = make_duty().period
    with pytest.raises(Refused):
        drop_period(period=period, by=make_user())
    drop_period(period=make_period("早读前", time(7, 40), time(8)), by=make_user())
    assert list(DutyPeriod.objects.all()) == [period]
