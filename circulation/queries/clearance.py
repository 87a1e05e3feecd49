"""What is outstanding with the library: books, money, reservations. With none of them a reader is clear."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from circulation.models import Reservation
from circulation.models.reservations import ACTIVE
from circulation.queries.balances import owed
from circulation.queries.loans import open_loans
from circulation.queries.panel import LoanLine, loan_line
from library_site.shared.reference import Reference


@dataclass(frozen=True)
class Outstanding:
    """Of one reader; `owed` in yuan, `reservations` are the titles waited for or set aside."""

    lines: Sequence[LoanLine] = ()
    owed: Decimal = Decimal(0)
    reservations: Sequence[str] = ()

    @property
    def is_clear(self) -> bool:
        return not self.lines and not self.owed and not self.reservations


def outstanding_of(reader_ids: Collection[int], today: date, reference: Reference) -> dict[int, Outstanding]:
    """What each of these readers has outstanding. Three statements."""
    lines, money, waiting = _lines(reader_ids, today, reference), owed(reader_ids), _reservations(reader_ids)
    return {pk: Outstanding(lines.get(pk, ()), money.get(pk, Decimal(0)), waiting.get(pk, ())) for pk in reader_ids}


def _lines(reader_ids: Collection[int], today: date, reference: Reference) -> dict[int, list[LoanLine]]:
    found: dict[int, list[LoanLine]] = {}
    for loan in open_loans(readers=list(reader_ids)):
        if loan.reader_id is not None:
            found.setdefault(loan.reader_id, []).append(loan_line(loan, today, reference))
    return found


def _reservations(reader_ids: Collection[int]) -> dict[int, list[str]]:
    """The titles, each once, however many copies a class set waits for."""
    rows = Reservation.objects.filter(reader__in=reader_ids, state__in=ACTIVE).order_by("placed_at", "pk")
    found: dict[int, dict[str, None]] = {}
    for reader_id, name in rows.values_list("reader_id", "title__name"):
        if reader_id is not None:
            found.setdefault(reader_id, {})[name] = None
    return {pk: list(names) for pk, names in found.items()}
