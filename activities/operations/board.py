"""The message board: written, taken back, answered. Nothing is shown to others before the librarian has read it."""

from datetime import datetime

from django.db import transaction

from activities.models import Message
from activities.rules.board import message_problems, reply_problems
from library_site.models import User
from library_site.shared.problems import Refused
from readers.models import ClassMembership, Reader


def write_message(
    *, text: str, reader_id: int | None, category: str, school_class_id: int | None, by: User | None, at: datetime
) -> Message:
    """Leaves a message that waits to be read; returns it.

    A reader's category and class of the day are kept with it; for a slip without a name they are given. `by` is kept
    only where staff wrote down a slip. Refused (`Refused`): nothing written, too long, five of the same reader waiting.
    """
    with transaction.atomic(durable=True):
        reader = Reader.objects.select_for_update(no_key=True).get(pk=reader_id) if reader_id else None
        waiting = Message.objects.filter(reader=reader, state=Message.State.WAITING).count() if reader else 0
        if problems := message_problems(text=text, waiting=waiting):
            raise Refused(problems)
        own = reader is not None and by is not None and reader.account_id == by.pk
        return Message.objects.create(
            reader=reader,
            category=reader.category if reader else category,
            school_class_id=_class_of(reader) if reader else school_class_id,
            text=text.strip(),
            at=at,
            by=None if own else by,
        )


def take_back(*, message_id: int, reader_id: int) -> bool:
    """The writer takes a message back while nobody has answered it: it is deleted. Returns whether it was."""
    with transaction.atomic(durable=True):
        rows = Message.objects.filter(pk=message_id, reader=reader_id, state=Message.State.WAITING)
        return bool(rows.delete()[0])


def answer_message(*, message_id: int, state: str, reply: str, shown: str, by: User, at: datetime) -> Message:
    """Shows the message to all, answers its writer alone, or hides it; the reply may be written anew at any time.

    Refused: somebody answered since the page was `shown`, no such state, answered to the writer without a word.
    """
    with transaction.atomic(durable=True):
        row = Message.objects.select_for_update(no_key=True).get(pk=message_id)
        if problems := reply_problems(state=state, reply=reply, shown=shown, found=row.state):
            raise Refused(problems)
        reply = reply.strip()
        if reply != row.reply:
            row.replied_at = at if reply else None
        row.state, row.reply, row.by = state, reply, by
        row.save(update_fields=["state", "reply", "replied_at", "by"])
        return row


def _class_of(reader: Reader) -> int | None:
    rows = ClassMembership.objects.filter(reader=reader, until=None)
    return rows.values_list("school_class_id", flat=True).first()
