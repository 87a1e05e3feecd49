"""Taking a scan at a class's book corner: a pupil, or a book of the corner that goes out or comes back."""

from dataclasses import replace

from django.utils.translation import gettext as _

from catalog.models import Copy
from circulation.models import CirculationEvent
from circulation.operations.corners import lend_from_corner, return_to_corner
from circulation.operations.desk import Scan, local_day, recorded
from circulation.operations.scan import Answer, Desk, Offer, Tone, act_on
from circulation.queries.corners import pupil_called
from circulation.queries.identify import identify
from circulation.rules.boxes import NOT_IN_CORNER, OTHER_CLASS
from circulation.rules.scan import Found, FoundCopy
from library_site.shared.problems import Problem, Refused
from readers.queries.scope import all_in_classes


def take_keeper_scan(*, code: str, desk: Desk, scan: Scan, choice: str = "") -> Answer:
    """A class keeper's scan on the class board: books of the own corner stay with the class, all else is the desk's."""
    found = identify(code)
    copy = found.copy
    if copy is None or copy.kind != "class" or choice not in ("", "copy"):
        return act_on(found, desk=desk, scan=scan, choice=choice)
    # What is lent on at once is scanned again: the board's keys are the desk's.
    return replace(_of_corner(copy, copy.class_id, desk, scan), offers=())


def take_corner_scan(*, code: str, class_id: int, desk: Desk, scan: Scan) -> Answer:
    """What a code means on the page of a class's corner; the library's own books are not lent there."""
    found = identify(code)
    if copy := _book_meant(found, class_id, desk):
        return _of_corner(copy, class_id, desk, scan)
    if found.card or found.reader_by_number:
        return act_on(replace(found, copy=None), desk=desk, scan=scan)
    if found.copy or found.is_isbn:
        return _refused(desk, NOT_IN_CORNER)
    if pupil := pupil_called(code, class_id):
        return Answer(Tone.OPENED, "", reader_id=pupil)
    hint = _("Type the number on the list, a name, or its pinyin initials.")
    return Answer(Tone.REFUSED, _("Unknown number"), desk.reader_id, hint=hint)


def lend_scanned(*, copy_id: int, class_id: int, desk: Desk, scan: Scan) -> Answer:
    """Lends the book to the open pupil."""
    assert desk.reader_id is not None
    try:
        event = lend_from_corner(
            copy_id=copy_id,
            reader_id=desk.reader_id,
            class_id=class_id,
            by=desk.by,
            at=desk.at,
            reference=desk.reference,
            scan=scan,
        )
    except Refused as refusal:
        return _refused(desk, *refusal.problems, copy_id=copy_id)
    return _done(event, desk)


def _book_meant(found: Found, class_id: int, desk: Desk) -> FoundCopy | None:
    """The book of this corner that the code means: by its label, else the only one of the corner with this ISBN."""
    copies = [found.copy] if found.copy else list(found.by_isbn)
    ours = [copy for copy in copies if copy.kind == "class" and (copy.class_id == class_id or copy.classmate_id)]
    return ours[0] if len(ours) == 1 else None


def _of_corner(copy: FoundCopy, class_id: int | None, desk: Desk, scan: Scan) -> Answer:
    if before := recorded(scan):
        return _done(before, desk)
    if copy.classmate_id is not None:
        return _take_back(copy, copy.classmate_id, class_id, desk, scan)
    if copy.class_id != class_id or class_id is None or not _may_serve(class_id, desk):
        return _refused(desk, NOT_IN_CORNER if desk.classes is None else OTHER_CLASS)
    if desk.reader_id is None:
        message = _("In the book corner. To lend it, choose the pupil first.")
        return Answer(Tone.NOTICE, message, copy=_copy(copy.copy_id))
    return lend_scanned(copy_id=copy.copy_id, class_id=class_id, desk=desk, scan=scan)


def _may_serve(class_id: int, desk: Desk) -> bool:
    return desk.classes is None or class_id in desk.classes


def _take_back(copy: FoundCopy, classmate_id: int, class_id: int | None, desk: Desk, scan: Scan) -> Answer:
    served = [class_id] if desk.classes is None and class_id else desk.classes or ()
    if not all_in_classes({classmate_id}, served, local_day(desk.at)):
        return _refused(desk, OTHER_CLASS)
    event = return_to_corner(copy_id=copy.copy_id, by=desk.by, at=desk.at, scan=scan)
    if event is None:  # another page was quicker
        return Answer(Tone.NOTICE, _("Back in the book corner"), desk.reader_id, copy=_copy(copy.copy_id))
    answer = _done(event, desk)
    if copy.class_id == class_id:
        return answer
    hint = _("The box of this book stands with another class now: give it there.")
    return replace(answer, tone=Tone.NOTICE, hint=hint, offers=())


def _done(event: CirculationEvent, desk: Desk) -> Answer:
    if event.kind == CirculationEvent.Kind.CHECKOUT:
        return Answer(Tone.LENT, _("Lent from the corner"), desk.reader_id, event)
    offers = []
    if desk.reader_id is not None and desk.reader_id != event.reader_id:
        offers = [Offer("Enter", _("Lend to the open reader"), "boxes:corner_lend", {"copy": str(event.copy_id)})]
    return Answer(Tone.RETURNED, _("Back in the book corner"), desk.reader_id, event, offers=offers)


def _refused(desk: Desk, *problems: Problem, copy_id: int | None = None) -> Answer:
    copy = _copy(copy_id) if copy_id is not None else None
    return Answer(Tone.REFUSED, _("Not lent"), desk.reader_id, problems=problems, copy=copy)


def _copy(copy_id: int) -> Copy:
    return Copy.objects.select_related("title", "location").get(pk=copy_id)
