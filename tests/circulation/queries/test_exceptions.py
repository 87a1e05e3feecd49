"""The exceptions of a day: each with who, when and why; and the same in the audit log."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circulation.models import Charge, ChargeEntry, LoanPolicy, ReaderBlock, Reservation, Suspension
from circulation.operations.undo import undo_last
from circulation.queries.exceptions import exceptions_count, exceptions_on
from library_site.audit_log.rows import Filters, page_of
from library_site.audit_log.values import Names
from readers.models import Turn, TurnReader
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan
from tests.factories.desk import lend, make_scan, take_back
from tests.factories.readers import make_reader

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 12, 12, 20, tzinfo=timezone.get_default_timezone())
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def it_is_noon(library, time_machine):
    time_machine.move_to(NOON, tick=False)


def lend_by_exception(library, reader=None, reason="参加朗诵比赛"):
    reader = reader or make_reader("王小明")
    for _book in range(2):
        make_loan(reader=reader)
    return lend(make_copy(), reader, library.librarian, NOON, overrides=["limit_reached"], reason=reason)


def waive(library, reader, reason="家庭困难", kind="waiver"):
    charge = Charge.objects.create(reader=reader, kind="loss", at=NOON)
    ChargeEntry.objects.create(charge=charge, kind="owed", amount=Decimal("28.00"), at=NOON)
    return ChargeEntry.objects.create(
        charge=charge, kind=kind, amount=Decimal("-28.00"), at=NOON, by=library.librarian, reason=reason
    )


def told(day=TODAY):
    return [(line.what, line.by, line.reader, list(line.codes), line.reason) for line in exceptions_on(day)]


@pytest.mark.cases("DY-2")
def test_override_is_listed_with_who_whom_and_why(library):
    event = lend_by_exception(library)
    line = exceptions_on(TODAY)[0]
    assert told() == [
        ("override.checkout", library.librarian.name, "王小明", ["limit_reached"], "参加朗诵比赛"),
    ]
    assert (line.at, line.barcode, line.undone) == (NOON, event.copy.barcode, False)
    assert exceptions_count(TODAY) == 1


@pytest.mark.cases("DY-2")
def test_override_stands_in_the_audit_log(library):
    lend_by_exception(library)
    entries, _cursor = page_of(Filters(label="exception"), after=None, names=Names({}))
    assert [(row.act, row.user_id, row.thing) for row in entries] == [
        ("exception.checkout", library.librarian.pk, "王小明")
    ]
    assert entries[0].changes[1].after == "参加朗诵比赛"


@pytest.mark.cases("DY-2")
def test_override_that_was_undone_stays_and_says_so(library):
    scan = make_scan(desk="desk7")
    reader = make_reader()
    for _book in range(2):
        make_loan(reader=reader)
    lend(make_copy(), reader, library.librarian, NOON, overrides=["limit_reached"], reason="朗诵", scan=scan)
    undo_last(desk="desk7", by=library.librarian, at=NOON, scan=make_scan(desk="desk7"))
    assert [line.undone for line in exceptions_on(TODAY)] == [True]


def test_usual_day_has_no_exception(library):
    copy, reader = make_copy(), make_reader()
    lend(copy, reader, library.librarian, NOON)
    take_back(copy, library.librarian, NOON + timedelta(minutes=5))
    Suspension.objects.create(reader=reader, starts_on=TODAY, ends_on=TODAY)
    ReaderBlock.objects.create(reader=reader, reason="请到服务台", since=NOON)
    assert exceptions_on(TODAY) == []


@pytest.mark.cases("DY-2")
def test_waiver_lifted_suspension_and_ended_block_are_listed(library):
    reader, by = make_reader("李雷"), library.librarian
    waive(library, reader)
    Suspension.objects.create(
        reader=reader, starts_on=TODAY, ends_on=TODAY, lifted_at=NOON, lifted_by=by, reason="已补还"
    )
    ReaderBlock.objects.create(reader=reader, reason="说明", since=NOON, ended_at=NOON, ended_by=by)
    assert told() == [
        ("block.ended", by.name, "李雷", [], "说明"),
        ("money.waiver", by.name, "李雷", [], "家庭困难"),
        ("suspension.lifted", by.name, "李雷", [], "已补还"),
    ]
    entries, _cursor = page_of(Filters(label="exception"), after=None, names=Names({}))
    assert {row.act for row in entries} == {"exception.lifted", "exception.unblocked", "exception.waiver"}


@pytest.mark.cases("DY-3")
def test_acts_dated_back_are_one_line_for_each_day(library):
    reader = make_reader()
    friday = NOON - timedelta(days=3)
    copies = [make_loan(reader=reader, lent_at=NOON - timedelta(days=9)).copy for _book in range(3)]
    for copy in copies:
        take_back(copy, library.librarian, friday)
    lines = exceptions_on(TODAY)
    assert [(line.what, line.number, line.dated) for line in lines] == [("back_dated.return", 3, friday.date())]
    assert exceptions_on(friday.date()) == []


@pytest.mark.cases("DY-2")
def test_amnesty_is_listed_where_something_would_have_cost(library):
    LoanPolicy.objects.filter(category="student").update(overdue_cost="money", fee_per_day="0.20", fee_cap="5")
    policy, reader = LoanPolicy.objects.get(category="student"), make_reader("李雷")
    for days_late in (3, 0):
        due_on = TODAY - timedelta(days=days_late)
        copy = make_loan(reader=reader, due_on=due_on, policy=policy, lent_at=NOON - timedelta(days=20)).copy
        take_back(copy, library.librarian, NOON, amnesty=True)
    assert [(line.what, line.reader) for line in exceptions_on(TODAY)] == [("amnesty", "李雷")]


@pytest.mark.cases("DY-3")
def test_who_left_with_something_out_is_listed(library):
    turn = Turn.objects.create(kind="leaving", day=TODAY, at=NOON, by=library.librarian)
    TurnReader.objects.create(turn=turn, reader=make_reader("韩梅"), reason="书已寄回")
    assert told() == [("left", library.librarian.name, "韩梅", [], "书已寄回")]


@pytest.mark.cases("DY-3")
def test_reservation_by_exception_is_listed(library):
    fields = {"reader": make_reader("韩梅"), "placed_at": NOON, "placed_by": library.librarian}
    Reservation.objects.create(title=make_title(), reason="读书节要用", **fields)
    Reservation.objects.create(title=make_title(), **fields)
    assert told() == [("override.reservation", library.librarian.name, "韩梅", [], "读书节要用")]


def test_list_is_of_its_day_only(library):
    lend_by_exception(library)
    assert exceptions_on(TODAY - timedelta(days=1)) == exceptions_on(date(2026, 10, 13)) == []


def test_list_is_one_statement_however_long(library):
    for _number in range(3):
        lend_by_exception(library, make_reader())
    with CaptureQueriesContext(connection) as queries:
        assert len(exceptions_on(TODAY)) == 3
    assert len(queries) == 1


def test_audit_goes_through_exceptions_page_by_page(library):
    for number in range(5):
        lend_by_exception(library, make_reader(), reason=f"理由{number}")
        waive(library, make_reader())
    found, cursor = [], None
    while True:
        entries, cursor = page_of(Filters(label="exception"), after=cursor, names=Names({}), size=3)
        found += [(row.source, row.number) for row in entries]
        if cursor is None:
            break
    assert len(found) == len(set(found)) == 10
