"""Two librarians at once: nobody gets two cards, no number is given twice."""

from datetime import date
from functools import partial

import pytest

from readers.models import Card
from readers.operations.cards import give_card, issue_cards
from readers.operations.people import add_reader
from readers.rules.details import Details
from tests.concurrency.test_desks import at_once
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 10, 12)


@pytest.fixture
def librarian():
    make_school()
    make_school_year(2026)
    return make_user()


def test_class_issued_twice_at_once_gets_one_card_each(librarian):
    school_class = make_class()
    for _number in range(40):
        make_reader(school_class=school_class)

    at_once(*[partial(issue_cards, class_ids=[school_class.pk], by=librarian, on=TODAY)] * 4)

    assert Card.objects.count() == 40


def test_classes_issued_at_once_share_no_number(librarian):
    classes = [make_class(2024, number) for number in range(1, 5)]
    for school_class in classes * 10:
        make_reader(school_class=school_class)

    at_once(*(partial(issue_cards, class_ids=[row.pk], by=librarian, on=TODAY) for row in classes))

    assert Card.objects.count() == 40
    assert {card.barcode for card in Card.objects.all()} == {str(80000001 + number) for number in range(40)}


def test_printed_card_given_to_two_readers_at_once_goes_to_one(librarian):
    readers = [make_reader() for _number in range(4)]

    outcomes = at_once(*(partial(give_card, reader_id=row.pk, barcode="X1", by=librarian, on=TODAY) for row in readers))

    assert sorted(map(str, outcomes)) == ["X1", *["['number_taken']"] * 3]


def test_number_entered_for_two_readers_at_once_goes_to_one(librarian):
    enter = partial(
        add_reader,
        details=Details("刘老师", "teacher", "T1"),
        class_id=None,
        since=None,
        with_card=True,
        today=TODAY,
        by=librarian,
    )

    outcomes = at_once(*[enter] * 3)

    assert sorted(map(str, outcomes)) == ["['number_taken']", "['number_taken']", "刘老师"]
    assert Card.objects.count() == 1
