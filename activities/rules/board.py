"""When a message may be written, and what may become of it."""

from django.utils.translation import gettext_lazy as _

from activities.models import Message
from library_site.shared.problems import Problem

LONGEST = 1000  # characters
MOST_WAITING = 5  # of one reader

EMPTY = Problem("empty", _("Write something first."), field="text")
TOO_LONG = Problem("too_long", _("At most 1,000 characters."), field="text")
TOO_MANY_WAITING = Problem("too_many_waiting", _("Five messages of yours wait to be read. Please wait for the answer."))
NO_REPLY = Problem("no_reply", _("Write the reply that the writer is to read."), field="reply")
NO_STATE = Problem("no_state", _("Choose whether it is shown."))
CHANGED_MEANWHILE = Problem("changed_meanwhile", _("Somebody else answered meanwhile. Look again."))


def message_problems(*, text: str, waiting: int) -> list[Problem]:
    """What speaks against a message; `waiting` counts those of the same reader that nobody has read."""
    facts = [
        (not text.strip(), EMPTY),
        (len(text.strip()) > LONGEST, TOO_LONG),
        (waiting >= MOST_WAITING, TOO_MANY_WAITING),
    ]
    return [problem for applies, problem in facts if applies]


def reply_problems(*, state: str, reply: str, shown: str, found: str) -> list[Problem]:
    """What speaks against an answer: `shown` is the state on the page, `found` the one that holds."""
    facts = [
        (shown != found, CHANGED_MEANWHILE),
        (state not in Message.State.values or state == Message.State.WAITING, NO_STATE),
        (state == Message.State.PRIVATE and not reply.strip(), NO_REPLY),
    ]
    return [problem for applies, problem in facts if applies]
