"""Works on paper: ticked for a class, photographed in a pile and named one by one, and put right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Entry, EntryFile
from activities.operations.entries import (
    JUDGED,
    Work,
    last_position,
    locked_activity,
    locked_entry,
    next_number,
    require_unjudged,
)
from activities.operations.files import Upload, delete_files, keep, read_upload
from activities.rules.entries import OPEN_STATES, taking_in
from activities.rules.files import Incoming
from activities.rules.pictures import version_of
from library_site.models import User
from library_site.shared.problems import Problem, Refused

NOT_THERE = Problem("no_such_picture", _("This picture is no longer there."))


@dataclass
class Brought:
    """What became of the pictures of a pile: kept, there already, and why not."""

    kept: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


def tick_works(
    *, activity_id: int, class_id: int, works: Mapping[int, str], taken_away: Iterable[int], by: User, at: datetime
) -> tuple[int, list[Problem]]:  # fmt: skip
    """Enters works of a class from paper: {reader: title}; a work that is there gets the title.

    `taken_away` are readers whose work was ticked by mistake: what has pictures, text or scores stays, and is said.
    Answers with the number of new works and what could not be taken away. Refused once the results are out.
    """
    with transaction.atomic():
        activity = _taking_in(activity_id)
        standing = {row.reader_id: row for row in activity.entries.filter(reader__in=works, state__in=OPEN_STATES)}
        for row in standing.values():
            row.name = works[row.reader_id or 0]
        Entry.objects.bulk_update(standing.values(), ["name"])
        new = [(pk, name) for pk, name in works.items() if pk not in standing]
        number = next_number(activity)
        Entry.objects.bulk_create(
            _from_paper(activity, number + place, class_id, by, at, reader_id=pk, name=name)
            for place, (pk, name) in enumerate(new)
        )
        return len(new), _untick(activity, taken_away)


def work_of_many(
    *, activity_id: int, class_id: int | None, group_id: int | None, work: Work, by: User, at: datetime
) -> Entry:  # fmt: skip
    """Enters the work of a whole class or of a reading group. Refused once the results are out."""
    with transaction.atomic():
        activity = _taking_in(activity_id)
        entry = _from_paper(activity, next_number(activity), class_id, by, at, group_id=group_id, name=work.name)
        entry.text, entry.teacher = work.text, work.teacher
        entry.save()
        return entry


def bring_pictures(
    *, activity_id: int, class_id: int, uploads: Iterable[Upload], by: User, at: datetime
) -> Brought:  # fmt: skip
    """Keeps the photographs of a class's pile, each as a work that waits for its name.

    The same picture brought again (a line that broke, a file chosen twice) is kept once.
    """
    brought, found = Brought(), []
    for upload in uploads:
        try:
            found.append(read_upload(upload))
        except Refused as refusal:
            brought.problems += [Problem(row.code, f"{upload.name}: {row.message}") for row in refusal.problems]
    with transaction.atomic():
        activity = _taking_in(activity_id)
        for file in found:
            _bring(activity, class_id, file, brought, by, at)
    return brought


def name_picture(*, file_id: int, reader_id: int, class_id: int, name: str, by: User, at: datetime) -> Entry:
    """Says whose work a photograph shows; a pupil's further photographs become the next pages of the same work.

    Saying it again for another pupil puts it right: where the work was known by this picture alone, it goes along;
    where it was ticked before, it stays without a picture. An empty `name` leaves the work's title.
    """
    with transaction.atomic():
        page = _page(file_id)
        activity, source = page.entry.activity, page.entry
        target = activity.entries.filter(reader=reader_id, state__in=OPEN_STATES).first()
        if target is None:
            target = _from_paper(activity, next_number(activity), class_id, by, at, reader_id=reader_id)
            target.save()
        if target.pk != source.pk:
            page.entry, page.position = target, last_position(target) + 1
            page.save(update_fields=["entry", "position"])
            _drop_if_bare(source, page)
        if name:
            target.name = name
        target.state, target.saved_at = Entry.State.HANDED_IN, at
        target.handed_in_at = target.handed_in_at or at
        target.save(update_fields=["name", "state", "saved_at", "handed_in_at"])
        return target


def unname_picture(*, file_id: int, by: User, at: datetime) -> Entry:
    """Lays a photograph back on the pile: it waits for its name again."""
    with transaction.atomic():
        page = _page(file_id)
        source, activity = page.entry, page.entry.activity
        if is_waiting(source):
            return source
        waiting = _from_paper(activity, next_number(activity), source.school_class_id, by, at)
        waiting.state, waiting.handed_in_at = Entry.State.DRAFT, None
        waiting.save()
        page.entry, page.position = waiting, 1
        page.save(update_fields=["entry", "position"])
        _drop_if_bare(source, page)
        return waiting


def drop_picture(*, file_id: int) -> None:
    """Deletes a photograph of a pile (a blurred one, one twice)."""
    with transaction.atomic():
        page = _page(file_id)
        entry = page.entry
        page.delete()
        _drop_if_bare(entry, page)
        delete_files([file_id])


def change_work(*, entry_id: int, work: Work, at: datetime) -> Entry:
    """Corrects what a work says of itself, also of one that is handed in."""
    with transaction.atomic():
        entry = locked_entry(entry_id)
        entry.name, entry.text, entry.teacher, entry.saved_at = work.name, work.text, work.teacher, at
        entry.save(update_fields=["name", "text", "teacher", "saved_at"])
        return entry


def is_waiting(entry: Entry) -> bool:
    """Whether the work is a photograph that nobody has named yet."""
    is_paper = entry.source == Entry.Source.PAPER and entry.state == Entry.State.DRAFT
    return is_paper and entry.reader_id is None and entry.group_id is None


def _taking_in(activity_id: int) -> Activity:
    activity = locked_activity(activity_id)
    if problems := taking_in(activity):
        raise Refused(problems)
    return activity


def _from_paper(
    activity: Activity, number: int, class_id: int | None, by: User, at: datetime, **fields: object
) -> Entry:  # fmt: skip
    return Entry(
        activity=activity, number=number, school_class_id=class_id, source=Entry.Source.PAPER,
        state=Entry.State.HANDED_IN, saved_at=at, handed_in_at=at, by=by, **fields,
    )  # fmt: skip


def _bring(
    activity: Activity, class_id: int, file: Incoming, brought: Brought, by: User, at: datetime
) -> None:  # fmt: skip
    same = EntryFile.objects.filter(entry__activity=activity, entry__school_class=class_id)
    if same.filter(file__version=version_of(file.content)).exists():
        brought.same += 1
        return
    waiting = _from_paper(activity, next_number(activity), class_id, by, at)
    waiting.state, waiting.handed_in_at = Entry.State.DRAFT, None
    waiting.save()
    EntryFile.objects.create(entry=waiting, file=keep(file, by=by, at=at))
    brought.kept += 1


def _page(file_id: int) -> EntryFile:
    """The page of a work from paper, its activity locked and still taking works, the work not judged yet."""
    page = EntryFile.objects.filter(file=file_id).select_related("entry").first()
    if page is None:
        raise Refused([NOT_THERE])
    _taking_in(page.entry.activity_id)
    page = EntryFile.objects.select_related("entry__activity", "file").filter(file=file_id).first()
    if page is None:
        raise Refused([NOT_THERE])
    require_unjudged(page.entry)
    return page


def _drop_if_bare(entry: Entry, page: EntryFile) -> None:
    """A work that was known by a photograph alone goes with it; one that was entered before the photograph stays."""
    if entry.files.exists() or entry.source != Entry.Source.PAPER or entry.text:
        return
    if entry.handed_in_at is None or entry.handed_in_at >= page.file.added_at:
        entry.delete()


def _untick(activity: Activity, readers: Iterable[int]) -> list[Problem]:
    problems = []
    rows = activity.entries.filter(reader__in=list(readers), state__in=OPEN_STATES, source=Entry.Source.PAPER)
    for entry in rows.select_related("reader"):
        bare = not (entry.text or entry.files.exists() or entry.scores.exists() or entry.results.exists())
        if bare:
            entry.delete()
        else:
            problems.append(Problem(JUDGED.code, _("%(name)s: the work has pictures, text or scores and stays.") % {
                "name": entry.reader.name if entry.reader else ""
            }))  # fmt: skip
    return problems
