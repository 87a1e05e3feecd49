"""What the desk shows of a reader: who it is, what is out, what to mind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circulation.models import Loan
from circulation.queries.lateness import days_late
from circulation.queries.loans import READER, open_loans
from circulation.queries.settings import policies
from circulation.queries.standing import STANDING, read_standing
from circulation.rules.policies import policy_for
from circulation.rules.standing import UNTOLD, ReaderStanding
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import class_names_on

_READER = f"""
    SELECT {READER.sql},
           (SELECT school_class_id FROM readers_classmembership WHERE reader_id = reader.id AND until IS NULL LIMIT 1),
           {STANDING}
      FROM readers_reader AS reader WHERE reader.id = %(reader)s
"""  # noqa: S608 - our own columns


@dataclass(frozen=True)
class LoanLine:
    """One book that a reader has."""

    loan_id: int
    title_id: int
    title: str
    barcode: str
    price: Decimal | None
    due_on: date
    days_late: int
    renewals: int
    can_renew: bool
    kind: str = Loan.Kind.READER

    @property
    def where(self) -> Any:
        """Where else it is than at home: in the book corner or the room."""
        return Loan.Kind(self.kind).label if self.kind != Loan.Kind.READER else ""


@dataclass(frozen=True)
class Panel:
    """An open reader. `room_for` is how many more may be lent, None without a policy."""

    reader: Reader
    class_name: str
    lines: Sequence[LoanLine]
    alerts: Sequence[Any]
    room_for: int | None
    standing: ReaderStanding = field(default_factory=ReaderStanding)


def reader_panel(reader_id: int, reference: Reference, today: date, *, in_full: bool) -> Panel | None:
    """The panel of a reader, None if there is none of that id. `in_full` names sums and reasons. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_READER, {"reader": reader_id, "today": today})
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    reader, class_id, standing = READER.read(values), next(values), read_standing(values)
    return build_panel(reader, class_id, open_loans(readers=[reader_id]), standing, reference, today, in_full=in_full)


def build_panel(
    reader: Reader,
    class_id: int | None,
    loans: Sequence[Loan],
    standing: ReaderStanding,
    reference: Reference,
    today: date,
    *,
    in_full: bool,
) -> Panel:
    """The panel from rows already read (an act has them at hand). No statement."""
    policy = policy_for(policies(reference), category=reader.category, material="", on=today)
    lines = [loan_line(loan, today, reference) for loan in loans]
    taken_home = sum(1 for line in lines if line.kind == Loan.Kind.READER)
    room_for = max(0, policy.max_loans - taken_home) if policy else None
    return Panel(
        reader=reader,
        class_name=class_names_on(reference, today).get(class_id, "") if class_id else "",
        lines=lines,
        alerts=_alerts(reader, lines, standing, in_full),
        room_for=room_for,
        standing=standing,
    )


def loan_line(loan: Loan, today: date, reference: Reference) -> LoanLine:
    """A loan as the desk lists it; the price is the copy's own, else the title's."""
    late = days_late(loan, today, reference)
    price = loan.copy.price if loan.copy.price is not None else loan.copy.title.price
    return LoanLine(
        loan_id=loan.pk,
        title_id=loan.copy.title_id,
        title=loan.copy.title.name,
        barcode=loan.copy.barcode,
        price=price,
        due_on=loan.due_on,
        days_late=late,
        renewals=loan.renewals,
        can_renew=loan.kind == Loan.Kind.READER and loan.renewals < loan.max_renewals and loan.due_on >= today,
        kind=loan.kind,
    )


def _alerts(reader: Reader, lines: Sequence[LoanLine], standing: ReaderStanding, in_full: bool) -> list[Any]:
    alerts: list[Any] = [reader.note] if reader.note else []
    if standing.block:
        told = _("Blocked by the librarian: %(note)s") % {"note": standing.block}
        alerts.append(told if in_full else UNTOLD["reader_blocked"])
    if standing.suspended_until:
        alerts.append(_("No borrowing up to and with %(day)s") % {"day": standing.suspended_until})
    if reader.status != Reader.Status.ACTIVE:
        alerts.append(_("Has left the school"))
    late = sum(1 for line in lines if line.days_late)
    if late:
        alerts.append(ngettext("%(count)d book overdue", "%(count)d books overdue", late) % {"count": late})
    if standing.owed > 0:
        alerts.append(_("Owes %(sum)s yuan") % {"sum": standing.owed} if in_full else UNTOLD["owes"])
    if standing.ready:
        alerts.append(
            ngettext("%(count)d book waits for pick-up", "%(count)d books wait for pick-up", standing.ready)
            % {"count": standing.ready}
        )
    return alerts
