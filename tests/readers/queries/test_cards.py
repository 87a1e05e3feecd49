from datetime import date
from decimal import Decimal

import pytest

from library_site.shared.reference import current_reference
from readers.queries.cards import card_coverage, cards_to_print, grades_on, students_in_no_class
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 12)


@pytest.fixture
def classes():
    """一(1)班, 二(1)班 and 七(1)班."""
    make_school()
    make_school_year(2026)
    return [make_class(2026, 1), make_class(2025, 1), make_class(2026, 1, "junior")]


def coverage(grades):
    return card_coverage(current_reference(), TODAY, grades=grades)


def test_coverage_counts_valid_cards_of_the_pupils_enrolled(classes):
    first, second, _junior = classes
    make_reader(school_class=first, card="K1")
    make_reader(school_class=first)
    replaced = make_reader(school_class=second, card="K2")
    replaced.cards.create(barcode="K0", status="lost", issued_on=TODAY, ended_on=TODAY)
    lost = make_reader(school_class=second)
    lost.cards.create(barcode="K3", status="lost", issued_on=TODAY, ended_on=TODAY)
    make_reader(school_class=second, card="K4", status="left", left_on=date(2026, 10, 1))
    make_reader(category="teacher", card="K5")

    found = coverage(["一", "二", "七"])

    assert [(row.school_class.name, row.enrolled, row.valid) for row in found.classes] == [
        ("一(1)班", 2, 1),
        ("二(1)班", 2, 1),
        ("七(1)班", 0, 0),
    ]
    assert (found.valid, found.enrolled, found.without, found.value) == (2, 4, 2, Decimal("50.00"))


def test_coverage_of_a_range_leaves_the_other_grades_out(classes):
    first, second, _junior = classes
    make_reader(school_class=first)
    for number in range(3):
        make_reader(school_class=second, card=f"K{number}" if number else None)

    assert coverage(["二"]).value == Decimal("66.67")


def test_coverage_of_nobody_is_unknown_not_zero(classes):
    assert coverage(["七"]).value is None


def test_grades_are_in_the_order_of_the_school(classes):
    assert grades_on(current_reference(), TODAY) == ["一", "二", "七"]


def test_pupils_in_no_class_are_told_apart(classes):
    make_reader()
    make_reader(category="staff")
    make_reader(status="left")
    make_reader(school_class=classes[0])

    assert students_in_no_class() == 1


def test_cards_to_print_are_valid_and_in_the_order_of_class_lists(classes):
    first, second, _junior = classes
    make_reader("丙", category="teacher", card="K3")
    make_reader("乙", school_class=second, card="K2")
    holder = make_reader("甲", school_class=first, card="K1", since=date(2026, 9, 1))
    holder.cards.create(barcode="K0", status="lost", issued_on=TODAY, ended_on=TODAY)
    make_reader("丁", status="left", card="K4")
    reference = current_reference()

    assert [card.barcode for card in cards_to_print(reference, TODAY)] == ["K1", "K2", "K3"]
    assert [card.barcode for card in cards_to_print(reference, TODAY, class_id=second.pk)] == ["K2"]
    assert [card.barcode for card in cards_to_print(reference, TODAY, reader_id=holder.pk)] == ["K1"]
    assert [card.barcode for card in cards_to_print(reference, TODAY, since=date(2026, 9, 1))] == ["K1"]
