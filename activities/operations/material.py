"""Requests for material (为人找书): asked, answered with a list of books, set aside, done."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from activities.models import MaterialItem, MaterialRequest
from activities.rules.material import (
    IS_CLOSED,
    NO_READER,
    NOT_IN_CATALOGUE,
    OPEN,
    answer_problems,
    ask_problems,
    item_problems,
)
from catalog.models import Copy, Title
from circulation.models import ClassSet, Reservation
from circulation.models.reservations import ACTIVE
from circulation.operations.class_sets import ask_for_set
from circulation.operations.desk import local_day
from circulation.operations.reservation import place
from library_site.models import User
from library_site.shared.codes import normalise_code
from library_site.shared.problems import Refused
from library_site.shared.reference import Reference
from readers.models import Reader


def ask_for_material(
    *,
    subject: str,
    purpose: str,
    details: str,
    needed_on: date | None,
    reader_id: int,
    by: User | None,
    at: datetime,
) -> MaterialRequest:
    """A reader asks for material; `by` is kept only where staff wrote it down.

    Refused (`Refused`): no subject, a day that is over, ten open requests of the same reader.
    """
    with transaction.atomic(durable=True):
        reader = Reader.objects.select_for_update(no_key=True).get(pk=reader_id)
        open_ones = MaterialRequest.objects.filter(reader=reader, state=MaterialRequest.State.NEW).count()
        problems = ask_problems(subject=subject, needed_on=needed_on, today=local_day(at), open_of_reader=open_ones)
        if problems:
            raise Refused(problems)
        return MaterialRequest.objects.create(
            reader=reader,
            category=reader.category,
            subject=subject.strip()[:100],
            purpose=purpose,
            details=details.strip(),
            needed_on=needed_on,
            at=at,
            by=None if by is None or reader.account_id == by.pk else by,
        )


def add_item(*, request_id: int, title_id: int | None, words: str = "", note: str = "") -> MaterialItem:
    """Puts a title, or a source in words, at the end of the answer's list.

    Refused: neither, the title stands there already, a hundred lines, the request is done.
    """
    with transaction.atomic(durable=True):
        asked = _open(request_id)
        title = Title.objects.only("name").get(pk=title_id) if title_id else None
        text = title.name if title else words
        same = asked.items.filter(title=title).count() if title else 0
        if problems := item_problems(words=text, titles=same, items=asked.items.count()):
            raise Refused(problems)
        last = asked.items.aggregate(last=Max("position"))["last"] or 0
        return MaterialItem.objects.create(
            request=asked, position=last + 1, title=title, words=text.strip()[:300], note=note.strip()[:200]
        )


def drop_item(*, request_id: int, item_id: int) -> None:
    """Takes a line off the list; what was set aside for it stays so: it is given up at the pick-up shelf."""
    with transaction.atomic(durable=True):
        MaterialItem.objects.filter(pk=item_id, request=_open(request_id)).delete()


def note_item(*, request_id: int, item_id: int, note: str) -> None:
    """Writes a line's note anew."""
    with transaction.atomic(durable=True):
        _open(request_id).items.filter(pk=item_id).update(note=note.strip()[:200])


def answer_request(
    *, request_id: int, state: str, answer: str, book_list_id: int | None, shown: str, by: User, at: datetime
) -> MaterialRequest:
    """Answers a request with its list, a booklist or in words; closes it, or says that nothing was found.

    Refused: somebody answered since the page was `shown`, an answer of nothing, nothing found without a word.
    """
    with transaction.atomic(durable=True):
        row = _locked(request_id)
        has_list = book_list_id is not None or row.items.exists()
        problems = answer_problems(state=state, answer=answer, has_list=has_list, shown=shown, found=row.state)
        if problems:
            raise Refused(problems)
        if row.answered_at is None and state != MaterialRequest.State.NEW:
            row.answered_at = at
        row.state, row.answer, row.book_list_id, row.by = state, answer.strip(), book_list_id, by
        row.save(update_fields=["state", "answer", "book_list", "answered_at", "by"])
        return row


def set_aside(*, item_id: int, fetched: str, by: User, at: datetime, reference: Reference) -> Reservation:
    """Reserves the title of a line for who asked; with `fetched`, the barcode of a copy at hand, it is set aside.

    A turn that this reader has for the title already is taken for it, so that to try again does no harm.
    Refused as a reservation is.
    """
    item = MaterialItem.objects.select_related("request").get(pk=item_id)
    title_id, reader_id = _for_whom(item)
    turn = _turn(title_id, reader_id)
    if turn is None:
        turn = place(
            title_id=title_id, reader_id=reader_id, by=by, at=at, reference=reference,
            fetched=_copy(title_id, fetched),
        )  # fmt: skip
    MaterialItem.objects.filter(pk=item_id).update(reservation=turn)
    return turn


def ask_set(
    *,
    item_id: int,
    wanted: int,
    needed_on: date,
    school_class_id: int | None,
    by: User,
    at: datetime,
    reference: Reference,
) -> ClassSet:
    """Asks for a class set of the title of a line, for the teacher who asked; refused as a class set is."""
    item = MaterialItem.objects.select_related("request").get(pk=item_id)
    title_id, teacher_id = _for_whom(item)
    wish = ask_for_set(
        title_id=title_id, teacher_id=teacher_id, school_class_id=school_class_id, wanted=wanted,
        needed_on=needed_on, by=by, at=at, reference=reference,
    )  # fmt: skip
    MaterialItem.objects.filter(pk=item_id).update(class_set=wish)
    return wish


def _locked(request_id: int) -> MaterialRequest:
    return MaterialRequest.objects.select_for_update(no_key=True).get(pk=request_id)


def _open(request_id: int) -> MaterialRequest:
    row = _locked(request_id)
    if row.state not in OPEN:
        raise Refused([IS_CLOSED])
    return row


def _for_whom(item: MaterialItem) -> tuple[int, int]:
    if item.title_id is None:
        raise Refused([NOT_IN_CATALOGUE])
    if item.request.reader_id is None:
        raise Refused([NO_READER])
    return item.title_id, item.request.reader_id


def _turn(title_id: int, reader_id: int) -> Reservation | None:
    rows = Reservation.objects.filter(title=title_id, reader=reader_id, class_set=None, state__in=ACTIVE)
    return rows.first()


def _copy(title_id: int, barcode: str) -> int | None:
    if not barcode.strip():
        return None
    rows = Copy.objects.filter(title=title_id, barcode=normalise_code(barcode))
    return rows.values_list("pk", flat=True).first()
