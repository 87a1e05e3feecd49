"""Who is proposed: criteria, order, places and ties."""

from decimal import Decimal

import pytest

from activities.rules.awards import Candidate, meets, propose


def pupil(key, loans, *, school_class=1, grade="三", **figures):
    return Candidate(key, school_class, grade, {"loans": loans, **figures})


MOST_LOANS = [{"figure": "loans", "order": "most"}]
THEN_NOTES = [*MOST_LOANS, {"figure": "notes", "order": "most"}]


def proposed(outcomes):
    return [outcome.candidate.reader_id for outcome in outcomes if outcome.is_proposed]


def tied(outcomes):
    return [outcome.candidate.reader_id for outcome in outcomes if outcome.is_tied]


@pytest.mark.parametrize(
    ("criterion", "value", "holds"),
    [
        ({"least": 10}, 10, True),
        ({"least": 10}, 9, False),
        ({"most": 0}, 0, True),
        ({"most": 0}, 1, False),
        ({"least": 0.1}, Decimal("0.1"), True),
        ({"least": 90, "most": 95}, Decimal("95.01"), False),
        ({"most": 5}, None, False),
        ({"order": "most"}, None, True),
    ],
)
def test_criterion(criterion, value, holds):
    assert meets([{"figure": "loans", **criterion}], {"loans": value}) is holds


def test_the_best_of_each_class_are_proposed():
    rows = [pupil(1, 5), pupil(2, 9), pupil(3, 7), pupil(4, 1, school_class=2)]
    assert proposed(propose(rows, MOST_LOANS, most=1, share="class")) == [2, 4]
    assert proposed(propose(rows, MOST_LOANS, most=2, share="school")) == [2, 3]


def test_places_are_counted_within_the_grade():
    rows = [pupil(1, 5, school_class=1), pupil(2, 9, school_class=2), pupil(3, 1, school_class=3, grade="四")]
    assert proposed(propose(rows, MOST_LOANS, most=1, share="grade")) == [2, 3]


def test_without_a_number_all_who_meet_the_criteria_are_proposed():
    rows = [pupil(1, 5), pupil(2, 0), pupil(3, 7)]
    criteria = [{"figure": "loans", "least": 1}, *MOST_LOANS]
    assert proposed(propose(rows, criteria, most=None, share="class")) == [3, 1]


def test_equal_for_the_last_place_is_left_to_people():
    rows = [pupil(1, 9), pupil(2, 5), pupil(3, 5), pupil(4, 4)]
    outcomes = propose(rows, MOST_LOANS, most=2, share="class")
    assert (proposed(outcomes), tied(outcomes)) == ([1], [2, 3])
    assert [outcome.candidate.reader_id for outcome in outcomes] == [1, 2, 3, 4]


def test_the_second_order_decides_between_equals():
    rows = [pupil(1, 5, notes=1), pupil(2, 5, notes=3), pupil(3, 5, notes=None)]
    outcomes = propose(rows, THEN_NOTES, most=1, share="class")
    assert (proposed(outcomes), tied(outcomes)) == ([2], [])


def test_the_least_may_come_first():
    rows = [pupil(1, 5), pupil(2, 1)]
    assert proposed(propose(rows, [{"figure": "loans", "order": "least"}], most=1, share="class")) == [2]


def test_only_the_next_few_are_kept_for_the_eye():
    outcomes = propose([pupil(number, 100 - number) for number in range(40)], MOST_LOANS, most=3, share="class")
    assert [outcome.candidate.reader_id for outcome in outcomes] == list(range(8))
