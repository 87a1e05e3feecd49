"""Appointing helpers and class keepers for a semester, and ending it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Refused, standing
from readers.models import Appointment, ClassMembership, HelperOptions, Reader, Semester
from readers.queries.helpers import former_helpers
from readers.rules.helpers import ROLE_OF_KIND, too_many


@dataclass(frozen=True)
class Choice:
    """A reader and what to appoint them as."""

    reader_id: int
    kind: str


def appoint(
    *,
    semester: Semester,
    school_class_id: int,
    choices: Sequence[Choice],
    options: HelperOptions,
    by: User,
    on: date,
    overrides: Collection[str] = (),
    address: str | None = None,
) -> list[Appointment]:
    """Appoints pupils for a class; those who are it already are passed over, an ended appointment is taken up again.

    An account that the reader has gets the role. Refuses (`Refused`, code `class_full`, overridable) more helpers
    than the school wants per class. Returns the new appointments.
    """
    with act("appoint_helpers", by=by, address=address):
        serving = Appointment.objects.select_for_update().filter(semester=semester, ended_on=None)
        known = {(row.reader_id, row.kind) for row in serving.filter(reader_id__in=[row.reader_id for row in choices])}
        wanted = [choice for choice in choices if (choice.reader_id, choice.kind) not in known]
        helpers = sum(choice.kind == Appointment.Kind.HELPER for choice in wanted)
        already = len([row for row in serving if _is_helper_of(row, school_class_id)])
        if problems := standing(too_many(options, already, helpers), overrides):
            raise Refused(problems)
        return _appointed(semester, [(choice, school_class_id) for choice in wanted], on)


def _is_helper_of(row: Appointment, school_class_id: int) -> bool:
    return row.school_class_id == school_class_id and row.kind == Appointment.Kind.HELPER


def appoint_again(
    *, semester: Semester, before: Semester, by: User, on: date, address: str | None = None
) -> list[Appointment]:
    """Appoints everybody who served in the semester `before` and is still in a class, for the class they are in now."""
    with act("appoint_helpers_again", by=by, address=address):
        now_in = ClassMembership.objects.filter(reader=OuterRef("reader_id"), until=None).values("school_class_id")
        earlier = Appointment.objects.filter(semester=before, ended_on=None, reader__status=Reader.Status.ACTIVE)
        known = set(Appointment.objects.filter(semester=semester).values_list("reader_id", "kind"))
        rows = earlier.annotate(now_in=Subquery(now_in[:1])).exclude(now_in=None).order_by("pk")
        wanted = [
            (Choice(row.reader_id, row.kind), row.now_in) for row in rows if (row.reader_id, row.kind) not in known
        ]
        return _appointed(semester, wanted, on)


def end_appointment(*, appointment_id: int, by: User, on: date, address: str | None = None) -> Appointment:
    """Ends an appointment: its duties go, service and training stay. The account loses the role.

    The role stays with whoever is appointed for a later semester too.
    """
    with act("end_appointment", by=by, address=address):
        row = Appointment.objects.select_for_update(of=("self",)).select_related("reader").get(pk=appointment_id)
        if row.ended_on is None:
            row.ended_on = max(on, row.appointed_on)
            row.save(update_fields=["ended_on"])
            for duty in row.duties.all():
                duty.changes.all().delete()
                duty.delete()
            _take_role(row)
        return row


def _appointed(semester: Semester, wanted: Iterable[tuple[Choice, int]], on: date) -> list[Appointment]:
    rows = [_appointment(semester, choice, school_class_id, on) for choice, school_class_id in wanted]
    accounts = User.objects.filter(reader__in=[row.reader_id for row in rows]).select_related("reader")
    by_reader = {account.reader.pk: account for account in accounts.select_for_update(of=("self",))}
    for row in rows:
        if (account := by_reader.get(row.reader_id)) is not None:
            _give_role(account, ROLE_OF_KIND[Appointment.Kind(row.kind)])
    return rows


def _appointment(semester: Semester, choice: Choice, school_class_id: int, on: date) -> Appointment:
    row, _created = Appointment.objects.update_or_create(
        semester=semester,
        reader_id=choice.reader_id,
        kind=choice.kind,
        defaults={"school_class_id": school_class_id, "ended_on": None},
        create_defaults={"school_class_id": school_class_id, "appointed_on": on},
    )
    return row


def _give_role(account: User, role: str) -> None:
    if role not in account.roles:
        account.roles = [*account.roles, role]
        account.save(update_fields=["roles"])


def _take_role(row: Appointment) -> None:
    account = User.objects.select_for_update().filter(reader=row.reader_id).first()
    later = Appointment.objects.filter(semester__starts_on__gte=row.semester.starts_on, ended_on=None)
    role = ROLE_OF_KIND[Appointment.Kind(row.kind)]
    if account is not None and role in account.roles and not later.filter(reader=row.reader_id, kind=row.kind).exists():
        account.roles = [held for held in account.roles if held != role]
        account.save(update_fields=["roles"])


def release_former(*, semester: Semester, by: User, address: str | None = None) -> int:
    """Takes the roles from accounts whose readers served before and do not serve in this semester; returns how many.

    Accounts that belong to no reader (a shared desk computer) keep theirs.
    """
    with act("release_former_helpers", by=by, address=address):
        accounts = list(former_helpers(semester).select_for_update(of=("self",)))
        now = set(Appointment.objects.filter(semester=semester, ended_on=None).values_list("reader_id", "kind"))
        for account in accounts:
            kept = {ROLE_OF_KIND[Appointment.Kind(kind)] for reader, kind in now if reader == account.reader.pk}
            account.roles = [role for role in account.roles if role in kept or role not in ROLE_OF_KIND.values()]
            account.save(update_fields=["roles"])
        return len(accounts)
