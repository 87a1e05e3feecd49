"""What a scan means: a pure decision from what the code was found to be and who is open at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True)
class FoundCard:
    reader_id: int
    status: str


@dataclass(frozen=True)
class FoundCopy:
    """`loan_id` and `holder_id` are those of the open loan, None if the copy is in."""

    copy_id: int
    barcode: str
    state: str
    loan_id: int | None = None
    holder_id: int | None = None


@dataclass(frozen=True)
class Found:
    """Everything a code can be. `by_isbn` are the copies of the title whose ISBN was scanned."""

    card: FoundCard | None = None
    copy: FoundCopy | None = None
    reader_by_number: int | None = None
    is_isbn: bool = False
    by_isbn: Sequence[FoundCopy] = field(default_factory=tuple)


class Step(Enum):
    """What the desk does next."""

    ASK_CARD_OR_COPY = "ask_card_or_copy"
    OPEN_READER = "open_reader"
    DEAD_CARD = "dead_card"
    LEND = "lend"
    RETURN = "return"
    IN_PLACE = "in_place"
    OFFER_COPY = "offer_copy"
    WANT_LABEL = "want_label"
    UNKNOWN = "unknown"


def decide(found: Found, *, open_reader: int | None, choice: str = "") -> Step:
    """Returns the step; `choice` ("card" or "copy") answers the question that a double number asked."""
    if found.card and found.copy and not choice:
        return Step.ASK_CARD_OR_COPY
    if found.card and choice != "copy":
        return Step.OPEN_READER if found.card.status == "valid" else Step.DEAD_CARD
    if found.copy:
        return _decide_copy(found.copy, open_reader)
    if found.reader_by_number is not None:
        return Step.OPEN_READER
    if found.is_isbn:
        return Step.OFFER_COPY if fitting_copy(found, open_reader=open_reader) else Step.WANT_LABEL
    return Step.UNKNOWN


def _decide_copy(copy: FoundCopy, open_reader: int | None) -> Step:
    if copy.loan_id is not None:
        return Step.RETURN
    return Step.LEND if open_reader is not None else Step.IN_PLACE


def fitting_copy(found: Found, *, open_reader: int | None) -> FoundCopy | None:
    """The one copy that an ISBN can mean here, or None if none or several fit.

    With a reader open: a copy that reader holds, else one that is in; with nobody open: one that is out.
    """
    own = [copy for copy in found.by_isbn if copy.holder_id is not None and copy.holder_id == open_reader]
    inside = [copy for copy in found.by_isbn if copy.loan_id is None and copy.state == "on_shelf"]
    outside = [copy for copy in found.by_isbn if copy.loan_id is not None]
    fitting = (own or inside) if open_reader is not None else outside
    return fitting[0] if len(fitting) == 1 else None
