"""The demo's reminders of late books, and reference works read in the room."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from catalog.models import Copy
from circulation.models import BorrowerKey, CirculationEvent, Loan, Reminder
from circulation.models.loans import OPEN

# Days after the due day on which a reminder went out, and by what.
ROUNDS = [(3, Reminder.Kind.SLIP), (9, Reminder.Kind.CHAT), (16, Reminder.Kind.SLIP)]
USES = 8
NOT_BACK = 2


def write_overdue(days: list[date], *, by: int) -> None:
    """Late books were called in, and books were read in the room on the last of these open days, two of them not back.

    `days` have passed.
    """
    # Two rounds may fall on one day, the first after holidays.
    Reminder.objects.bulk_create(_reminders(days, by), ignore_conflicts=True)
    _write_uses(days[-1], by)


def _reminders(days: list[date], by: int) -> list[Reminder]:
    late = Loan.objects.filter(OPEN, due_on__lt=days[-1]).order_by("pk").values_list("pk", "due_on")
    rows = []
    for loan_id, due_on in late:
        for after, kind in ROUNDS:
            day = next((day for day in days if day >= due_on + timedelta(days=after)), None)
            if day is not None:
                rows.append(Reminder(loan_id=loan_id, kind=kind, at=_at(day, 16), day=day, by_id=by))
    return rows


def _write_uses(day: date, by: int) -> None:
    keys = BorrowerKey.objects.filter(reader__category="student", reader__status="active").select_related("reader")
    people = keys.order_by("-school_year", "key")[:USES]
    stay = Copy.objects.filter(Q(acquired_on=None) | Q(acquired_on__lt=day), location__circulates=False)
    copies = stay.filter(state=Copy.State.ON_SHELF).order_by("pk")[:USES]
    loans = [
        _use(key, copy, _at(day, 16, 10 + number), back=number >= NOT_BACK, by=by)
        for number, (key, copy) in enumerate(zip(people, copies, strict=False))
    ]
    Loan.objects.bulk_create(loans)
    events = [event for loan in loans for event in _events(loan, by)]
    CirculationEvent.objects.bulk_create(sorted(events, key=lambda event: event.at))


def _use(key: BorrowerKey, copy: Copy, at: datetime, *, back: bool, by: int) -> Loan:
    stay = key.reader.memberships.filter(until=None).first()
    return Loan(
        kind=Loan.Kind.ROOM,
        copy=copy,
        reader=key.reader,
        borrower_key=key.key,
        category=key.reader.category,
        school_class_id=stay.school_class_id if stay else None,
        lent_at=at,
        due_on=at.date(),
        returned_at=at + timedelta(minutes=30) if back else None,
        loan_days=1,
        max_renewals=0,
        lent_by_id=by,
    )


def _events(loan: Loan, by: int) -> list[CirculationEvent]:
    kinds = [(CirculationEvent.Kind.CHECKOUT, loan.lent_at), (CirculationEvent.Kind.RETURN, loan.returned_at)]
    return [
        CirculationEvent(
            kind=kind,
            at=at,
            by_id=by,
            loan=loan,
            copy_id=loan.copy_id,
            reader_id=loan.reader_id,
            school_class_id=loan.school_class_id,
        )
        for kind, at in kinds
        if at is not None
    ]


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
