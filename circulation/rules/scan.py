"""What a scan means: a pure decision from what the code was found to be and who is open at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

# More copies of an ISBN than this are not looked at, and none of them can be told to be meant.
MOST_ISBN_COPIES = 60


@dataclass(frozen=True)
class FoundCard:
    reader_id: int
    status: str


@dataclass(frozen=True)
class FoundCopy:
    """`loan_id` and `holder_id` are those of the open loan, None if the copy is in.

    `by_old_label`: it was found by a barcode that it bore before; `barcode` is the present one. `kind` is the loan's,
    `class_id` the class it was lent in; `classmate_id` has it from the book corner of the class that holds it.
    """

    copy_id: int
    barcode: str
    state: str
    loan_id: int | None = None
    holder_id: int | None = None
    by_old_label: bool = False
    kind: str = ""
    class_id: int | None = None
    classmate_id: int | None = None


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

    ASK = "ask"
    OPEN_READER = "open_reader"
    OPEN_NUMBER = "open_number"
    DEAD_CARD = "dead_card"
    LEND = "lend"
    RETURN = "return"
    IN_PLACE = "in_place"
    OFFER_COPY = "offer_copy"
    WANT_LABEL = "want_label"
    UNKNOWN = "unknown"


def decide(found: Found, *, open_reader: int | None, choice: str = "") -> Step:
    """Returns the step; `choice`, one of `meanings`, answers the question that a double number asked."""
    possible = meanings(found)
    if len(possible) > 1 and choice not in possible:
        return Step.ASK
    match choice if choice in possible else next(iter(possible), ""):
        case "card":
            assert found.card is not None
            return Step.OPEN_READER if found.card.status == "valid" else Step.DEAD_CARD
        case "copy":
            assert found.copy is not None
            return _decide_copy(found.copy, open_reader)
        case "number":
            return Step.OPEN_NUMBER
    if found.is_isbn:
        return Step.OFFER_COPY if fitting_copy(found, open_reader=open_reader) else Step.WANT_LABEL
    return Step.UNKNOWN


def meanings(found: Found) -> list[str]:
    """What the number is: "card", "copy", "number" (of a reader other than the card's); mostly one, rarely several."""
    holder = found.card.reader_id if found.card else None
    number = found.reader_by_number is not None and found.reader_by_number != holder
    kinds = {"card": found.card is not None, "copy": found.copy is not None, "number": number}
    return [kind for kind, is_so in kinds.items() if is_so]


def _decide_copy(copy: FoundCopy, open_reader: int | None) -> Step:
    if copy.loan_id is not None:
        return Step.RETURN
    return Step.LEND if open_reader is not None else Step.IN_PLACE


def fitting_copy(found: Found, *, open_reader: int | None) -> FoundCopy | None:
    """The one copy that an ISBN can mean here, or None if none or several fit (or not all were looked at).

    With a reader open: a copy that reader holds, else one that is in; with nobody open: one that is out.
    """
    if len(found.by_isbn) >= MOST_ISBN_COPIES:
        return None
    own = [copy for copy in found.by_isbn if copy.holder_id is not None and copy.holder_id == open_reader]
    inside = [copy for copy in found.by_isbn if copy.loan_id is None and copy.state == "on_shelf"]
    outside = [copy for copy in found.by_isbn if copy.loan_id is not None]
    fitting = (own or inside) if open_reader is not None else outside
    return fitting[0] if len(fitting) == 1 else None


def reader_concerned(found: Found, step: Step) -> int | None:
    """The reader whom the step would open, name, or take a book back from; None if it is about nobody."""
    if step in {Step.OPEN_READER, Step.DEAD_CARD}:
        return found.card.reader_id if found.card else None
    if step is Step.OPEN_NUMBER:
        return found.reader_by_number
    return found.copy.holder_id if step is Step.RETURN and found.copy else None
