from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from library_site.shared.problems import Refused
from readers.models import DutyChange, DutyShift
from readers.operations.duty import add_service, check_in, check_out, period_for
from readers.queries.service import minutes_of
from tests.factories.helpers import MONDAY, make_appointment, make_duty, make_period, make_semester, make_shift
from tests.factories.readers import make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 12, 12, 12, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday
HALF_AN_HOUR = timedelta(minutes=30)


def test_signing_in_and_off_counts_whole_minutes():
    appointment = make_duty().appointment

    shift = check_in(reader_id=appointment.reader_id, by=make_user(), at=NOON)
    check_out(reader_id=appointment.reader_id, by=make_user(), at=NOON + HALF_AN_HOUR + timedelta(seconds=59))

    assert shift.period == make_period()
    assert minutes_of(make_semester()) == {appointment.pk: 30}


def test_signing_in_twice_is_one_shift():
    reader_id = make_appointment().reader_id
    first = check_in(reader_id=reader_id, by=None, at=NOON)
    assert check_in(reader_id=reader_id, by=None, at=NOON + HALF_AN_HOUR) == first
    assert DutyShift.objects.count() == 1


def test_who_does_not_serve_this_semester_cannot_sign_in():
    make_semester()
    reader = make_reader()
    with pytest.raises(Refused) as refusal:
        check_in(reader_id=reader.pk, by=None, at=NOON)
    assert [problem.code for problem in refusal.value.problems] == ["not_serving"]


def test_an_appointment_of_an_earlier_semester_does_not_count():
    reader = make_appointment(semester=make_semester(1, 2025)).reader
    make_semester(1, 2026)
    with pytest.raises(Refused):
        check_in(reader_id=reader.pk, by=None, at=NOON)


def test_signing_off_without_having_signed_in_is_refused():
    with pytest.raises(Refused):
        check_out(reader_id=make_appointment().reader_id, by=None, at=NOON)


def test_forgotten_shift_ends_with_its_period():
    duty = make_duty()
    reader_id = duty.appointment.reader_id
    check_in(reader_id=reader_id, by=None, at=NOON)

    check_in(reader_id=reader_id, by=None, at=NOON + timedelta(days=1))

    closed = DutyShift.objects.earliest("started_at")
    assert (closed.source, closed.ended_at - closed.started_at) == ("closed", timedelta(minutes=38))
    assert DutyShift.objects.count() == 2


def test_forgotten_shift_outside_the_roster_counts_two_hours_at_most():
    reader_id = make_appointment().reader_id
    check_in(reader_id=reader_id, by=None, at=NOON)

    shift = check_out(reader_id=reader_id, by=None, at=NOON + timedelta(hours=5))

    assert (shift.source, shift.ended_at - shift.started_at) == ("closed", timedelta(hours=2))


def test_swapped_duty_belongs_to_who_does_it():
    duty, other = make_duty(), make_appointment()
    DutyChange.objects.create(duty=duty, on=MONDAY, reader=other.reader)

    assert period_for(other.reader_id, NOON) == duty.period
    assert period_for(duty.appointment.reader_id, NOON) is None


def test_the_period_is_the_one_that_is_not_over():
    appointment = make_appointment()
    make_duty(appointment, period=make_period("早读前", time(7, 40), time(8)))
    noon = make_duty(appointment)
    assert period_for(appointment.reader_id, NOON) == noon.period


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (NOON, NOON),
        (NOON, NOON - HALF_AN_HOUR),
        (NOON, NOON + timedelta(days=1)),
        (NOON + HALF_AN_HOUR, NOON + timedelta(hours=2)),
    ],
)
def test_service_from_paper_at_impossible_times_is_refused(starts, ends):
    appointment = make_appointment()
    with pytest.raises(Refused):
        add_service(
            appointment_id=appointment.pk,
            started_at=starts,
            ended_at=ends,
            by=make_user(),
            at=NOON + timedelta(hours=1),
        )
    assert not DutyShift.objects.exists()


def test_service_from_paper_counts():
    appointment = make_appointment()
    make_shift(appointment, NOON - timedelta(days=7), NOON - timedelta(days=7) + HALF_AN_HOUR)
    add_service(appointment_id=appointment.pk, started_at=NOON - HALF_AN_HOUR, ended_at=NOON, by=make_user(), at=NOON)
    assert minutes_of(make_semester()) == {appointment.pk: 60}
