"""Policies, opening hours, loans."""

import itertools
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from catalog.models import Copy
from circulation.models import BorrowerKey, Box, BoxStay, Loan, LoanPolicy, OpeningHours
from readers.models import Reader, SchoolClass, SchoolYear
from tests.factories.catalog import make_copy
from tests.factories.readers import make_reader, make_school_year

_numbers = itertools.count(1)


def make_policy(category: str = "student", **fields: object) -> LoanPolicy:
    values: dict[str, object] = {
        "material": "",
        "effective_from": date(2000, 1, 1),
        "max_loans": 2,
        "loan_days": 14,
        "max_renewals": 1,
        **fields,
    }
    return LoanPolicy.objects.create(category=category, **values)


def make_opening_hours(weekdays: range = range(5)) -> list[OpeningHours]:
    """Open on these weekdays (Monday to Friday) from 8:00 to 17:00."""
    return [OpeningHours.objects.create(weekday=day, opens=time(8), closes=time(17)) for day in weekdays]


def make_loan(
    *,
    copy: Copy | None = None,
    reader: Reader | None = None,
    school_class: SchoolClass | None = None,
    lent_at: datetime | None = None,
    **fields: object,
) -> Loan:
    """A loan as the desk would have written it; open unless `returned_at` or `voided_at` is given."""
    reader = reader or make_reader()
    lent_at = lent_at or timezone.now() - timedelta(hours=1)
    fields.setdefault("due_on", timezone.localdate(lent_at) + timedelta(days=14))
    year = SchoolYear.objects.filter(starts_on__lte=timezone.localdate(lent_at)).order_by("-starts_on").first()
    key, _created = BorrowerKey.objects.get_or_create(reader=reader, school_year=year or make_school_year())
    return Loan.objects.create(
        copy=copy or make_copy(),
        reader=reader,
        borrower_key=key.key,
        category=reader.category,
        school_class=school_class,
        lent_at=lent_at,
        loan_days=14,
        max_renewals=1,
        **fields,
    )


def make_box(name: str = "", *, school_class: SchoolClass | None = None, since: date | None = None, **fields: object):
    """A class box; with a class, it stands there since a day (the first of the school year unless given)."""
    box = Box.objects.create(name=name or f"图书箱{next(_numbers)}", **fields)
    if school_class is not None:
        BoxStay.objects.create(box=box, school_class=school_class, since=since or date(2026, 9, 1))
    return box


def make_class_loan(box: Box, school_class: SchoolClass, *, copy: Copy | None = None, **fields: object) -> Loan:
    """A copy lent in the class's name, in its box; open unless told otherwise."""
    lent_at = fields.setdefault("lent_at", timezone.now() - timedelta(hours=2))
    fields.setdefault("due_on", timezone.localdate(lent_at) + timedelta(days=60))
    return Loan.objects.create(
        kind=Loan.Kind.CLASS,
        copy=copy or make_copy(),
        borrower_key=uuid4(),
        category=Reader.Category.COLLECTIVE,
        school_class=school_class,
        box=box,
        loan_days=60,
        max_renewals=1,
        **fields,
    )
