from datetime import date
from decimal import Decimal

import pytest

from library_site.models import NumberSeries
from library_site.shared.problems import Refused
from readers.models import Card
from readers.operations.cards import card_found, give_card, issue_cards, report_lost
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 12)
BEFORE = date(2026, 9, 10)


@pytest.fixture
def librarian():
    make_school()
    make_school_year(2026)
    return make_user()


def codes_of(refused):
    return [problem.code for problem in refused.value.problems]


def test_issue_gives_consecutive_numbers_by_class_list_and_keeps_valid_cards(librarian):
    school_class = make_class(2024, 1)
    second = make_reader(number="2", school_class=school_class)
    first = make_reader(number="1", school_class=school_class)
    has_one = make_reader(number="3", school_class=school_class, card="K3")
    make_reader(number="4", school_class=make_class(2024, 2))

    issued = issue_cards(class_ids=[school_class.pk], by=librarian, on=TODAY)

    assert [(card.reader_id, card.barcode) for card in issued] == [(first.pk, "80000001"), (second.pk, "80000002")]
    assert [card.barcode for card in has_one.cards.all()] == ["K3"]
    assert Card.objects.count() == 3


def test_issue_passes_over_numbers_that_a_card_has(librarian):
    make_reader(card="80000001")
    reader = make_reader(school_class=make_class())

    issue_cards(class_ids=[make_class().pk], by=librarian, on=TODAY)

    assert reader.cards.get().barcode == "80000002"
    assert NumberSeries.objects.get(kind="card").next_value == 80000003


def test_issue_again_gives_nobody_a_second_card(librarian):
    make_reader(school_class=make_class())
    issue_cards(class_ids=[make_class().pk], by=librarian, on=TODAY)

    assert issue_cards(class_ids=[make_class().pk], by=librarian, on=TODAY) == []


def test_issue_gives_a_card_to_whoever_lost_theirs_but_not_to_leavers_and_teachers(librarian):
    school_class = make_class()
    lost = make_reader(school_class=school_class, card="K1")
    report_lost(reader_id=lost.pk, by=librarian, on=BEFORE)
    make_reader(school_class=school_class, status="left", left_on=BEFORE)
    make_reader(school_class=school_class, category="teacher")

    issued = issue_cards(class_ids=[school_class.pk], by=librarian, on=TODAY)

    assert [card.reader_id for card in issued] == [lost.pk]


def test_lost_card_ends_and_its_old_row_is_kept(librarian):
    reader = make_reader(card="K1", since=BEFORE)

    report_lost(reader_id=reader.pk, by=librarian, on=TODAY, address="192.0.2.1")

    card = reader.cards.get()
    assert (card.status, card.ended_on) == ("lost", TODAY)
    kept = card.events.get(pgh_label="update")
    assert (kept.status, kept.pgh_context.metadata["act"], kept.pgh_context.metadata["user"]) == (
        "valid",
        "report_lost",
        librarian.pk,
    )


def test_loss_without_a_card_is_refused(librarian):
    with pytest.raises(Refused) as refused:
        report_lost(reader_id=make_reader().pk, by=librarian, on=TODAY)

    assert codes_of(refused) == ["no_valid_card"]


@pytest.mark.parametrize("ends", ["lost", "replaced"])
def test_replacement_ends_the_card_as_said_and_notes_the_fee(librarian, ends):
    reader = make_reader(card="K1", since=BEFORE)

    new = give_card(reader_id=reader.pk, ends=ends, fee=Decimal("5.00"), by=librarian, on=TODAY)

    new.refresh_from_db()
    assert (new.status, new.fee, new.issued_on) == ("valid", Decimal("5.00"), TODAY)
    assert reader.cards.get(barcode="K1").status == ends


def test_replacement_without_saying_what_becomes_of_the_card_is_refused(librarian):
    reader = make_reader(card="K1")

    with pytest.raises(Refused) as refused:
        give_card(reader_id=reader.pk, by=librarian, on=TODAY)

    assert codes_of(refused) == ["has_valid_card"]


def test_card_printed_before_keeps_its_number(librarian):
    assert give_card(reader_id=make_reader().pk, barcode="X77", by=librarian, on=TODAY).barcode == "X77"


@pytest.mark.parametrize(
    ("fields", "barcode", "code"),
    [
        ({}, "K1", "number_taken"),
        ({}, "110101201501010019", "identity_number"),
        ({"status": "left", "left_on": BEFORE}, "", "reader_left"),
    ],
)
def test_card_is_refused(librarian, fields, barcode, code):
    other = make_reader(card="K1")
    report_lost(reader_id=other.pk, by=librarian, on=TODAY)
    reader = make_reader(**fields)

    with pytest.raises(Refused) as refused:
        give_card(reader_id=reader.pk, barcode=barcode, by=librarian, on=TODAY)

    assert codes_of(refused) == [code]
    assert not reader.cards.exists()


def test_lost_card_found_is_valid_again_until_another_was_issued(librarian):
    reader = make_reader(card="K1", since=BEFORE)
    report_lost(reader_id=reader.pk, by=librarian, on=TODAY)
    card_found(reader_id=reader.pk, by=librarian)
    assert (reader.cards.get().status, reader.cards.get().ended_on) == ("valid", None)

    give_card(reader_id=reader.pk, ends="lost", by=librarian, on=TODAY)
    with pytest.raises(Refused) as refused:
        card_found(reader_id=reader.pk, by=librarian)

    assert codes_of(refused) == ["not_lost"]
    assert reader.cards.get(barcode="K1").status == "lost"
