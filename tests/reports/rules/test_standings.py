"""Places by a figure."""

from decimal import Decimal

import pytest

from reports.rules.standings import places


@pytest.mark.parametrize(
    ("values", "higher_is_better", "expected"),
    [
        ({"a": "1", "b": "3", "c": "2"}, True, [("b", 1), ("c", 2), ("a", 3)]),
        ({"a": "1", "b": "3", "c": "2"}, False, [("a", 1), ("c", 2), ("b", 3)]),
        ({"a": "2.00", "b": "2.00", "c": "1.99"}, True, [("a", 1), ("b", 1), ("c", 3)]),
        ({"a": None, "b": "0.00", "c": None}, True, [("b", 1), ("a", None), ("c", None)]),
        ({"a": None, "b": "0.00"}, False, [("b", 1), ("a", None)]),
        ({}, True, []),
    ],
)
def test_places_are_shared_by_equals_and_not_given_to_the_unknown(values, higher_is_better, expected):
    numbers = {name: None if value is None else Decimal(value) for name, value in values.items()}
    found = places(numbers, numbers.get, higher_is_better=higher_is_better)
    assert [(one.entrant, one.place) for one in found] == expected
