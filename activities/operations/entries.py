"""The own work: written with drafts kept, files added, handed in, taken back; and works not accepted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Entry, EntryFile, Result, Score
from activities.operations.files import Upload, delete_files, keep, read_upload
from activities.rules.drafts import ELSEWHERE, is_known
from activities.rules.entries import OPEN_STATES
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

NOT_A_DRAFT = Problem("not_a_draft", _("This work is handed in already. Take it back to change it."))
MOST_FILES = 20  # of one work
TOO_MANY = Problem("too_many_files", _("A work may have at most 20 files."))
EMPTY = Problem("empty_work", _("There is nothing in this work yet: neither text nor a file."))
JUDGED = Problem("judged_already", _("This work has scores already; it can no longer be changed."))


@dataclass(frozen=True)
class Work:
    """What a work says of itself."""

    name: str = ""
    text: str = ""
    teacher: str = ""


def locked_activity(activity_id: int) -> Activity:
    """The activity, whose row is locked before its works and results: they are numbered and counted under it."""
    return Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity_id)


def next_number(activity: Activity) -> int:
    """The number of the next work; inside the lock of the activity."""
    return (activity.entries.aggregate(last=Max("number"))["last"] or 0) + 1


def save_draft(
    *, activity_id: int, reader_id: int, class_id: int | None, work: Work, bases: Collection[str] | None = None,
    by: User, at: datetime,
) -> Entry:  # fmt: skip
    """Keeps what a reader has written so far; the first time it makes the draft.

    Refuses a work that is handed in, and, where `bases` are the texts that the window knows, one of another text.
    """
    with transaction.atomic():
        activity = locked_activity(activity_id)
        entry = Entry.objects.filter(activity=activity, reader_id=reader_id, state__in=OPEN_STATES).first()
        if entry is None:
            entry = Entry(activity=activity, number=next_number(activity), reader_id=reader_id, by=by)
            entry.state, entry.source = Entry.State.DRAFT, Entry.Source.TYPED
        if entry.state != Entry.State.DRAFT:
            raise Refused([NOT_A_DRAFT])
        if entry.pk and bases is not None and not is_known(entry.text, bases):
            raise Refused([ELSEWHERE])
        entry.school_class_id, entry.saved_at = class_id, at
        entry.name, entry.text, entry.teacher = work.name, work.text, work.teacher
        entry.save()
        return entry


def add_files(*, entry_id: int, uploads: Iterable[Upload], by: User, at: datetime) -> list[Problem]:
    """Adds files behind those that a draft or a work from paper has.

    Answers with why some were not taken, each with its name; the others are kept.
    """
    found, problems = [], []
    for upload in uploads:
        try:
            found.append(read_upload(upload))
        except Refused as refusal:
            problems += [Problem(row.code, f"{upload.name}: {row.message}") for row in refusal.problems]
    if not found:
        return problems
    with transaction.atomic():
        entry = locked_entry(entry_id)
        position = last_position(entry)
        if entry.files.count() + len(found) > MOST_FILES:
            return [*problems, TOO_MANY]
        for number, file in enumerate(found, start=position + 1):
            EntryFile.objects.create(entry=entry, file=keep(file, by=by, at=at), position=number)
        Entry.objects.filter(pk=entry_id).update(saved_at=at)
    return problems


def remove_file(*, entry_id: int, file_id: int) -> None:
    """Takes a file out of a work and deletes it."""
    with transaction.atomic():
        require_unjudged(locked_entry(entry_id))
        gone, _rows = EntryFile.objects.filter(entry=entry_id, file=file_id).delete()
        if gone:
            delete_files([file_id])


def move_file(*, entry_id: int, file_id: int) -> None:
    """Puts a file before the one in front of it."""
    with transaction.atomic():
        locked_entry(entry_id)
        rows = list(EntryFile.objects.filter(entry=entry_id).order_by("position", "pk"))
        at = next((place for place, row in enumerate(rows) if row.file_id == file_id), 0)
        if at:
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
        for position, row in enumerate(rows, start=1):
            row.position = position
        EntryFile.objects.bulk_update(rows, ["position"])


def hand_in(*, entry_id: int, at: datetime) -> Entry:
    """Hands a draft in; refused while there is nothing in it. Handed in already, it stays as it is."""
    with transaction.atomic():
        entry = locked_entry(entry_id)
        if entry.state == Entry.State.HANDED_IN:
            return entry
        if not entry.text.strip() and not entry.files.exists():
            raise Refused([EMPTY])
        entry.state, entry.handed_in_at, entry.saved_at = Entry.State.HANDED_IN, at, at
        entry.save(update_fields=["state", "handed_in_at", "saved_at"])
        return entry


def take_back(*, entry_id: int, at: datetime) -> Entry:
    """Makes a handed-in work a draft again; refused once a judge has seen to it."""
    with transaction.atomic():
        entry = locked_entry(entry_id)
        require_unjudged(entry)
        if entry.state == Entry.State.HANDED_IN:
            entry.state, entry.saved_at = Entry.State.DRAFT, at
            entry.save(update_fields=["state", "saved_at"])
        return entry


def refuse_work(*, entry_id: int, reason: str, by: User, address: str | None = None) -> Entry:
    """A work takes no part, for a reason that the writer reads; refused for one that has a prize."""
    with act("refuse_work", by=by, address=address):
        entry = locked_entry(entry_id)
        if Result.objects.filter(entry=entry).exists():
            raise Refused([Problem("has_prize", _("This work has a prize: take that back first."))])
        entry.state, entry.reason = Entry.State.REFUSED, reason
        entry.save(update_fields=["state", "reason"])
        return entry


def accept_work(*, entry_id: int, by: User, at: datetime, address: str | None = None) -> Entry:
    """A work that was not accepted takes part again; refused if its writer has handed in another one."""
    with act("accept_work", by=by, address=address):
        entry = locked_entry(entry_id)
        others = Entry.objects.filter(activity=entry.activity_id, reader=entry.reader_id, state__in=OPEN_STATES)
        if entry.reader_id and others.exclude(pk=entry.pk).exists():
            raise Refused([Problem("other_work", _("The writer has handed in another work since."))])
        entry.state, entry.reason = Entry.State.HANDED_IN, ""
        entry.handed_in_at = entry.handed_in_at or at
        entry.save(update_fields=["state", "reason", "handed_in_at"])
        return entry


def locked_entry(entry_id: int) -> Entry:
    """The work, locked; behind it its activity's row, so that no lock is taken the other way round."""
    found = Entry.objects.only("activity_id").get(pk=entry_id)
    locked_activity(found.activity_id)
    return Entry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry_id)


def last_position(entry: Entry) -> int:
    return entry.files.aggregate(last=Max("position"))["last"] or 0


def require_unjudged(entry: Entry) -> None:
    if Score.objects.filter(entry=entry).exists() or Result.objects.filter(entry=entry).exists():
        raise Refused([JUDGED])
