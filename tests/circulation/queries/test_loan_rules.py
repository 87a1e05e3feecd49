"""Which rule holds, and why the others do not."""

from datetime import date

import pytest

from circulation.models import LoanPolicy
from circulation.queries.loan_rules import Standing, Why, candidates, meant, rule_lines
from tests.factories.catalog import make_copy
from tests.factories.readers import make_reader

TODAY = date(2026, 3, 2)


def rule(pk, material="", since=date(2025, 9, 1), category="student"):
    return LoanPolicy(pk=pk, category=category, material=material, effective_from=since, max_loans=2, loan_days=14)


def test_rules_end_the_day_before_the_next_begins():
    rules = [rule(1), rule(2, since=date(2026, 2, 1)), rule(3, since=date(2026, 4, 1)), rule(4, material="bound")]

    lines = {line.rule.pk: line for line in rule_lines(rules, TODAY)["student"]}

    assert [lines[pk].standing for pk in (1, 2, 3, 4)] == [
        Standing.ENDED,
        Standing.HOLDS,
        Standing.COMING,
        Standing.HOLDS,
    ]
    assert [lines[pk].until for pk in (1, 2, 3, 4)] == [date(2026, 1, 31), date(2026, 3, 31), None, None]
    assert [pk for pk in lines if lines[pk].may_change] == [pk for pk in lines if lines[pk].may_delete] == [3]


def test_every_candidate_says_why_it_does_not_hold():
    rules = [
        rule(1, since=date(2024, 9, 1)),
        rule(2, material="bound", since=date(2024, 9, 1)),
        rule(3, material="bound"),
        rule(4, material="bound", since=date(2026, 9, 1)),
        rule(5, material="av"),
        rule(6, category="teacher"),
    ]

    found = candidates(rules, category="student", material="bound", on=TODAY)

    assert {one.rule.pk: one.why for one in found} == {
        3: Why.HOLDS,
        1: Why.SPECIAL_FIRST,
        2: Why.SUCCEEDED,
        4: Why.NOT_BEGUN,
    }
    assert found[0].rule.pk == 3


@pytest.mark.django_db
def test_card_number_and_barcode_are_understood():
    reader, copy = make_reader(card="C001", number="20260001"), make_copy("00000001")

    assert meant(reader="c001", book="００００００01").reader == reader
    assert meant(reader="20260001", book="00000001").copy == copy
    assert meant(reader="nobody", book="") == meant(reader="", book="")
