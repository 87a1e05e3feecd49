"""The smallest purchase that meets total and shares, against trying every purchase there is."""

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.rules.classification import MAIN_CLASSES
from reports.rules.purchase import Share, purchase, shared
from reports.rules.standards import classes_of

PRIMARY = [("A", "1.5"), ("B", "1.5"), ("C-K", "64"), ("N-X", "28"), ("Z", "5")]


def at_least(*demands):
    return [Share(classes_of(subject), least=Decimal(value)) for subject, value in demands]


def keeps(counts, shares):
    total = sum(counts.values())
    parts = [(share, Fraction(sum(counts.get(letter, 0) for letter in share.classes))) for share in shares]
    return all(
        Fraction(share.least) * total / 100 <= part <= Fraction(share.most) * total / 100 for share, part in parts
    )


def smallest_by_trying(have, shares, *, at_least, most):
    """How many books at least: every purchase of up to `most` books of four classes is tried."""
    letters = sorted(have)
    for number in range(max(0, at_least - sum(have.values())), most + 1):
        for cuts in itertools.combinations_with_replacement(range(number + 1), len(letters) - 1):
            ends = [0, *cuts, number]
            bought = [last - first for first, last in itertools.pairwise(ends)]
            if keeps({letter: have[letter] + more for letter, more in zip(letters, bought, strict=True)}, shares):
                return number
    return None


def test_nothing_is_bought_where_all_is_met():
    found = purchase({"A": 10, "I": 90}, at_least_of("A", 10), at_least=100, wanted={})
    assert sum(found.bought.values()) == 0


def at_least_of(subject, value):
    return at_least((subject, str(value)))


def test_total_alone_goes_to_what_is_read_most():
    found = purchase({"I": 10, "Q": 10}, [], at_least=50, wanted={"I": 20, "Q": 10})
    assert (found.bought["I"], found.bought["Q"], sum(found.bought.values())) == (20, 10, 30)


def test_class_that_has_too_much_makes_the_whole_grow():
    """A 40 of 1,000 is 4 %; at most 2 % of it would be allowed: the whole must be 2,000."""
    shares = [Share(classes_of("A"), most=Decimal(2))]
    found = purchase({"A": 40, "I": 960}, shares, at_least=1000, wanted={"I": 1})
    assert (found.total, found.bought["A"], found.bought["I"]) == (2000, 0, 1000)


def test_shares_of_the_national_standard_are_met_to_the_copy():
    have = {"A": 120, "B": 150, "C": 50, "G": 1500, "H": 900, "I": 5000, "J": 600, "K": 500, "Q": 900, "Z": 400}
    shares = at_least(*PRIMARY)
    found = purchase(have, shares, at_least=12_000, wanted={"I": 5, "Q": 2, "Z": 1})
    after = {letter: have.get(letter, 0) + more for letter, more in found.bought.items()}
    assert keeps(after, shares)
    # C-K are 8,550 already, which must not be more than 64 % of the whole; shares of 100 % in all fit multiples of 200.
    assert sum(after.values()) == found.total == 13_400


def test_shares_within_shares_hold_each_other():
    shares = [*at_least(("C-K", "60")), Share(classes_of("I+J"), most=Decimal(35))]
    have = {"I": 300, "Q": 100}
    found = purchase(have, shares, at_least=1000, wanted={"I": 9, "J": 9, "Q": 1})
    after = {letter: have.get(letter, 0) + more for letter, more in found.bought.items()}
    assert found.total == 1000
    assert keeps(after, shares)


@pytest.mark.parametrize(
    "shares",
    [
        at_least(("A-K", "80"), ("N-Z", "30")),
        [*at_least(("I", "30")), Share(classes_of("C-K"), most=Decimal(20))],
        [Share(classes_of("A"), most=Decimal(0))],
        # All of the whole is spoken for, and what is there of B has no place in it.
        at_least(("A", "50"), ("C-Z", "50")),
    ],
)
def test_shares_that_contradict_each_other_or_what_is_there_have_no_purchase(shares):
    assert purchase({"A": 5, "B": 5, "I": 5}, shares, at_least=100, wanted={}).bought is None


def test_share_that_crosses_another_is_left_out_and_said_so():
    crossing = Share(classes_of("I+N"), least=Decimal(50))
    found = purchase({"I": 10}, [*at_least(("C-K", "60")), crossing], at_least=100, wanted={})
    assert found.left_out == [crossing]
    assert sum(found.bought.values()) == 90


def test_tolerance_lets_shares_be_missed_by_points():
    have = {"A": 12, "I": 988}
    shares = at_least(("A", "1.5"))
    assert sum(purchase(have, shares, at_least=1000, wanted={}, tolerance=Decimal("0.5")).bought.values()) == 0
    assert sum(purchase(have, shares, at_least=1000, wanted={}).bought.values()) == 4  # 16 of 1,004


PERCENT = st.integers(0, 100).map(Decimal)
SETS = st.sampled_from(["A", "B", "C-K", "N-Z", "I", "I+J", "A+B", "A-K"])
DEMANDS = st.lists(st.tuples(SETS, PERCENT, PERCENT), max_size=4, unique_by=lambda demand: demand[0])
STOCK = st.fixed_dictionaries({letter: st.integers(0, 6) for letter in ("A", "B", "I", "Q")})


@settings(max_examples=150)
@given(have=STOCK, demands=DEMANDS, more=st.integers(0, 4))
@example(have={"A": 1, "B": 0, "I": 0, "Q": 0}, demands=[("A", Decimal(0), Decimal(30))], more=0)
def test_purchase_is_the_smallest_of_all(have, demands, more):
    """Of four classes that stand for their sets, with at most and at least, and a total."""
    shares = [Share(classes_of(name), least=min(one, other), most=max(one, other)) for name, one, other in demands]
    wanted_total = sum(have.values()) + more
    found = purchase(have, shares, at_least=wanted_total, wanted={"I": 3, "Q": 1})
    reckoned = [share for share in shares if share not in found.left_out]
    tried = smallest_by_trying(have, reckoned, at_least=wanted_total, most=9)

    if found.bought is None:
        assert tried is None
    else:
        after = {letter: have.get(letter, 0) + number for letter, number in found.bought.items()}
        assert min(found.bought.values()) >= 0
        assert sum(after.values()) == found.total >= wanted_total
        assert keeps(after, reckoned)
        bought = sum(found.bought.values())
        assert tried == bought or (tried is None and bought > 9)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), min_size=1, max_size=8), st.integers(0, 100))
def test_what_is_shared_out_is_whole_and_keeps_to_its_room(parts, amount):
    weights, rooms = [weight for weight, _room in parts], [room for _weight, room in parts]
    amount = min(amount, sum(rooms))
    given = shared(amount, weights, rooms)
    assert sum(given) == amount
    assert all(0 <= number <= room for number, room in zip(given, rooms, strict=True))


def test_every_class_has_a_line():
    assert list(purchase({}, [], at_least=22, wanted={}).bought) == list(MAIN_CLASSES)
