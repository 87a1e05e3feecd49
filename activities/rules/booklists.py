"""What a booklist needs before readers see it, and who may still change it."""

from django.utils.translation import gettext_lazy as _

from activities.models import BookList
from library_site.shared.problems import Problem

MOST_BOOKS = 300

REVIEWED = Problem(
    "list_reviewed",
    _("The list is reviewed: only the librarian changes it now."),
    _("Ask the librarian to take the review back."),
)
GONE = Problem("no_such_list", _("This list is there no longer."))
FULL = Problem("list_full", _("A list has at most 300 books."), _("Begin another one."))
ALREADY_ON_IT = Problem("already_on_it", _("This book is on the list already."))


def change_problems(book_list: BookList, *, runs_library: bool) -> list[Problem]:
    """Why a person may not change a list: what was reviewed must not become something else unseen."""
    return [REVIEWED] if book_list.reviewed_at and not runs_library else []


def publish_problems(book_list: BookList, *, books: int) -> list[Problem]:
    """What a list lacks before it can be shown."""
    problems = []
    if not books:
        problems.append(Problem("list_empty", _("There is no book on the list yet.")))
    if book_list.reviewed_at is None:
        text = _("The list is not reviewed yet.")
        problems.append(Problem("not_reviewed", text, _("Look through its books, then mark it as reviewed.")))
    return problems


def delete_problems(book_list: BookList) -> list[Problem]:
    """A list that readers have seen is ended, not deleted."""
    if book_list.published_at is None:
        return []
    text = _("Readers have seen this list.")
    return [Problem("list_was_shown", text, _("End it, and nobody finds it any more."))]
