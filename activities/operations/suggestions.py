"""Suggestions to buy (荐购): made, backed by others, answered, and settled when the book stands on the shelf."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from activities.models import Backer, Suggestion
from activities.queries.suggestions import held_with_isbn
from activities.rules.suggestions import (
    CHANGED_MEANWHILE,
    OPEN,
    OPEN_AGAIN,
    answer_problems,
    plain_name,
    wish_problems,
)
from catalog.models import Copy
from catalog.queries.search import GONE
from library_site.models import User
from library_site.shared.codes import isbn13
from library_site.shared.problems import Refused, standing, violated
from readers.models import Reader

IS_OPEN = Q(state__in=OPEN)


def suggest(
    *,
    isbn: str,
    name: str,
    author: str,
    publisher: str,
    reason: str,
    copies: int,
    reader_id: int | None,
    item_id: int | None,
    by: User | None,
    at: datetime,
    overrides: Collection[str] = ("held",),
) -> Suggestion:
    """Somebody wants a book bought, or a booklist lacks it (`item_id`); returns the suggestion.

    The same book suggested before and still open is backed instead: one more who wants it, and at least so many
    copies. Refused (`Refused`): no title, a wrong ISBN, too many open suggestions of one reader, and, unless set aside
    in `overrides`, a book that the library holds. `by` is kept only where staff wrote down what a reader said.
    """
    code = isbn13(isbn) or ""
    for last_try in (False, True):
        try:
            with transaction.atomic(durable=True):
                reader = _locked(reader_id)
                same = _same(code, name, author)
                problems = wish_problems(
                    isbn=isbn.strip(),
                    name=name,
                    copies=copies,
                    open_of_reader=_open_of(reader) if same is None else 0,
                    held=held_with_isbn(code),
                )
                if standing(problems, overrides):
                    raise Refused(problems)
                if same is not None:
                    return _backed(same, reader, item_id=item_id, copies=copies, at=at)
                return Suggestion.objects.create(
                    isbn=code,
                    name=plain_name(name)[:200],
                    author=author.strip()[:200],
                    publisher=publisher.strip()[:100],
                    reason=reason.strip()[:300],
                    copies=copies,
                    reader=reader,
                    category=reader.category if reader else "",
                    item_id=item_id,
                    at=at,
                    state_at=at,
                    by=_staff(by, reader),
                )
        except IntegrityError as error:  # somebody suggested it that very moment: back that one
            if last_try or violated(error) != "suggestion_one_open_per_isbn":
                raise
    raise AssertionError


def back(*, suggestion_id: int, reader_id: int, at: datetime) -> Suggestion:
    """One more reader wants the book; twice is once, and who suggested it is counted already. Closed ones stay."""
    with transaction.atomic(durable=True):
        reader = _locked(reader_id)
        found = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion_id)
        return _backed(found, reader, item_id=None, copies=1, at=at) if found.state in OPEN else found


def answer_suggestion(
    *, suggestion_id: int, state: str, shown: str, answer: str, title_id: int | None, by: User, at: datetime
) -> Suggestion:
    """Sets the state that the suggester sees, with words; `title_id` is what the book became in the catalogue.

    Refused: somebody answered since the page was `shown`, declined without a reason, on the shelf without a title,
    opened again while the same ISBN has another open suggestion.
    """
    try:
        with transaction.atomic(durable=True):
            row = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion_id)
            title_id = title_id or row.title_id
            problems = answer_problems(
                state=state, shown=shown, found=row.state, answer=answer, has_title=title_id is not None
            )
            if problems:
                raise Refused(problems)
            if row.state != state:
                row.state_at = at
            row.state, row.answer, row.title_id, row.by = state, answer.strip()[:300], title_id, by
            row.save(update_fields=["state", "state_at", "answer", "title", "by"])
            return row
    except IntegrityError as error:
        if violated(error) == "suggestion_one_open_per_isbn":
            raise Refused([OPEN_AGAIN]) from error
        raise


def mark_all(*, suggestions: Collection[int], state: str, by: User, at: datetime) -> int:
    """Marks open suggestions as seen or ordered, as a whole list goes to the bookseller; returns how many moved.

    What was ordered is not put back to seen, and what is closed stays closed.
    """
    if state not in {Suggestion.State.SEEN, Suggestion.State.ORDERED}:
        raise Refused([CHANGED_MEANWHILE])
    earlier = OPEN[: OPEN.index(Suggestion.State(state))]
    with transaction.atomic(durable=True):
        rows = Suggestion.objects.filter(pk__in=suggestions, state__in=earlier)
        return rows.update(state=state, state_at=at, by=by)


def settle_arrived(*, at: datetime) -> int:
    """What was suggested by ISBN and came into the catalogue since is on the shelf; returns how many. One statement."""
    arrived = Copy.objects.exclude(state__in=GONE).filter(title__isbn=OuterRef("isbn"), created_at__gt=OuterRef("at"))
    rows = Suggestion.objects.filter(IS_OPEN, Exists(arrived), ~Q(isbn=""))
    with transaction.atomic():
        return rows.update(
            state=Suggestion.State.ON_SHELF, state_at=at, title=Subquery(arrived.order_by("pk").values("title")[:1])
        )


def _locked(reader_id: int | None) -> Reader | None:
    if reader_id is None:
        return None
    return Reader.objects.select_for_update(no_key=True).get(pk=reader_id)


def _same(isbn: str, name: str, author: str) -> Suggestion | None:
    """The open suggestion of the same book: by ISBN, without one by title and author."""
    rows = Suggestion.objects.select_for_update(no_key=True).filter(IS_OPEN)
    if isbn:
        return rows.filter(isbn=isbn).first()
    same = rows.filter(name=plain_name(name)[:200], author=author.strip()[:200])
    return same.order_by("at", "pk").first()


def _open_of(reader: Reader | None) -> int:
    return Suggestion.objects.filter(IS_OPEN, reader=reader).count() if reader else 0


def _backed(row: Suggestion, reader: Reader | None, *, item_id: int | None, copies: int, at: datetime) -> Suggestion:
    """Who has said so before counts once; a slip without a name counts as one more."""
    if item_id is None and (reader is None or reader.pk != row.reader_id):
        Backer.objects.bulk_create([Backer(suggestion=row, reader=reader, at=at)], ignore_conflicts=True)
    Suggestion.objects.filter(pk=row.pk).update(copies=Greatest("copies", copies))
    if item_id is not None and row.item_id is None:
        Suggestion.objects.filter(pk=row.pk).update(item=item_id)
    row.refresh_from_db()
    return row


def _staff(by: User | None, reader: Reader | None) -> User | None:
    """Nobody where readers wrote themselves: their account would name them when they are forgotten."""
    return None if by is None or (reader is not None and reader.account_id == by.pk) else by
