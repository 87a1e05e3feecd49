"""Signing in and off for duty: at the desk by the own card, or entered afterwards from paper."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import Appointment, Duty, DutyChange, DutyPeriod, DutyShift, Reader, Semester
from readers.rules.service import end_of_forgotten, is_forgotten

NOT_SERVING = Problem("not_serving", _("This reader is no helper this semester."))
NOT_ON_DUTY = Problem("not_signed_in", _("This reader has not signed in."))
WRONG_TIMES = Problem("wrong_times", _("Service ends after it begins, on one day and not in the future."))


def check_in(*, reader_id: int, by: User | None, at: datetime, address: str | None = None) -> DutyShift:
    """Begins the service of a helper or keeper; whoever has signed in already is left as they are.

    A shift of an earlier time that nobody signed off is ended with its period first. Refuses (`Refused`) a reader
    who does not serve in the semester of `at`. The shift knows the period that the roster has for this moment.
    """
    with act("duty_check_in", by=by, address=address):
        _lock(reader_id)
        running = _open_shift(reader_id)
        if running is not None and not _is_forgotten(running, at):
            return running
        if running is not None:
            _close(running, at)
        day = timezone.localdate(at)
        appointment = _appointment_on(reader_id, day)
        if appointment is None:
            raise Refused([NOT_SERVING])
        period = period_for(reader_id, at)
        return DutyShift.objects.create(
            appointment=appointment, reader_id=reader_id, started_at=at, period=period, by=by
        )  # fmt: skip


def check_out(*, reader_id: int, by: User | None, at: datetime, address: str | None = None) -> DutyShift:
    """Ends the service of whoever signed in; one that was forgotten ends with its period.

    Refuses (`Refused`) whoever has not signed in.
    """
    with act("duty_check_out", by=by, address=address):
        _lock(reader_id)
        running = _open_shift(reader_id)
        if running is None:
            raise Refused([NOT_ON_DUTY])
        if _is_forgotten(running, at):
            _close(running, at)
        else:
            running.ended_at = max(at, running.started_at)
            running.save(update_fields=["ended_at"])
        return running


def add_service(
    *, appointment_id: int, started_at: datetime, ended_at: datetime, by: User, at: datetime, address: str | None = None
) -> DutyShift:
    """Enters service from paper. Refuses (`Refused`) times out of order, over midnight or in the future."""
    with act("add_service", by=by, address=address):
        one_day = timezone.localdate(started_at) == timezone.localdate(ended_at)
        if not (started_at < ended_at <= at and one_day):
            raise Refused([WRONG_TIMES])
        appointment = Appointment.objects.get(pk=appointment_id)
        return DutyShift.objects.create(
            appointment=appointment,
            reader_id=appointment.reader_id,
            started_at=started_at,
            ended_at=ended_at,
            source=DutyShift.Source.HAND,
            by=by,
        )


def remove_shift(*, shift_id: int, by: User, address: str | None = None) -> None:
    """Removes service that was entered wrongly; the history keeps it."""
    with act("remove_service", by=by, address=address):
        DutyShift.objects.select_for_update().get(pk=shift_id).delete()


def period_for(reader_id: int, at: datetime) -> DutyPeriod | None:
    """The period that the roster has for a reader at a moment, swaps counted; the nearest one of the day."""
    now, day = timezone.localtime(at), timezone.localdate(at)
    changes = DutyChange.objects.filter(on=day)
    own = Duty.objects.filter(appointment__reader=reader_id, weekday=day.weekday(), appointment__ended_on=None)
    own = own.filter(appointment__semester__starts_on__lte=day, appointment__semester__ends_on__gte=day)
    found = [duty.period for duty in own.exclude(changes__in=changes).select_related("period")]
    found += [change.duty.period for change in changes.filter(reader=reader_id).select_related("duty__period")]
    coming = [period for period in found if period.ends > now.time()]
    return min(coming, key=lambda period: period.starts, default=None)


def _lock(reader_id: int) -> None:
    Reader.objects.select_for_update(of=("self",), no_key=True).get(pk=reader_id)


def _open_shift(reader_id: int) -> DutyShift | None:
    rows = DutyShift.objects.select_for_update(of=("self",)).select_related("period")
    return rows.filter(reader=reader_id, ended_at=None).first()


def _appointment_on(reader_id: int, day: date) -> Appointment | None:
    """The appointment of the semester that has begun last; helpers before keepers."""
    semester = Semester.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
    rows = Appointment.objects.filter(reader=reader_id, ended_on=None, semester=semester)
    return rows.order_by("-kind").first()


def _period_ends(shift: DutyShift) -> datetime | None:
    if shift.period is None:
        return None
    return timezone.make_aware(datetime.combine(timezone.localdate(shift.started_at), shift.period.ends))


def _is_forgotten(shift: DutyShift, at: datetime) -> bool:
    another_day = timezone.localdate(shift.started_at) != timezone.localdate(at)
    return another_day or is_forgotten(shift.started_at, _period_ends(shift), at)


def _close(shift: DutyShift, at: datetime) -> None:
    shift.ended_at = end_of_forgotten(shift.started_at, _period_ends(shift), at)
    shift.source = DutyShift.Source.CLOSED
    shift.save(update_fields=["ended_at", "source"])
