"""A booklist from its first line to its end: written, reviewed, shown, ended."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _

from activities.models import BookList, BookListItem
from activities.rules.booklists import GONE, change_problems, delete_problems, publish_problems
from library_site.audit import act
from library_site.models import Role, User
from library_site.shared.problems import Problem, Refused

COLUMNS = (
    "name", "occasion", "category", "course", "theme", "begins_on", "introduction", "activity_id",
    "stage", "from_position", "to_position",
)  # fmt: skip
ITEM_COLUMNS = ("position", "title_id", "isbn", "name", "author", "publisher", "reason", "is_required")


def save_list(
    *, list_id: int | None, values: Mapping[str, Any], by: User, address: str | None = None
) -> BookList:  # fmt: skip
    """Begins a list, or changes what it is (`COLUMNS`), not its books.

    Refused (`Refused`) for whoever is no librarian once it is reviewed.
    """
    with act("save_book_list", by=by, address=address):
        book_list = changeable(list_id, by=by) if list_id else BookList(by=by)
        for name in COLUMNS:
            if name in values:
                setattr(book_list, name, values[name])
        book_list.save()
        return book_list


def copy_list(*, list_id: int, by: User, address: str | None = None) -> BookList:
    """Begins a list with the books and reasons of another: not reviewed, not shown, of no activity."""
    with act("copy_book_list", by=by, address=address):
        old = BookList.objects.get(pk=list_id)
        values = {name: getattr(old, name) for name in COLUMNS if name not in ("activity_id", "begins_on")}
        values["name"] = _("%(name)s (copy)") % {"name": old.name[:90]}
        made = BookList.objects.create(by=by, **values)
        rows = BookListItem.objects.filter(book_list=old).order_by("position", "pk")
        BookListItem.objects.bulk_create(
            BookListItem(book_list=made, **{name: getattr(row, name) for name in ITEM_COLUMNS}) for row in rows
        )
        return made


def review_list(*, list_id: int, reviewed: bool, by: User, at: datetime, address: str | None = None) -> BookList:
    """Marks that the books were looked through (教育部 2021 课外读物进校园管理办法), or takes the mark back.

    Taken back, the list is shown no longer.
    """
    with act("review_book_list", by=by, address=address):
        book_list = locked_list(list_id)
        book_list.reviewed_at, book_list.reviewed_by = (at, by) if reviewed else (None, None)
        if not reviewed:
            book_list.published_at = None
        book_list.save(update_fields=["reviewed_at", "reviewed_by", "published_at"])
        return book_list


def publish_list(*, list_id: int, by: User, at: datetime, address: str | None = None) -> BookList:
    """Shows a list to its readers; one that was ended is shown again. Refused without books or without review."""
    with act("publish_book_list", by=by, address=address):
        book_list = locked_list(list_id)
        books = BookListItem.objects.filter(book_list=book_list).count()
        if problems := publish_problems(book_list, books=books):
            raise Refused(problems)
        book_list.published_at = book_list.published_at or at
        book_list.ended_on = None
        book_list.save(update_fields=["published_at", "ended_on"])
        return book_list


def end_list(*, list_id: int, on: date, by: User, address: str | None = None) -> BookList:
    """Readers find the list no more from a day on; it stays for the record."""
    with act("end_book_list", by=by, address=address):
        book_list = locked_list(list_id)
        book_list.ended_on = on
        book_list.save(update_fields=["ended_on"])
        return book_list


def delete_list(*, list_id: int, by: User, address: str | None = None) -> None:
    """Takes away a list that nobody has seen. Refused where readers have, or where something is built on it."""
    try:
        with act("delete_book_list", by=by, address=address):
            book_list = changeable(list_id, by=by)
            if problems := delete_problems(book_list):
                raise Refused(problems)
            BookListItem.objects.filter(book_list=book_list).delete()
            book_list.delete()
    except ProtectedError as error:
        raise Refused([Problem("list_used", _("Something else is built on this list."))]) from error


def locked_list(list_id: int) -> BookList:
    """The list, locked until the transaction ends: whoever changes its books waits, so that each has one place."""
    found = BookList.objects.select_for_update(no_key=True).filter(pk=list_id).first()
    if found is None:
        raise Refused([GONE])
    return found


def changeable(list_id: int, *, by: User) -> BookList:
    """The list, locked; refused for whoever may not change it any more."""
    book_list = locked_list(list_id)
    if problems := change_problems(book_list, runs_library=by.has_role(Role.LIBRARIAN)):
        raise Refused(problems)
    return book_list
