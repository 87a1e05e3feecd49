"""The same book brought instead of money (赔书): the charge is settled, and the book is a copy of the library."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from catalog.operations.copies import make_copies, taken_meanwhile
from catalog.operations.numbering import hold_numbers
from catalog.operations.titles import locked_title
from circulation.models import Charge, ChargeEntry
from circulation.operations.desk import lock_reader
from circulation.operations.payments import entry_of_scan, locked_charge, settle_locked
from library_site.audit import act
from library_site.models import User
from library_site.shared.codes import normalise_code
from library_site.shared.problems import Problem, Refused

NOT_OF_A_BOOK = Problem("not_of_a_book", _("This charge is not for a book."))


def replace_with_same(
    *,
    charge_id: int,
    barcode: str = "",
    location_id: int,
    price: Decimal | None,
    on: date,
    by: User | None,
    at: datetime,
    scan_id: UUID | None = None,
) -> Copy:
    """Settles what is left of a charge by the same book, which is entered as a new copy of the title; returns it.

    `barcode` is the number on its label; empty draws the next one. The entry names the new accession number. The same
    form sent twice is one copy. Refused (`Refused`) for a number that is taken, and where the charge is settled.
    """
    numbers = [normalise_code(barcode)] if barcode.strip() else None
    try:
        with act("replace_with_same", by=by):
            return _replace(charge_id, numbers, location_id, price, on, by, at, scan_id)
    except IntegrityError as error:
        raise Refused(taken_meanwhile(error, numbers or [])) from error


def _replace(
    charge_id: int,
    numbers: list[str] | None,
    location_id: int,
    price: Decimal | None,
    on: date,
    by: User | None,
    at: datetime,
    scan_id: UUID | None,
) -> Copy:
    charge = Charge.objects.select_related("copy").get(pk=charge_id)
    if charge.copy is None:
        raise Refused([NOT_OF_A_BOOK])
    if charge.reader_id is not None:
        lock_reader(charge.reader_id)
    hold_numbers()  # before the title, as everywhere
    title = locked_title(charge.copy.title_id)
    locked = locked_charge(charge_id)
    if before := entry_of_scan(scan_id):
        return Copy.objects.get(accession_number=before.reason)
    volumes = [charge.copy.volume] if charge.copy.volume else []
    values = {"location_id": location_id, "source": Copy.Source.OTHER, "acquired_on": on}
    copy = make_copies(title.pk, numbers, count=1, prices=[price], volumes=volumes, values=values)[0]
    kind = ChargeEntry.Kind.REPLACED
    settle_locked(locked, kind, None, reason=copy.accession_number, by=by, at=at, scan_id=scan_id)
    return copy
