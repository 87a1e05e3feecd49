import pytest

from readers.models import CommendationChoice, HelperOptions
from readers.rules.helpers import desk_rights, has_earned_it, is_commended, too_many

BOUND = HelperOptions(only_on_duty=True)


@pytest.mark.parametrize(("already", "wanted", "refused"), [(0, 2, False), (1, 2, True), (5, 0, False)])
def test_number_per_class(already, wanted, refused):
    assert bool(too_many(HelperOptions(per_class=2), already, wanted)) is refused


@pytest.mark.parametrize(
    ("minutes", "acts", "earned"), [(600, 50, True), (599, 50, False), (600, 49, False), (0, 0, False)]
)
def test_commendation_asks_for_hours_and_acts(minutes, acts, earned):
    options = HelperOptions(commend_minutes=600, commend_acts=50)
    assert has_earned_it(options, minutes=minutes, acts=acts) is earned


@pytest.mark.parametrize("earned", [True, False])
def test_librarians_word_goes_before_the_reckoning(earned):
    assert is_commended(earned, None) is earned
    assert is_commended(earned, CommendationChoice(is_commended=not earned)) is not earned


@pytest.mark.parametrize(
    ("options", "roles", "on_duty_id", "allowed"),
    [
        (HelperOptions(), ["helper"], None, True),
        (BOUND, ["helper"], None, False),
        (BOUND, ["helper"], 8, False),
        (BOUND, ["helper"], 7, True),
        (BOUND, ["helper", "librarian"], None, True),
        (BOUND, ["librarian"], None, True),
    ],
)
def test_helper_rights_hold_on_duty_if_the_school_wants(options, roles, on_duty_id, allowed):
    assert (desk_rights(options, roles, on_duty_id=on_duty_id, open_shifts=[7]) == []) is allowed
