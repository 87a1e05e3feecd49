"""Whether a card may be given, lost or found again, and if not, why."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from library_site.shared.problems import Problem
from readers.models import Card, Reader
from readers.rules.identity import without_identity_numbers

HAS_VALID = Problem("has_valid_card", _("This reader has a valid card."), _("Say what becomes of it."), field="ends")
CARD_CHANGED = Problem("card_changed", _("This reader has got another card meanwhile."), _("Look at the card first."))
NUMBER_TAKEN = Problem("number_taken", _("This number was given to a card before."), field="barcode")
NUMBER_OF_BOOK = Problem("number_of_book", _("A book bears this number, or bore it before."), field="barcode")
NO_CARD = Problem("no_valid_card", _("This reader has no valid card."))
READER_LEFT = Problem("reader_left", _("This reader has left the school."), _("Only returns are possible."))
IDENTITY_NUMBER = Problem(
    "identity_number", _("This is an identity number, which may not be kept here."), field="barcode"
)
NOT_LOST = Problem("not_lost", _("Only the latest card can be found again, and only if it was reported lost."))


def card_problems(reader: Reader, valid: Card | None, *, ends: str, barcode: str) -> list[Problem]:
    """Why no new card may be given; `ends` is what becomes of the valid one."""
    reasons = {
        READER_LEFT: reader.status == Reader.Status.LEFT,
        HAS_VALID: valid is not None and ends not in {Card.Status.LOST, Card.Status.REPLACED},
        IDENTITY_NUMBER: without_identity_numbers(barcode) != barcode,
    }
    return [problem for problem, holds in reasons.items() if holds]


def loss_problems(valid: Card | None) -> list[Problem]:
    return [] if valid else [NO_CARD]


def found_problems(cards: Sequence[Card]) -> list[Problem]:
    """`cards` are all of one reader, the newest first."""
    return [] if cards and cards[0].status == Card.Status.LOST else [NOT_LOST]
