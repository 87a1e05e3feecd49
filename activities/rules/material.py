"""When material may be asked for, and when a request is answered."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from activities.models import MaterialRequest
from library_site.shared.problems import Problem

State = MaterialRequest.State
OPEN = (State.NEW, State.ANSWERED)
MOST_OPEN = 10  # of one reader
MOST_ITEMS = 100

NO_SUBJECT = Problem("no_subject", _("What is the material about?"), field="subject")
PAST = Problem("past", _("That day is over."), field="needed_on")
TOO_MANY_OPEN = Problem("too_many_open", _("Ten requests of yours are open. The library answers those first."))
NOTHING_FOUND_YET = Problem("nothing_found_yet", _("Put a book on the list, choose a booklist or write an answer."))
SAY_SO = Problem("say_so", _("Say what was looked for in vain."), field="answer")
CHANGED_MEANWHILE = Problem("changed_meanwhile", _("Somebody else answered meanwhile. Look again."))
NO_WORDS = Problem("no_words", _("Which book or source?"), field="words")
TOO_MANY_ITEMS = Problem("too_many_items", _("At most 100 books and sources."))
ALREADY_LISTED = Problem("already_listed", _("This title is on the list already."))
IS_CLOSED = Problem("is_closed", _("This request is done."))
NOT_IN_CATALOGUE = Problem("not_in_catalogue", _("Only titles of the catalogue can be set aside."))
NO_READER = Problem("no_reader", _("Nobody is named to set it aside for."))


def ask_problems(*, subject: str, needed_on: date | None, today: date, open_of_reader: int) -> list[Problem]:
    """What speaks against a request."""
    facts = [
        (not subject.strip(), NO_SUBJECT),
        (needed_on is not None and needed_on < today, PAST),
        (open_of_reader >= MOST_OPEN, TOO_MANY_OPEN),
    ]
    return [problem for applies, problem in facts if applies]


def answer_problems(*, state: str, answer: str, has_list: bool, shown: str, found: str) -> list[Problem]:
    """What speaks against an answer: `shown` is the state on the page, `found` the one that holds."""
    facts = [
        (shown != found, CHANGED_MEANWHILE),
        (state == State.DECLINED and not answer.strip(), SAY_SO),
        (state in {State.ANSWERED, State.CLOSED} and not (has_list or answer.strip()), NOTHING_FOUND_YET),
    ]
    return [problem for applies, problem in facts if applies]


def item_problems(*, words: str, titles: int, items: int) -> list[Problem]:
    """What speaks against a line of the list; `titles` counts lines with the same title."""
    facts = [(not words.strip(), NO_WORDS), (titles > 0, ALREADY_LISTED), (items >= MOST_ITEMS, TOO_MANY_ITEMS)]
    return [problem for applies, problem in facts if applies]
