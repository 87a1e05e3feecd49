"""When a book may be suggested, and when two suggestions mean the same book."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from activities.models import Suggestion
from library_site.shared.codes import isbn13
from library_site.shared.problems import Problem

OPEN = (Suggestion.State.NEW, Suggestion.State.SEEN, Suggestion.State.ORDERED)
MOST_OPEN = 20  # of one reader; beyond, the list would be one person's
MOST_COPIES = 99

NOT_NAMED = Problem("not_named", _("What is the book called?"), field="name")
NO_ISBN = Problem("no_isbn", _("That is no ISBN: a digit is missing or wrong."), field="isbn")
TOO_MANY_COPIES = Problem("too_many_copies", _("1 to 99 copies can be suggested."), field="copies")
TOO_MANY_OPEN = Problem("too_many_open", _("20 suggestions of yours are open. The library answers those first."))
HELD = Problem("held", _("The library has this book."), overridable=True, field="more")
WHY_NOT = Problem("why_not", _("Say why, so that whoever suggested it understands."), field="answer")
CHANGED_MEANWHILE = Problem("changed_meanwhile", _("Somebody else answered meanwhile. Look again."))
OPEN_AGAIN = Problem("open_again", _("The same ISBN is suggested again already: answer that suggestion."))
NOT_ON_SHELF = Problem("not_on_shelf", _("Say which title of the catalogue it became."), field="title")


def plain_name(text: str) -> str:
    """A title as people write it, without the brackets around it and with single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).strip("《》「」“”\"' ")


def wish_problems(*, isbn: str, name: str, copies: int, open_of_reader: int, held: int) -> list[Problem]:
    """What speaks against a suggestion; `held` counts the copies that the library has of the book."""
    facts: list[tuple[bool, Problem]] = [
        (bool(isbn) and isbn13(isbn) is None, NO_ISBN),
        (not plain_name(name), NOT_NAMED),
        (not 1 <= copies <= MOST_COPIES, TOO_MANY_COPIES),
        (open_of_reader >= MOST_OPEN, TOO_MANY_OPEN),
        (held > 0, HELD),
    ]
    return [problem for applies, problem in facts if applies]


def answer_problems(*, state: str, shown: str, found: str, answer: str, has_title: bool) -> list[Problem]:
    """What speaks against an answer: `shown` is the state that the page showed, `found` the one that holds."""
    facts: list[tuple[bool, Problem]] = [
        (shown != found, CHANGED_MEANWHILE),
        (state == Suggestion.State.DECLINED and not answer.strip(), WHY_NOT),
        (state == Suggestion.State.ON_SHELF and not has_title, NOT_ON_SHELF),
    ]
    return [problem for applies, problem in facts if applies]
