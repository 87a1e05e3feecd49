"""How a reader stands decides what is lent and renewed; a librarian can go on with a reason."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from catalog.models import Title
from circulation.models import Charge, LoanPolicy, ReaderBlock, Suspension
from circulation.operations.blocks import block, lift, unblock
from circulation.operations.charges import owe
from circulation.operations.renewal import renew
from circulation.queries.standing import reader_standing
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_policy
from tests.factories.desk import NOON, lend, loan_of, make_scan, take_back
from tests.factories.readers import make_reader

TODAY = NOON.date()
ISSUE = Title.Material.ISSUE


def suspend(reader, first=TODAY, last=TODAY + timedelta(days=3)):
    return Suspension.objects.create(reader=reader, starts_on=first, ends_on=last)


def debt(reader, amount="5.00"):
    return owe(reader_id=reader.pk, kind=Charge.Kind.CARD, amount=Decimal(amount), details={}, by=None, at=NOON)


def note(reader):
    ReaderBlock.objects.create(reader=reader, reason="请到馆长处", since=NOON)


def codes_of(act):
    with pytest.raises(Refused) as refusal:
        act()
    return [problem.code for problem in refusal.value.problems]


@pytest.mark.cases("CO-8", "CO-9", "CO-11")
@pytest.mark.parametrize(("stop", "code"), [(suspend, "suspended"), (debt, "owes"), (note, "reader_blocked")])
def test_reader_who_is_stopped_gets_nothing_but_by_exception(library, stop, code):
    LoanPolicy.objects.filter(category="student").update(owes_at_most=Decimal("5"))
    reader, copy = make_reader(), make_copy()
    stop(reader)
    assert codes_of(lambda: lend(copy, reader, library.helper)) == [code]
    event = lend(copy, reader, library.librarian, overrides=[code], reason="老师担保")
    assert event.details == {"overrides": [code], "reason": "老师担保"}


@pytest.mark.cases("CO-8")
def test_suspension_names_its_last_day_and_holds_on_both_ends(library):
    reader = make_reader()
    suspend(reader, last=TODAY + timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        lend(make_copy(), reader, library.helper, at=NOON + timedelta(days=1))
    assert "2026-10-13" in str(refusal.value.problems[0].message)
    assert lend(make_copy(), reader, library.helper, at=NOON + timedelta(days=2)).kind == "checkout"


@pytest.mark.cases("CO-9")
def test_debt_stops_lending_only_from_the_sum_that_the_rule_names(library):
    reader = make_reader()
    debt(reader, "4.99")
    assert lend(make_copy(), reader, library.helper).kind == "checkout"
    LoanPolicy.objects.filter(category="student").update(owes_at_most=Decimal("5"))
    assert lend(make_copy(), reader, library.helper).kind == "checkout"
    debt(reader, "0.01")
    assert "owes" in codes_of(lambda: lend(make_copy(), reader, library.helper))


@pytest.mark.cases("RN-6")
@pytest.mark.parametrize(("stop", "code"), [(suspend, "suspended"), (debt, "owes"), (note, "reader_blocked")])
def test_reader_who_is_stopped_renews_nothing_but_by_exception(library, stop, code):
    LoanPolicy.objects.filter(category="student").update(owes_at_most=Decimal("5"))
    reader, copy = make_reader(), make_copy()
    lend(copy, reader, library.helper)
    stop(reader)
    arguments = {"loan_id": loan_of(copy).pk, "at": NOON, "reference": current_reference()}
    assert codes_of(lambda: renew(**arguments, by=library.helper, scan=make_scan())) == [code]
    event = renew(**arguments, by=library.librarian, scan=make_scan(), overrides=[code], reason="比赛")
    assert event.details["overrides"] == [code]


@pytest.mark.cases("CO-5")
def test_rule_of_a_material_counts_its_own_books_and_the_general_rule_all(library):
    make_policy("student", material=ISSUE, max_loans=1)
    LoanPolicy.objects.filter(category="student", material="").update(max_loans=3)
    reader = make_reader()
    lend(make_copy(title=make_title(material=ISSUE)), reader, library.helper)
    with pytest.raises(Refused) as refusal:
        lend(make_copy(title=make_title(material=ISSUE)), reader, library.helper)
    assert [problem.code for problem in refusal.value.problems] == ["limit_reached"]
    lend(make_copy(), reader, library.helper)
    lend(make_copy(), reader, library.helper)
    assert codes_of(lambda: lend(make_copy(), reader, library.helper)) == ["limit_reached"]


@pytest.mark.cases("CO-23")
def test_sheet_for_a_day_on_which_the_book_was_out_is_refused(library):
    copy, reader = make_copy(), make_reader()
    lend(copy, make_reader(), library.helper, at=NOON - timedelta(days=5))
    take_back(copy, library.helper, at=NOON - timedelta(days=2))
    sheet = {"at": NOON - timedelta(days=3), "back_dated": True}
    assert codes_of(lambda: lend(copy, reader, library.helper, **sheet)) == ["was_out_then"]
    sheet["at"] = NOON - timedelta(days=1)
    assert lend(copy, reader, library.helper, **sheet).kind == "checkout"


@pytest.mark.cases("CO-23")
def test_sheet_for_the_day_the_book_came_back_lends_it_from_then_on(library):
    copy = make_copy()
    back = NOON - timedelta(days=2)
    lend(copy, make_reader(), library.helper, at=NOON - timedelta(days=5))
    take_back(copy, library.helper, at=back)
    event = lend(copy, make_reader(), library.helper, at=back - timedelta(hours=1), back_dated=True)
    assert event.loan.lent_at == back


@pytest.mark.cases("CO-11")
def test_block_needs_a_reason_stands_once_and_ends(library):
    reader = make_reader()
    who = {"reader_id": reader.pk, "by": library.librarian, "at": NOON}
    assert codes_of(lambda: block(reason=" ", **who)) == ["no_reason"]
    block(reason="书未赔", **who)
    assert codes_of(lambda: block(reason="再一次", **who)) == ["blocked_already"]
    assert reader_standing(reader.pk, TODAY).block == "书未赔"
    assert unblock(**who).ended_by == library.librarian
    assert codes_of(lambda: unblock(**who)) == ["not_blocked"]
    assert reader_standing(reader.pk, TODAY).block == ""


@pytest.mark.cases("CO-8")
def test_lifting_ends_what_runs_and_what_waits_behind_with_its_reason(library):
    reader = make_reader()
    past = suspend(reader, date(2026, 9, 1), date(2026, 9, 3))
    suspend(reader)
    suspend(reader, TODAY + timedelta(days=4), TODAY + timedelta(days=6))
    who = {"reader_id": reader.pk, "by": library.librarian, "at": NOON}
    assert codes_of(lambda: lift(reason="", **who)) == ["no_reason"]
    assert lift(reason="书是误判逾期", **who) == 2
    assert reader_standing(reader.pk, TODAY).suspended_until is None
    past.refresh_from_db()
    assert past.lifted_at is None
    assert codes_of(lambda: lift(reason="再一次", **who)) == ["not_suspended"]
