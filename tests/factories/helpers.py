"""Helpers, their duty and their service."""

from datetime import date, datetime, time

from readers.models import Appointment, Duty, DutyPeriod, DutyShift, Reader, Semester
from tests.factories.readers import make_class, make_reader, make_school_year


def make_semester(number: int = 1, start_year: int = 2026) -> Semester:
    return make_school_year(start_year).semesters.get(number=number)


def make_appointment(
    reader: Reader | None = None, *, semester: Semester | None = None, kind: str = "helper", **fields: object
) -> Appointment:
    """Appointed on the first day of the semester for 三(1)班 unless told otherwise."""
    semester = semester or make_semester()
    fields.setdefault("school_class", make_class())
    fields.setdefault("appointed_on", semester.starts_on)
    reader = reader or make_reader(school_class=fields["school_class"])
    return Appointment.objects.create(semester=semester, reader=reader, kind=kind, **fields)


def make_period(name: str = "午间", starts: time = time(12, 10), ends: time = time(12, 50)) -> DutyPeriod:
    row, _created = DutyPeriod.objects.get_or_create(name=name, defaults={"starts": starts, "ends": ends})
    return row


def make_duty(appointment: Appointment | None = None, weekday: int = 0, period: DutyPeriod | None = None) -> Duty:
    """On Monday at noon unless told otherwise."""
    return Duty.objects.create(
        appointment=appointment or make_appointment(), weekday=weekday, period=period or make_period()
    )


def make_shift(appointment: Appointment, started_at: datetime, ended_at: datetime | None = None) -> DutyShift:
    return DutyShift.objects.create(
        appointment=appointment, reader=appointment.reader, started_at=started_at, ended_at=ended_at
    )


MONDAY = date(2026, 10, 12)
