"""Reading notes: what counts, who may still change one, what may be shown."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import ReadingNote
from library_site.shared.problems import Problem
from readers.models import Reader

State, Shown = ReadingNote.State, ReadingNote.Shown
MOST_MARKS = 9  # as many as there are keys

NO_CONSENT = Problem(
    "no_consent",
    gettext_lazy("The parents have not agreed that works are shown."),
    gettext_lazy("Ask for the signed form, and record it under “Consents”."),
)
NOT_HANDED_IN = Problem("not_handed_in", gettext_lazy("A draft is nobody's business yet but the writer's."))
NOTHING_TO_SHOW = Problem("nothing_to_show", gettext_lazy("There is neither text nor picture to show."))
EMPTY = Problem("empty", gettext_lazy("Write something or add a picture before handing it in."), field="text")
NO_BOOK = Problem("no_book", gettext_lazy("Which book is it about?"), field="book")
CLOSED = Problem("closed", gettext_lazy("It has been handed in and is no longer changed."))


def marks_of(words: str) -> list[str]:
    """The school's marks, the best first, as many as there are keys to give them by."""
    usual = _("excellent, good, fair")
    for sign in ("，", "、", ",", ";", "；", "/"):
        words, usual = words.replace(sign, " "), usual.replace(sign, " ")
    return [word[:10] for word in (words.split() or usual.split())][:MOST_MARKS]


def may_change(note: ReadingNote) -> bool:
    """Whether its writer may still work on it."""
    return note.state in (State.DRAFT, State.RETURNED)


def hand_in_problems(note: ReadingNote, *, pictures: int) -> list[Problem]:
    """What a note lacks before it can be handed in."""
    found = [] if note.title_id or note.book else [NO_BOOK]
    return found if note.text.strip() or pictures else [*found, EMPTY]


def showing_problems(note: ReadingNote, *, pictures: int, consent: bool) -> Sequence[Problem]:
    """Why a note cannot be shown to others; a teacher's own needs no guardian."""
    found = []
    if note.state == State.DRAFT or note.reader_id is None:
        found.append(NOT_HANDED_IN)
    if not note.text.strip() and not pictures:
        found.append(NOTHING_TO_SHOW)
    if note.category == Reader.Category.STUDENT and not consent:
        found.append(NO_CONSENT)
    return found
