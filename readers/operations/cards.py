"""Library cards: given out, reported lost, replaced; and the numbers they bear."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, connection

from library_site.audit import act
from library_site.models import NumberSeries, School, User
from library_site.shared.problems import Problem, Refused, violated
from readers.models import Card, Reader
from readers.queries.cards import numbers_of_books
from readers.queries.enrolment import enrolled_on
from readers.rules.cards import (
    CARD_CHANGED,
    HAS_VALID,
    NUMBER_OF_BOOK,
    NUMBER_TAKEN,
    card_problems,
    found_problems,
    loss_problems,
)

_CLASS_LIST = (
    *("school_class__stage", "-school_class__entry_year", "school_class__number"),
    *("reader__number", "reader__name"),
)


def issue_cards(*, class_ids: Sequence[int], by: User | None, on: date, address: str | None = None) -> list[Card]:
    """Gives a new card to every pupil of the classes who has no valid one, in the order of class and number.

    Whoever has a valid card keeps it. Returns the new cards. Asked twice at once, each pupil still gets one.
    """
    with act("issue_cards", by=by, address=address):
        members = enrolled_on(on).filter(school_class__in=class_ids)
        readers = Reader.objects.filter(pk__in=members.values("reader"), status=Reader.Status.ACTIVE)
        locked = list(readers.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
        have = Card.objects.filter(reader__in=locked, status=Card.Status.VALID).values("reader")
        wanting = members.filter(reader__in=locked).exclude(reader__in=have).order_by(*_CLASS_LIST)
        wanted = list(dict.fromkeys(wanting.values_list("reader_id", flat=True)))
        numbers = draw_card_numbers(len(wanted))
        cards = [Card(reader_id=pk, barcode=number, issued_on=on) for pk, number in zip(wanted, numbers, strict=True)]
        return Card.objects.bulk_create(cards, batch_size=1000)


def give_card(
    *,
    reader_id: int,
    by: User | None,
    on: date,
    ends: str = "",
    barcode: str = "",
    fee: Decimal | None = None,
    address: str | None = None,
) -> Card:
    """Gives one reader a new card, under `barcode` or the next free number, and notes the fee taken for it (yuan).

    `ends` says what becomes of the valid card, if there is one: `lost` or `replaced` (worn out); its number never
    opens anything again. Refused (`Refused`) for those who left, while a valid card would stay, and for a number
    that any card ever had, or that a book bears or bore.
    """
    try:
        with act("give_card", by=by, address=address):
            return make_card(reader_id=reader_id, on=on, ends=ends, barcode=barcode, fee=fee)
    except IntegrityError as error:
        raise Refused([card_taken(error)]) from error


def make_card(
    *, reader_id: int, on: date, ends: str, barcode: str, fee: Decimal | None, shown: int | None = None
) -> Card:
    """`give_card` inside a larger act, whose caller turns an `IntegrityError` into `card_taken`.

    `shown` is the valid card that the page told of; refused where it is not that one any more.
    """
    assert connection.in_atomic_block
    reader = _lock(reader_id)
    old = _valid_card(reader)
    if shown is not None and (old is None or old.pk != shown):
        raise Refused([CARD_CHANGED])
    if problems := card_problems(reader, old, ends=ends, barcode=barcode):
        raise Refused(problems)
    if barcode and numbers_of_books([barcode]):
        raise Refused([NUMBER_OF_BOOK])
    if old:
        _end(old, ends, on)
    number = barcode or draw_card_numbers(1)[0]
    return Card.objects.create(reader=reader, barcode=number, issued_on=on, fee=fee)


def report_lost(*, reader_id: int, by: User | None, on: date, address: str | None = None) -> Card:
    """Ends the reader's valid card as lost: from now on the desk refuses it. Refused where there is none."""
    with act("report_lost", by=by, address=address):
        card = _valid_card(_lock(reader_id))
        if card is None:
            raise Refused(loss_problems(card))
        _end(card, Card.Status.LOST, on)
        return card


def card_found(*, reader_id: int, by: User | None, address: str | None = None) -> Card:
    """Makes a card valid again that was reported lost; refused once the reader has got another."""
    with act("card_found", by=by, address=address):
        cards = list(Card.objects.filter(reader=_lock(reader_id)).order_by("-issued_on", "-pk"))
        if problems := found_problems(cards):
            raise Refused(problems)
        card = cards[0]
        card.status, card.ended_on = Card.Status.VALID, None
        card.save(update_fields=["status", "ended_on"])
        return card


def _lock(reader_id: int) -> Reader:
    return Reader.objects.select_for_update(of=("self",), no_key=True).get(pk=reader_id)


def _valid_card(reader: Reader) -> Card | None:
    return Card.objects.filter(reader=reader, status=Card.Status.VALID).first()


def _end(card: Card, status: str, on: date) -> None:
    """A card is valid on the day it was issued, so it never ends before."""
    card.status, card.ended_on = status, max(on, card.issued_on)
    card.save(update_fields=["status", "ended_on"])


def card_taken(error: IntegrityError) -> Problem:
    """What stands behind a number or a card that somebody else was quicker to give; any other error stays one."""
    problems = {"card_barcode_unique": NUMBER_TAKEN, "card_one_valid": HAS_VALID}
    if (name := violated(error)) in problems:
        return problems[name]
    raise error


def draw_card_numbers(wanted: int, *, taken: Collection[str] = ()) -> list[str]:
    """The next free card numbers, as wide as the school's barcodes.

    Those already given, `taken`, and those that books bear or bore are passed over.

    Locks the series until the surrounding transaction ends. They begin with an 8, so that no card has the number of
    a book while books count up from one.
    """
    if wanted == 0:
        return []
    assert connection.in_atomic_block
    school = School.objects.first()
    digits = school.barcode_digits if school else 8
    NumberSeries.objects.get_or_create(kind=NumberSeries.Kind.CARD, defaults={"next_value": 8 * 10 ** (digits - 1) + 1})
    series = NumberSeries.objects.select_for_update().get(kind=NumberSeries.Kind.CARD)
    found: list[str] = []
    while len(found) < wanted:
        span = [str(value).zfill(digits) for value in range(series.next_value, series.next_value + wanted - len(found))]
        used = {*taken, *Card.objects.filter(barcode__in=span).values_list("barcode", flat=True)}
        used |= numbers_of_books(span)
        found += [number for number in span if number not in used]
        series.next_value += len(span)
    series.save(update_fields=["next_value"])
    return found
