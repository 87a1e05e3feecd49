"""Every pair of what a code can be and who is open, and the step that follows."""

import pytest

from circulation.rules.scan import MOST_ISBN_COPIES, Found, FoundCard, FoundCopy, Step, decide, fitting_copy

CARD = FoundCard(reader_id=1, status="valid")
LOST = FoundCard(reader_id=1, status="lost")
INSIDE = FoundCopy(copy_id=7, barcode="7", state="on_shelf")
OUTSIDE = FoundCopy(copy_id=8, barcode="8", state="on_shelf", loan_id=80, holder_id=2)


@pytest.mark.parametrize(
    ("found", "open_reader", "choice", "step"),
    [
        (Found(card=CARD), None, "", Step.OPEN_READER),
        (Found(card=CARD), 5, "", Step.OPEN_READER),
        (Found(card=LOST), 5, "", Step.DEAD_CARD),
        (Found(copy=INSIDE), None, "", Step.IN_PLACE),
        (Found(copy=INSIDE), 5, "", Step.LEND),
        (Found(copy=OUTSIDE), None, "", Step.RETURN),
        (Found(copy=OUTSIDE), 2, "", Step.RETURN),
        (Found(copy=OUTSIDE), 5, "", Step.RETURN),
        (Found(card=CARD, copy=INSIDE), 5, "", Step.ASK),
        (Found(card=CARD, copy=INSIDE), 5, "card", Step.OPEN_READER),
        (Found(card=CARD, copy=INSIDE), 5, "copy", Step.LEND),
        (Found(card=LOST, copy=OUTSIDE), None, "copy", Step.RETURN),
        (Found(reader_by_number=3), None, "", Step.OPEN_NUMBER),
        (Found(copy=OUTSIDE, reader_by_number=3), None, "", Step.ASK),
        (Found(copy=INSIDE, reader_by_number=3), 5, "", Step.ASK),
        (Found(copy=INSIDE, reader_by_number=3), 5, "copy", Step.LEND),
        (Found(copy=INSIDE, reader_by_number=3), 5, "number", Step.OPEN_NUMBER),
        (Found(card=CARD, reader_by_number=1), None, "", Step.OPEN_READER),
        (Found(card=LOST, reader_by_number=1), None, "", Step.DEAD_CARD),
        (Found(card=CARD, reader_by_number=3), None, "", Step.ASK),
        (Found(card=LOST, reader_by_number=3), None, "", Step.ASK),
        (Found(card=CARD, reader_by_number=3), None, "card", Step.OPEN_READER),
        (Found(card=CARD, reader_by_number=3), None, "number", Step.OPEN_NUMBER),
        (Found(is_isbn=True), 5, "", Step.WANT_LABEL),
        (Found(is_isbn=True, by_isbn=(INSIDE,)), 5, "", Step.OFFER_COPY),
        (Found(is_isbn=True, by_isbn=(INSIDE,)), None, "", Step.WANT_LABEL),
        (Found(is_isbn=True, by_isbn=(OUTSIDE,)), None, "", Step.OFFER_COPY),
        (Found(), 5, "", Step.UNKNOWN),
    ],
)
def test_step(found, open_reader, choice, step):
    assert decide(found, open_reader=open_reader, choice=choice) is step


def test_isbn_prefers_the_copy_that_the_open_reader_holds():
    found = Found(is_isbn=True, by_isbn=(INSIDE, OUTSIDE))
    assert fitting_copy(found, open_reader=2) == OUTSIDE
    assert fitting_copy(found, open_reader=5) == INSIDE


def test_isbn_fits_no_copy_that_is_away():
    away = FoundCopy(copy_id=9, barcode="9", state="missing")
    assert fitting_copy(Found(is_isbn=True, by_isbn=(away,)), open_reader=5) is None


def test_isbn_of_more_copies_than_are_looked_at_fits_none():
    others = tuple(FoundCopy(number, str(number), "on_shelf") for number in range(100, 99 + MOST_ISBN_COPIES))
    assert fitting_copy(Found(is_isbn=True, by_isbn=(OUTSIDE, *others)), open_reader=None) is None
    assert fitting_copy(Found(is_isbn=True, by_isbn=(OUTSIDE, *others[1:])), open_reader=None) == OUTSIDE
