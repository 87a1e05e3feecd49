"""Acts at the desk with the usual arguments filled in."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from catalog.models import Copy
from circulation.models import CirculationEvent, Loan
from circulation.operations.checkin import check_in
from circulation.operations.checkout import check_out
from circulation.operations.desk import Scan
from library_site.models import User
from library_site.shared.reference import current_reference
from readers.models import Reader

NOON = datetime(2026, 10, 12, 12, 20, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday


def make_scan(code: str = "", desk: str = "desk1") -> Scan:
    return Scan(id=uuid4(), desk=desk, code=code)


def lend(copy: Copy, reader: Reader, by: User, at: datetime = NOON, **options: object) -> CirculationEvent:
    options.setdefault("scan", make_scan(copy.barcode))
    done = check_out(copy_id=copy.pk, reader_id=reader.pk, by=by, at=at, reference=current_reference(), **options)
    return done.event


def take_back(copy: Copy, by: User, at: datetime = NOON + timedelta(days=1), **options: object):
    options.setdefault("scan", make_scan(copy.barcode))
    options.setdefault("reference", current_reference())
    return check_in(copy_id=copy.pk, by=by, at=at, **options)


def loan_of(copy: Copy) -> Loan:
    """The newest loan of a copy."""
    return Loan.objects.filter(copy=copy).latest("pk")
