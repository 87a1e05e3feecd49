"""Taking a scan at the desk: find what the code is, decide, act, and say what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Copy
from catalog.queries.search import Hit
from circulation.models import CirculationEvent, Loan, Reservation
from circulation.operations.checkin import check_in
from circulation.operations.checkout import check_out, granted
from circulation.operations.desk import Scan, local_day, recorded
from circulation.operations.losses import AWAY, find_again, find_first
from circulation.queries.accounts import charge_line
from circulation.queries.identify import identify
from circulation.queries.queue import turns_of
from circulation.rules.modes import Mode
from circulation.rules.scan import Found, Step, decide, fitting_copy, meanings, reader_concerned
from circulation.rules.standing import ReaderStanding
from library_site.models import Role, User
from library_site.shared.problems import Problem, Refused
from library_site.shared.reference import Reference
from readers.queries.classes import class_names_on
from readers.queries.scope import all_in_classes


class Tone(Enum):
    """The colour and the sound of an answer."""

    OPENED = "opened"
    LENT = "lent"
    RETURNED = "returned"
    RESERVED = "reserved"  # returned, and somebody waits for it
    NOTICE = "notice"
    REFUSED = "refused"


@dataclass(frozen=True)
class Offer:
    """What one key does next: the URL name it posts to, and the fields beside the usual ones."""

    key: str
    label: Any
    url_name: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Retry:
    """What a librarian posts again, with a reason, to do it all the same."""

    url_name: str
    fields: dict[str, str]
    label: Any
    button: Any


@dataclass(frozen=True)
class Answer:
    """What the desk shows, sounds and speaks after a scan. `reader_id` is who is open afterwards."""

    tone: Tone
    message: Any
    reader_id: int | None = None
    event: CirculationEvent | None = None
    loans: Sequence[Loan] | None = None  # of the open reader, where the act has just read them
    standing: ReaderStanding | None = None  # the same
    problems: Sequence[Problem] = ()
    offers: Sequence[Offer] = ()
    copy: Copy | None = None
    retry: Retry | None = None
    events: Sequence[CirculationEvent] = ()  # all that was done, the last first, where it is more than one act
    turn: Reservation | None = None  # whom a book that came in is kept for
    search: str = ""  # what was typed, where it was no code: the page looks for people and titles
    hits: Sequence[Hit] = ()
    go: str = ""  # a page to open instead
    hint: Any = ""  # what else is to be known, whatever the answer


@dataclass(frozen=True)
class Desk:
    """Who sits at the desk and how it stands: the reader open, the moment that acts are dated by.

    `classes` are those that a class keeper may lend to; None for whoever lends to the whole school. `back_dated`: the
    moment lies in the past.
    """

    by: User
    at: datetime
    reference: Reference
    reader_id: int | None = None
    classes: frozenset[int] | None = None
    mode: Mode | None = None
    back_dated: bool = False

    @property
    def kept_from(self) -> datetime:
        """From when a book that comes in waits for its reader: never from a day that is over."""
        return timezone.now() if self.back_dated else self.at

    @property
    def of_a_find(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at, "reference": self.reference, "kept_from": self.kept_from}

    @property
    def amnesty(self) -> bool:
        return self.mode is not None and self.mode.is_amnesty


def take_scan(*, code: str, desk: Desk, scan: Scan, choice: str = "") -> Answer:
    """Does what the scanned code means at this desk now, and returns the answer; refusals are answers too."""
    return act_on(identify(code), desk=desk, scan=scan, choice=choice)


def act_on(found: Found, *, desk: Desk, scan: Scan, choice: str = "") -> Answer:
    """As `take_scan`, where it is known already what the code is."""
    step = decide(found, open_reader=desk.reader_id, choice=choice)
    if desk.classes is not None and not _is_within(desk.classes, found, step, desk):
        return _outside(desk)
    if desk.mode is not None and desk.mode.returns_only and step in _OF_A_READER:
        return Answer(Tone.NOTICE, _("Book drop: only books are scanned. Nobody was opened."))
    answer = _STEPS[step](found, desk, scan)
    return replace(answer, hint=_old_label(found) or _of_a_box(answer, desk)) if step in _OF_A_COPY else answer


def _of_a_box(answer: Answer, desk: Desk) -> str:
    """Where a book came from that was out in a class's name."""
    loan = answer.event.loan if answer.event else None
    if loan is None or loan.kind != Loan.Kind.CLASS or loan.box is None or loan.school_class_id is None:
        return ""
    name = class_names_on(desk.reference, local_day(desk.at)).get(loan.school_class_id, "")
    return _("It was in %(box)s of %(class)s, and is missing there now.") % {"box": loan.box.name, "class": name}


def _old_label(found: Found) -> str:
    """Says so where the book still wears a label that was replaced."""
    if found.copy is None or not found.copy.by_old_label:
        return ""
    return _("Old label: this book's number is now %(barcode)s.") % {"barcode": found.copy.barcode}


def _is_within(classes: frozenset[int], found: Found, step: Step, desk: Desk) -> bool:
    who = reader_concerned(found, step)
    return who is None or all_in_classes({who}, classes, local_day(desk.at))


def _outside(desk: Desk) -> Answer:
    """Says nothing of who it is: a class keeper learns nothing about other classes."""
    problem = Problem("other_class", _("This is not of your class."), _("Take it to the front desk of the library."))
    return Answer(Tone.REFUSED, _("Not your class"), desk.reader_id, problems=[problem])


def lend(*, copy_id: int, desk: Desk, scan: Scan, overrides: Sequence[str] = (), reason: str = "") -> Answer:
    """Lends the copy to the open reader and returns the answer; a refusal offers what the problems allow."""
    assert desk.reader_id is not None
    if "copy_not_on_shelf" in granted(overrides, reason, desk.by):
        find_first(copy_id=copy_id, **desk.of_a_find, scan=scan)
    try:
        done = check_out(
            copy_id=copy_id,
            reader_id=desk.reader_id,
            by=desk.by,
            at=desk.at,
            reference=desk.reference,
            overrides=overrides,
            reason=reason,
            scan=scan,
            back_dated=desk.back_dated,
        )
    except Refused as refusal:
        return Answer(
            Tone.REFUSED,
            _("Not lent"),
            reader_id=desk.reader_id,
            problems=refusal.problems,
            offers=_ways_out(refusal.problems, copy_id),
            copy=_copy(copy_id),
            retry=_lend_all_the_same(copy_id, refusal.problems),
        )
    return replace(_done(done.event, desk), loans=done.loans, standing=done.standing)


def _lend_all_the_same(copy_id: int, problems: Sequence[Problem]) -> Retry | None:
    label, button = _("Lend all the same, because"), _("Lend")
    return retry_of("circulation:lend", {"copy": str(copy_id)}, problems, label, button)


def retry_of(
    url_name: str, fields: dict[str, str], problems: Sequence[Problem], label: Any, button: Any
) -> Retry | None:
    """The way to do it all the same; None where one of the problems cannot be set aside."""
    if not problems or not all(problem.overridable for problem in problems):
        return None
    codes = ",".join(problem.code for problem in problems)
    return Retry(url_name, {**fields, "overrides": codes}, label, button)


def _ways_out(problems: Sequence[Problem], copy_id: int) -> list[Offer]:
    """What the desk can do instead of lending: reference works are read in the room."""
    if all(problem.code != "in_room_only" for problem in problems):
        return []
    return [Offer("Enter", _("Use in the room"), "in_room:hand_out", {"copy": str(copy_id)})]


def _done(event: CirculationEvent, desk: Desk) -> Answer:
    """The answer to what a scan led to, now or, if it was sent again, the first time."""
    if event.kind == CirculationEvent.Kind.CHECKOUT:
        return Answer(Tone.LENT, _("Lent"), desk.reader_id, event)
    if (turn := turn_of(event)) is not None:
        return Answer(Tone.RESERVED, _("Reserved: to the pick-up shelf"), desk.reader_id, event, turn=turn)
    if event.kind == CirculationEvent.Kind.FOUND:
        return Answer(Tone.RETURNED, _("Found again"), desk.reader_id, event, problems=_to_pay_back(event, desk))
    return Answer(Tone.RETURNED, _("Returned"), desk.reader_id, event, offers=_after_return(event, desk))


def _to_pay_back(event: CirculationEvent, desk: Desk) -> list[Problem]:
    """Money was taken for the loss of a book that is here: the librarian is led to it, others to the librarian."""
    line = charge_line(event.details["charge"][0]) if "charge" in event.details else None
    if line is None or not line.to_pay_back:
        return []
    allowed = desk.by.has_role(Role.LIBRARIAN)
    link = reverse("charges:charge", args=[line.charge.pk]) if allowed else ""
    way_out = _("Pay it back.") if allowed else _("Tell the librarian.")
    return [Problem("to_pay_back", _("Money was paid for its loss."), way_out, link=link)]


def turn_of(event: CirculationEvent) -> Reservation | None:
    """Whom the act has set the book aside for, while it still is."""
    kept = event.details.get("reservation")
    if kept is None:
        return None
    turns = Reservation.objects.filter(pk=kept, state=Reservation.State.READY)
    return turns.select_related("reader", "class_set").first()


def _open_reader(found: Found, desk: Desk, scan: Scan) -> Answer:
    assert found.card is not None
    return Answer(Tone.OPENED, "", reader_id=found.card.reader_id)


def _open_number(found: Found, desk: Desk, scan: Scan) -> Answer:
    return Answer(Tone.OPENED, "", reader_id=found.reader_by_number)


CARD_STATES = {
    "lost": gettext_lazy("This card was reported lost."),
    "replaced": gettext_lazy("This card was replaced by a new one."),
    "returned": gettext_lazy("This card was handed in."),
}


def _dead_card(found: Found, desk: Desk, scan: Scan) -> Answer:
    assert found.card is not None
    problem = Problem(
        "dead_card", CARD_STATES[found.card.status], _("Keep the card; a new one is issued by the librarian.")
    )
    offer = Offer("Enter", _("Open its reader"), "circulation:open_reader", {"reader": str(found.card.reader_id)})
    return Answer(Tone.REFUSED, _("Card not valid"), problems=[problem], offers=[offer])


def _lend(found: Found, desk: Desk, scan: Scan) -> Answer:
    assert found.copy is not None
    return lend(copy_id=found.copy.copy_id, desk=desk, scan=scan)


def _return(found: Found, desk: Desk, scan: Scan) -> Answer:
    assert found.copy is not None
    event = check_in(
        copy_id=found.copy.copy_id,
        by=desk.by,
        at=desk.at,
        reference=desk.reference,
        scan=scan,
        amnesty=desk.amnesty,
        kept_from=desk.kept_from,
    )
    if event is None:  # another desk was quicker
        return _in_place(found, desk, scan)
    return _done(event, desk)


def _after_return(event: CirculationEvent, desk: Desk) -> list[Offer]:
    if desk.reader_id is None:
        return []
    if event.loan.kind == Loan.Kind.ROOM:
        return []
    if event.reader_id == desk.reader_id:
        return [Offer("F2", _("Renew instead"), "circulation:renew_instead", {"event": str(event.pk)})]
    return [Offer("Enter", _("Lend to the open reader"), "circulation:lend", {"copy": str(event.copy_id)})]


def _in_place(found: Found, desk: Desk, scan: Scan) -> Answer:
    assert found.copy is not None
    if before := recorded(scan):  # this very scan had returned it and was sent again
        return _done(before, desk)
    copy = _copy(found.copy.copy_id)
    if copy.state == Copy.State.ON_SHELF:
        return not_on_loan(copy, desk)
    if copy.state in AWAY:
        return _found_again(copy, desk, scan)
    state = Copy.State(copy.state).label
    problem = Problem(
        "copy_not_on_shelf",
        _("This book is recorded as: %(state)s.") % {"state": state},
        _("Lay it aside for the librarian."),
    )
    return Answer(Tone.NOTICE, _("Not on loan"), desk.reader_id, copy=copy, problems=[problem])


def _found_again(copy: Copy, desk: Desk, scan: Scan) -> Answer:
    event = find_again(copy_id=copy.pk, **desk.of_a_find, scan=scan)
    if event is not None:
        return _done(event, desk)
    kept = Reservation.objects.filter(copy=copy, state=Reservation.State.READY).select_related("reader", "class_set")
    message = _("Found again: it counts as on the shelf.")
    return Answer(Tone.NOTICE, message, desk.reader_id, copy=_copy(copy.pk), turn=kept.first())


def not_on_loan(copy: Copy, desk: Desk) -> Answer:
    """Whose the copy is on the pick-up shelf, or that somebody waits who could have it."""
    turns = turns_of(title_id=copy.title_id, copy_id=copy.pk, reader_id=None)
    if turns.held_for is not None:
        kept = Reservation.objects.filter(copy=copy, state=Reservation.State.READY)
        turn = kept.select_related("reader", "class_set").first()
        return Answer(Tone.NOTICE, _("It stands on the pick-up shelf."), desk.reader_id, copy=copy, turn=turn)
    offers = []
    if turns.ahead and desk.classes is None and copy.location.circulates and not copy.in_room_only:
        label = _("Set aside for whoever waits")
        offers = [Offer("Enter", label, "reservations:fetched", {"copy": str(copy.pk)})]
    message = _("Not on loan. To lend it, scan the card first.")
    return Answer(Tone.NOTICE, message, desk.reader_id, copy=copy, offers=offers)


MEANINGS = {
    "card": gettext_lazy("It is a card"),
    "copy": gettext_lazy("It is a book"),
    "number": gettext_lazy("It is a student number"),
}


def _ask(found: Found, desk: Desk, scan: Scan) -> Answer:
    offers = [
        Offer(str(key), MEANINGS[choice], "circulation:scan", {"code": scan.code, "choice": choice})
        for key, choice in enumerate(meanings(found), start=1)
    ]
    return Answer(Tone.NOTICE, _("This number has two meanings."), desk.reader_id, offers=offers)


def _offer_copy(found: Found, desk: Desk, scan: Scan) -> Answer:
    fitting = fitting_copy(found, open_reader=desk.reader_id)
    assert fitting is not None
    label = _("Take the copy %(barcode)s") % {"barcode": fitting.barcode}
    offer = Offer("Enter", label, "circulation:scan", {"code": fitting.barcode, "choice": "copy"})
    message = _("This is the publisher's ISBN, not our label.")
    return Answer(Tone.NOTICE, message, desk.reader_id, offers=[offer], copy=_copy(fitting.copy_id))


def _want_label(found: Found, desk: Desk, scan: Scan) -> Answer:
    if not found.by_isbn:
        problem = Problem("isbn_unknown", _("No book with this ISBN is held."), _("Lay it aside for the librarian."))
    else:
        problem = Problem("isbn_scanned", _("Several copies have this ISBN."), _("Scan the school's label."))
    return Answer(Tone.REFUSED, _("This is the publisher's ISBN, not our label."), desk.reader_id, problems=[problem])


def _unknown(found: Found, desk: Desk, scan: Scan) -> Answer:
    finds_people = desk.mode is None or not desk.mode.returns_only
    return Answer(Tone.REFUSED, _("Unknown number"), desk.reader_id, search=scan.code if finds_people else "")


def _copy(copy_id: int) -> Copy:
    return Copy.objects.select_related("title", "location").get(pk=copy_id)


_OF_A_READER = {Step.OPEN_READER, Step.OPEN_NUMBER, Step.DEAD_CARD}
_OF_A_COPY = {Step.LEND, Step.RETURN, Step.IN_PLACE}
_STEPS = {
    Step.OPEN_READER: _open_reader,
    Step.OPEN_NUMBER: _open_number,
    Step.DEAD_CARD: _dead_card,
    Step.LEND: _lend,
    Step.RETURN: _return,
    Step.IN_PLACE: _in_place,
    Step.ASK: _ask,
    Step.OFFER_COPY: _offer_copy,
    Step.WANT_LABEL: _want_label,
    Step.UNKNOWN: _unknown,
}
