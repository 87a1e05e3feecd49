"""A new card for a reader, and what the school takes for it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError

from circulation.models import Charge
from circulation.operations.charges import owe
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Refused
from readers.models import Card, ClassMembership
from readers.operations.cards import card_taken, make_card


def give_card_for_fee(
    *,
    reader_id: int,
    on: date,
    ends: str = "",
    barcode: str = "",
    fee: Decimal | None = None,
    shown: int | None = None,
    by: User | None,
    at: datetime,
    address: str | None = None,
) -> Card:
    """As `readers.operations.cards.make_card`; the reader then owes the fee (yuan; None or 0: nothing is owed)."""
    try:
        with act("give_card", by=by, address=address):
            card = make_card(reader_id=reader_id, on=on, ends=ends, barcode=barcode, fee=fee, shown=shown)
            if fee:
                details = {"card": card.barcode}
                stay = ClassMembership.objects.filter(reader=reader_id, until=None).first()
                owe(
                    reader_id=reader_id,
                    kind=Charge.Kind.CARD,
                    amount=fee,
                    school_class_id=stay.school_class_id if stay else None,
                    details=details,
                    by=by,
                    at=at,
                )
            return card
    except IntegrityError as error:
        raise Refused([card_taken(error)]) from error
