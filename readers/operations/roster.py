"""The duty roster: putting somebody on it, taking them off, and swapping two duties."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import Appointment, Duty, DutyChange, DutyPeriod, Reader
from readers.rules.service import Span, clashes

ENDED = Problem("appointment_ended", _("This person no longer serves."))
SAME_PERSON = Problem("same_person", _("Both duties belong to the same person."))


@dataclass(frozen=True)
class DutyOnDate:
    """One duty on one of its dates."""

    duty_id: int
    on: date


def add_duty(
    *, appointment_id: int, weekday: int, period_id: int, by: User, address: str | None = None
) -> Duty:  # fmt: skip
    """Puts a helper on the roster, weekly. Refuses (`Refused`) whoever has a duty then, or no longer serves."""
    with act("add_duty", by=by, address=address):
        appointment = Appointment.objects.get(pk=appointment_id)
        _lock([appointment.reader_id])
        if appointment.ended_on is not None:
            raise Refused([ENDED])
        period = DutyPeriod.objects.get(pk=period_id)
        taken = _duties_of(appointment.reader_id, appointment.semester_id).filter(weekday=weekday)
        if problems := clashes((period.starts, period.ends), [_span(duty) for duty in taken]):
            raise Refused(problems)
        return Duty.objects.create(appointment=appointment, weekday=weekday, period=period)


def remove_duty(*, duty_id: int, by: User, address: str | None = None) -> None:
    """Takes a duty off the roster, and the changes made to it."""
    with act("remove_duty", by=by, address=address):
        duty = Duty.objects.select_for_update().get(pk=duty_id)
        duty.changes.all().delete()
        duty.delete()


def swap_duties(
    *, one: DutyOnDate, other: DutyOnDate, by: User, address: str | None = None
) -> tuple[DutyChange, DutyChange]:  # fmt: skip
    """The two who have these duties on these dates do each other's, once.

    Refuses (`Refused`) a date that is not the duty's weekday or lies outside its semester, two duties of the same
    person, and whoever would then be on duty twice at a time. Swapping again takes a swap back.
    """
    with act("swap_duties", by=by, address=address):
        rows = Duty.objects.select_for_update(of=("self",)).select_related("appointment__semester", "period")
        duties = {row.pk: row for row in rows.filter(pk__in=[one.duty_id, other.duty_id]).order_by("pk")}
        first, second = duties[one.duty_id], duties[other.duty_id]
        holders = (_holder(first, one.on), _holder(second, other.on))
        _lock(holders)
        problems = [*_wrong_date(first, one.on, "one_on"), *_wrong_date(second, other.on, "other_on")]
        if holders[0] == holders[1]:
            problems.append(SAME_PERSON)
        if not problems:
            problems = _doubled(holders[1], first, one.on, besides=(second, other.on))
            problems += _doubled(holders[0], second, other.on, besides=(first, one.on))
        if problems:
            raise Refused(problems)
        return _given(first, one.on, holders[1]), _given(second, other.on, holders[0])


def _lock(readers: list[int] | tuple[int, ...]) -> None:
    list(Reader.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=readers).order_by("pk"))


def _duties_of(reader_id: int, semester_id: int) -> QuerySet[Duty]:
    rows = Duty.objects.filter(appointment__reader=reader_id, appointment__semester=semester_id)
    return rows.select_related("period", "appointment")


def _span(duty: Duty) -> tuple[Span, str]:
    return (duty.period.starts, duty.period.ends), str(duty.period)


def _holder(duty: Duty, on: date) -> int:
    change = duty.changes.filter(on=on).first()
    return change.reader_id if change else duty.appointment.reader_id


def _wrong_date(duty: Duty, on: date, field: str) -> list[Problem]:
    semester = duty.appointment.semester
    if on.weekday() != duty.weekday:
        text = _("The duty is on %(weekday)s, this date is not.") % {"weekday": duty.get_weekday_display()}
        return [Problem("wrong_weekday", text, field=field)]
    if not semester.starts_on <= on <= semester.ends_on:
        return [Problem("outside_semester", _("The date lies outside the semester."), field=field)]
    return []


def _doubled(reader_id: int, duty: Duty, on: date, *, besides: tuple[Duty, date]) -> list[Problem]:
    """Against `reader_id` doing `duty` on a date, the duty given away in return left out."""
    semester_id = duty.appointment.semester_id
    given_away = DutyChange.objects.filter(duty__appointment__reader=reader_id, on=on).exclude(reader=reader_id)
    own = _duties_of(reader_id, semester_id).filter(weekday=on.weekday()).exclude(changes__in=given_away)
    taken = list(own) + [
        change.duty
        for change in DutyChange.objects.filter(reader=reader_id, on=on).select_related("duty__period")
        if change.duty_id not in {row.pk for row in own}
    ]
    left_out = {duty.pk} | ({besides[0].pk} if besides[1] == on else set())
    return clashes((duty.period.starts, duty.period.ends), [_span(row) for row in taken if row.pk not in left_out])


def _given(duty: Duty, on: date, reader_id: int) -> DutyChange:
    if reader_id == duty.appointment.reader_id:
        DutyChange.objects.filter(duty=duty, on=on).delete()
        return DutyChange(duty=duty, on=on, reader_id=reader_id)
    row, _created = DutyChange.objects.update_or_create(duty=duty, on=on, defaults={"reader_id": reader_id})
    return row
