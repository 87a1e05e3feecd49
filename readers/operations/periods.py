"""Duty periods."""

from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import Duty, DutyPeriod, DutyShift
from readers.rules.service import overlap

IN_USE = Problem("period_in_use", _("Somebody serves or has served in this period."))


def keep_period(*, period: DutyPeriod, by: User, address: str | None = None) -> DutyPeriod:
    """Adds or changes a period. Refuses (`Refused`) times at which somebody would be on duty twice."""
    with act("keep_duty_period", by=by, address=address):
        others = DutyPeriod.objects.exclude(pk=period.pk).select_for_update()
        touching = [row.pk for row in others if overlap((row.starts, row.ends), (period.starts, period.ends))]
        if period.pk and (names := _doubled(period.pk, touching)):
            text = _("On duty twice at a time: %(names)s.") % {"names": " ".join(names)}
            raise Refused([Problem("duty_clash", text)])
        period.save()
        return period


def drop_period(*, period: DutyPeriod, by: User, address: str | None = None) -> None:
    """Removes a period. Refuses (`Refused`) one that is on the roster or in which service was done."""
    with act("drop_duty_period", by=by, address=address):
        used = Duty.objects.filter(period=period).exists() or DutyShift.objects.filter(period=period).exists()
        if used:
            raise Refused([IN_USE])
        period.delete()


def _doubled(period_id: int, touching: list[int]) -> list[str]:
    mine = Duty.objects.filter(period=period_id).select_related("appointment__reader")
    here = {(duty.weekday, duty.appointment.reader_id, duty.appointment.semester_id): duty for duty in mine}
    others = Duty.objects.filter(period__in=touching).select_related("appointment")
    found = {(duty.weekday, duty.appointment.reader_id, duty.appointment.semester_id) for duty in others}
    return sorted({here[key].appointment.reader.name for key in found if key in here})
