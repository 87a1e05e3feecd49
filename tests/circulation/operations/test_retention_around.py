"""What stands around the loans is forgotten with them, and nothing of who still owes or waits."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from catalog.models import Title
from circulation.models import (
    Charge,
    ChargeEntry,
    ClassSet,
    DayClosing,
    OwnBook,
    ReaderBlock,
    Receipt,
    Reservation,
    Suspension,
    Visit,
)
from circulation.operations.erasure import erase_reader
from circulation.operations.retention import preview
from circulation.queries.stored import stored_about
from library_site.audit_log.values import Names
from library_site.shared.problems import Refused
from readers.models import Reader
from tests.circulation.operations.test_retention import BEFORE, NOW, forget, lend, moment
from tests.factories.catalog import make_copy, make_title
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
OLD, YOUNG = date(2022, 3, 1), date(2026, 3, 1)
SECRET = "家长来电说明"


def reserve(reader: Reader, *, ended: date | None, title: Title | None = None) -> Reservation:
    state = {"state": "cancelled", "ended_at": moment(ended)} if ended else {"state": "waiting"}
    fields = {"placed_at": moment(OLD), "reason": SECRET, **state}
    return Reservation.objects.create(title=title or make_title(), reader=reader, **fields)


def charge(reader: Reader, *amounts: str, on: date = OLD, loan=None) -> Charge:
    """A charge with a receipt for each payment; positive amounts are owed."""
    made = Charge.objects.create(
        reader=reader, kind="loss", at=moment(on), loan=loan, details={"note": SECRET, "card": "T0099"}
    )
    for number, amount in enumerate(map(Decimal, amounts)):
        paid = {"kind": "owed"}
        if amount < 0:
            receipt = Receipt.objects.create(number=f"R{made.pk}-{number}", reader=reader, at=moment(on))
            paid = {"kind": "payment", "receipt": receipt}
        ChargeEntry.objects.create(charge=made, amount=amount, at=moment(on), reason=SECRET, **paid)
    return made


def everything(reader: Reader, on: date) -> None:
    """One row in every table around the loans, over and settled on the day."""
    at = moment(on)
    reserve(reader, ended=on)
    Suspension.objects.create(reader=reader, starts_on=on, ends_on=on, reason=SECRET)
    ReaderBlock.objects.create(reader=reader, reason=SECRET, since=at, ended_at=at)
    charge(reader, "28.00", "-28.00", on=on)
    OwnBook.objects.create(
        school_class=make_class(), owner=reader, name="西游记", brought_on=on, given_back_on=on, note=SECRET
    )
    Visit.objects.create(kind="period", at=at, reader=reader, teacher=reader)
    DayClosing.objects.create(day=on, note=SECRET, at=at)


def who_is_named() -> set[str]:
    """The tables around the loans that still name somebody, or hold what was said."""
    named = {
        "reservation": Reservation.objects.exclude(reader=None, reason=""),
        "suspension": Suspension.objects.exclude(reader=None, reason=""),
        "block": ReaderBlock.objects.exclude(reader=None, reason=""),
        "charge": Charge.objects.exclude(reader=None, details={}),
        "entry": ChargeEntry.objects.exclude(reason=""),
        "receipt": Receipt.objects.exclude(reader=None),
        "own book": OwnBook.objects.exclude(owner=None, note=""),
        "closing": DayClosing.objects.exclude(note=""),
        "visit": Visit.objects.exclude(reader=None, teacher=None),
    }
    return {name for name, rows in named.items() if rows.exists()}


EVERY_TABLE = {"reservation", "suspension", "block", "charge", "entry", "receipt", "own book", "closing", "visit"}


def test_what_is_over_is_forgotten_in_every_table():
    everything(make_reader(), OLD)
    assert who_is_named() == EVERY_TABLE
    assert preview(before=BEFORE, at=NOW)["around"] == 8

    assert forget().counts["around"] == 8

    assert who_is_named() == set()
    assert ChargeEntry.objects.aggregate(sum=Sum("amount"))["sum"] == 0


def test_what_is_young_stays():
    everything(make_reader(), YOUNG)

    assert forget() is None

    assert who_is_named() == EVERY_TABLE


@pytest.mark.parametrize("amounts", [("28.00",), ("28.00", "-10.00")])
def test_who_owes_stays_known_with_loan_and_receipt(amounts):
    make_school_year(2021)
    reader = make_reader()
    loan = lend(reader, OLD)
    made = charge(reader, *amounts, loan=loan)

    assert forget() is None

    made.refresh_from_db()
    loan.refresh_from_db()
    assert (made.reader, loan.reader) == (reader, reader)
    assert not Receipt.objects.filter(reader=None).exists()
    assert not ChargeEntry.objects.filter(reason="").exists()


def test_charge_settled_since_stays_until_that_is_old_too():
    made = charge(make_reader(), "28.00")
    ChargeEntry.objects.create(charge=made, kind="payment", amount=Decimal("-28.00"), at=moment(YOUNG))

    assert forget() is None


def test_who_waits_or_has_a_book_in_the_corner_stays_known():
    reader = make_reader()
    reserve(reader, ended=None)
    ReaderBlock.objects.create(reader=reader, reason=SECRET, since=moment(OLD))
    OwnBook.objects.create(school_class=make_class(), owner=reader, name="西游记", brought_on=OLD)

    assert forget() is None


def test_leaver_who_owes_or_waits_is_not_erased_by_itself():
    debtor, waiting, gone = (make_reader(status="left", left_on=date(2022, 7, 1)) for _ in range(3))
    charge(debtor, "28.00")
    reserve(waiting, ended=None)

    assert forget().counts["readers"] == 1

    assert Reader.objects.exclude(number="").count() == 2
    assert not Reader.objects.filter(pk=gone.pk).exclude(number="").exists()


@pytest.mark.parametrize(("what", "code"), [("owes", "unsettled"), ("waits", "waits")])
def test_erasure_is_refused_to_who_owes_or_waits(what, code):
    reader = make_reader(status="left", left_on=date(2026, 11, 1))
    if what == "owes":
        charge(reader, "28.00")
    else:
        reserve(reader, ended=None)

    with pytest.raises(Refused) as refused:
        erase_reader(reader_id=reader.pk, by=make_user(), at=NOW)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_erasure_leaves_nobody_named_around_the_loans():
    reader, other = make_reader(status="left", left_on=date(2026, 11, 1)), make_reader()
    everything(reader, YOUNG)
    charge(other, "28.00")

    erase_reader(reader_id=reader.pk, by=make_user(), at=NOW)

    assert who_is_named() == {"charge", "entry", "closing"}  # what a day was closed with is nobody's own
    assert set(Charge.objects.values_list("reader", flat=True)) == {None, other.pk}


def test_reasons_of_overrides_are_forgotten_in_either_shape():
    make_school_year(2021)
    loan = lend(make_reader(), OLD)
    details = {"overrides": ["overdue"], "reason": SECRET, "due_on": ["2022-03-01", "2022-03-15"]}
    loan.events.create(kind="renewal", at=moment(OLD), copy=loan.copy, reader=loan.reader, details=details)

    forget()

    assert loan.events.get(kind="renewal").details == {
        "overrides": ["overdue"],
        "due_on": ["2022-03-01", "2022-03-15"],
    }


def test_export_of_a_person_has_every_table_around_the_loans():
    reader, other = make_reader(), make_reader("别人")
    everything(reader, YOUNG)
    everything(other, date(2026, 3, 2))
    ClassSet.objects.create(title=make_copy().title, teacher=reader, wanted=5, needed_on=YOUNG)

    tables = stored_about(reader, Names({}))

    assert sorted(len(table.rows) for table in tables) == [*[1] * len(EVERY_TABLE), 2]  # owed and paid
    assert any(SECRET in cell for table in tables for row in table.rows for cell in row)
