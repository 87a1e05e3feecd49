"""Due dates move while books come back and rules are corrected: real threads on real rows."""

from datetime import timedelta
from functools import partial

import pytest

from circulation.models import CirculationEvent, Loan, LoanPolicy, OpeningHours
from circulation.operations.calendar import save_hours
from circulation.operations.due_dates import move_due_dates
from circulation.operations.loan_rules import save_rule
from circulation.rules.opening import Span
from library_site.models import Role
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.concurrency.test_desks import at_once
from tests.factories.calendar import make_closure
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_loan, make_opening_hours, make_policy
from tests.factories.desk import NOON, lend, take_back
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = NOON.date()
FRIDAY = TODAY + timedelta(days=4)


@pytest.fixture
def librarian():
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=50)
    return make_user(Role.LIBRARIAN)


def move(librarian):
    return move_due_dates(today=TODAY, within=None, by=librarian, at=NOON, reference=current_reference(), address=None)


def test_due_dates_moved_twice_at_once_move_once(librarian):
    loans = [make_loan(due_on=FRIDAY, lent_at=NOON - timedelta(days=5)) for _n in range(5)]
    make_closure(FRIDAY)

    moved = at_once(*[partial(move, librarian)] * 2)

    assert sorted(moved) == [0, len(loans)]
    assert CirculationEvent.objects.filter(kind="due_moved").count() == len(loans)


def test_due_dates_move_while_books_come_back(librarian):
    copies = [make_copy() for _n in range(6)]
    for copy in copies:
        make_loan(copy=copy, due_on=FRIDAY, lent_at=NOON - timedelta(days=5))
    make_closure(FRIDAY)

    at_once(partial(move, librarian), *[partial(take_back, copy, librarian) for copy in copies])

    assert not Loan.objects.filter(returned_at=None).exists()
    moved = set(CirculationEvent.objects.filter(kind="due_moved").values_list("loan_id", flat=True))
    assert set(Loan.objects.exclude(due_on=FRIDAY).values_list("pk", flat=True)) == moved


def test_rule_is_corrected_or_lent_by_but_never_changed_under_a_loan(librarian):
    """Whichever comes first: the other sees it."""
    rule = make_policy("student", effective_from=TODAY, material="book", max_loans=3, loan_days=10)
    terms = {"category": "student", "material": "book", "effective_from": TODAY, "max_loans": 3, "loan_days": 20}
    copy, reader = make_copy(), make_reader()

    def correct():
        try:
            save_rule(rule_id=rule.pk, values={**terms, "max_renewals": 1}, today=TODAY, by=librarian)
        except Refused as refusal:
            return refusal.problems[0].code
        return "saved"

    answers = at_once(correct, partial(lend, copy, reader, librarian))

    loan = Loan.objects.get()
    assert loan.policy_id == rule.pk
    if answers[0] == "rule_in_use":
        assert (LoanPolicy.objects.get(pk=rule.pk).loan_days, loan.loan_days) == (10, 10)
    else:
        assert answers[0] == "saved"


def test_hours_saved_twice_at_once_are_there_once(librarian):
    spans = [Span(day, row.opens, row.closes) for day, row in enumerate(make_opening_hours(range(5, 6)))]

    at_once(*[partial(save_hours, location_id=None, category="student", spans=spans, by=librarian)] * 2)

    assert OpeningHours.objects.filter(category="student").count() == len(spans)
