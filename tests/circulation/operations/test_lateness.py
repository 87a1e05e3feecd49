"""What being late costs at a return, and that undoing takes it back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from circulation.models import Charge, ChargeEntry, Loan, LoanPolicy, Suspension
from circulation.operations.renewal import renew
from circulation.operations.undo import undo_event
from circulation.queries.balances import owed
from circulation.queries.standing import reader_standing
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy
from tests.factories.desk import NOON, lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader

# Due on Monday 26 October 2026; three open days later.
THURSDAY = NOON + timedelta(days=17)


@pytest.fixture
def suspending(library):
    terms = {"overdue_cost": LoanPolicy.OverdueCost.SUSPENSION, "suspension_per_day": 2, "suspension_cap": 5}
    LoanPolicy.objects.filter(category="student").update(**terms)
    return library


@pytest.fixture
def charging(library):
    terms = {"overdue_cost": LoanPolicy.OverdueCost.MONEY, "fee_per_day": Decimal("0.20"), "grace_days": 1}
    LoanPolicy.objects.filter(category="student").update(**terms)
    return library


def late_return(library, reader, at=THURSDAY, **options):
    copy = make_copy()
    lend(copy, reader, library.helper)
    return take_back(copy, library.helper, at=at, **options)


def spans(reader):
    rows = Suspension.objects.filter(reader=reader, lifted_at=None).order_by("starts_on")
    return [(row.starts_on.isoformat(), row.ends_on.isoformat()) for row in rows]


@pytest.mark.cases("RT-6")
def test_return_that_is_late_says_how_late_and_costs_nothing_by_default(library):
    event = late_return(library, make_reader())
    assert event.details == {"late": {"days": 3}}
    assert (Suspension.objects.count(), Charge.objects.count()) == (0, 0)


@pytest.mark.cases("RT-7")
def test_return_that_is_late_suspends_from_that_day_up_to_the_cap(suspending):
    reader = make_reader()
    event = late_return(suspending, reader)
    assert event.details["late"] == {"days": 3, "suspension": 5}
    assert spans(reader) == [("2026-10-29", "2026-11-02")]
    assert reader_standing(reader.pk, date(2026, 11, 2)).suspended_until == date(2026, 11, 2)
    assert reader_standing(reader.pk, date(2026, 11, 3)).suspended_until is None


@pytest.mark.cases("RT-7")
def test_second_late_book_is_served_behind_the_first(suspending):
    reader = make_reader()
    late_return(suspending, reader)
    late_return(suspending, reader)
    assert spans(reader) == [("2026-10-29", "2026-11-02"), ("2026-11-03", "2026-11-07")]
    assert reader_standing(reader.pk, date(2026, 10, 29)).suspended_until == date(2026, 11, 7)


@pytest.mark.cases("RT-8")
def test_return_that_is_late_charges_open_days_after_grace(charging):
    reader = make_reader()
    event = late_return(charging, reader, at=THURSDAY + timedelta(days=4))  # Monday: a weekend lies between
    assert event.details["late"] == {"days": 5, "fee": "0.80"}
    charge = Charge.objects.get(event=event)
    assert (charge.kind, charge.reader, charge.details["days"]) == ("overdue", reader, 5)
    assert owed([reader.pk]) == {reader.pk: Decimal("0.80")}


@pytest.mark.cases("RT-9")
def test_return_from_the_book_drop_is_late_up_to_the_day_it_is_dated(suspending):
    reader = make_reader()
    event = late_return(suspending, reader, at=NOON + timedelta(days=15))
    assert (event.details["late"]["days"], spans(reader)) == (1, [("2026-10-27", "2026-10-28")])


@pytest.mark.cases("RT-12")
def test_return_in_an_amnesty_costs_nothing_and_says_so(suspending):
    reader = make_reader()
    event = late_return(suspending, reader, amnesty=True)
    assert event.details == {"late": {"days": 3, "suspension": 5}, "amnesty": True}
    assert spans(reader) == []


def test_return_in_an_amnesty_that_would_cost_nothing_is_no_exception(library):
    assert "amnesty" not in late_return(library, make_reader(), amnesty=True).details


@pytest.mark.cases("RT-5")
def test_late_return_of_a_loan_without_reader_costs_nobody(suspending):
    copy = make_copy()
    lend(copy, make_reader(), suspending.helper)
    Loan.objects.update(reader=None, school_class=None)
    event = take_back(copy, suspending.helper, at=THURSDAY)
    assert (event.kind, event.reader, Suspension.objects.count()) == ("return", None, 0)


@pytest.mark.cases("RT-17")
def test_late_return_sent_twice_costs_once(charging):
    reader, copy, scan = make_reader(), make_copy(), make_scan()
    lend(copy, reader, charging.helper)
    first = take_back(copy, charging.helper, at=THURSDAY, scan=scan)
    assert take_back(copy, charging.helper, at=THURSDAY, scan=scan) == first
    assert ChargeEntry.objects.count() == 1


@pytest.mark.cases("UN-2")
def test_undone_return_lifts_its_suspension_and_what_waits_behind_moves_up(suspending):
    reader = make_reader()
    first = late_return(suspending, reader)
    late_return(suspending, reader)
    undo_event(event_id=first.pk, by=suspending.librarian, at=THURSDAY)
    assert spans(reader) == [("2026-10-29", "2026-11-02")]


@pytest.mark.cases("UN-2")
def test_undone_return_reverses_its_charge_by_an_entry_of_its_own(charging):
    reader = make_reader()
    event = late_return(charging, reader)
    undo_event(event_id=event.pk, by=charging.librarian, at=THURSDAY)
    assert owed([reader.pk]) == {}
    assert list(ChargeEntry.objects.order_by("pk").values_list("kind", flat=True)) == ["owed", "reversal"]


@pytest.mark.cases("RN-4")
def test_late_renewal_by_exception_keeps_the_cost_so_far_and_undo_takes_it_back(charging):
    reader, copy = make_reader(), make_copy()
    lend(copy, reader, charging.helper)
    arguments = {"loan_id": loan_of(copy).pk, "at": THURSDAY, "reference": current_reference()}
    with pytest.raises(Refused) as refusal:
        renew(**arguments, by=charging.helper, scan=make_scan())
    assert [problem.code for problem in refusal.value.problems] == ["renewal_overdue"]
    options = {"overrides": ["renewal_overdue"], "reason": "生病"}
    event = renew(**arguments, by=charging.librarian, scan=make_scan(), **options)
    assert owed([reader.pk]) == {reader.pk: Decimal("0.40")}
    assert take_back(copy, charging.helper, at=THURSDAY).details == {}
    undo_event(event_id=take_back_of(copy).pk, by=charging.librarian, at=THURSDAY)
    undo_event(event_id=event.pk, by=charging.librarian, at=THURSDAY)
    assert owed([reader.pk]) == {}


def take_back_of(copy):
    return loan_of(copy).events.filter(kind="return").latest("pk")
