"""Works as pages show them, and who may see their files."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from activities.models import Consent, Entry, EntryFile, Judge, StoredFile
from activities.queries.consents import in_force
from activities.queries.pupils import class_pupils
from activities.queries.viewer import Viewer
from activities.rules.entries import OPEN_STATES
from readers.models import Reader

WAITING = Q(reader=None, group=None, source="paper", state="draft")


@dataclass(frozen=True)
class ClassWorks:
    """How far a class's works are entered; `waiting` are photographs without a name."""

    class_id: int
    handed_in: int = 0
    drafts: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class PupilWork:
    """A pupil of a class with the work, if there is one; `pages` counts its files."""

    reader: Reader
    entry: Entry | None = None
    pages: int = 0


@dataclass(frozen=True)
class Page:
    """A photograph of a class's works: whose it is, and the place among the pages of that work."""

    file: StoredFile
    entry: Entry
    is_waiting: bool
    place: int = 1


@dataclass(frozen=True)
class Pile:
    """The photographs of a class's works, and the pupils they may belong to."""

    pages: list[Page] = field(default_factory=list)
    pupils: list[PupilWork] = field(default_factory=list)

    @property
    def waiting(self) -> list[Page]:
        return [page for page in self.pages if page.is_waiting]


def works(activity_id: int) -> QuerySet[Entry]:
    """The works of an activity that were handed in, by number, with whose they are; no photographs without a name."""
    rows = Entry.objects.filter(activity=activity_id).exclude(WAITING).exclude(state=Entry.State.DRAFT)
    return rows.select_related("reader", "school_class", "group").order_by("number")


def with_files(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """The works with their files in order, as `pages`. One statement more, whatever their number."""
    files = EntryFile.objects.select_related("file").order_by("position", "pk")
    return rows.prefetch_related(Prefetch("files", files, to_attr="pages"))


def files_of(entry: Entry) -> list[StoredFile]:
    """The files of a work in their order."""
    rows = EntryFile.objects.filter(entry=entry).select_related("file").order_by("position", "pk")
    return [row.file for row in rows]


def counts_by_class(activity_id: int) -> dict[int, ClassWorks]:
    """How far each class is, by its key. One statement."""
    rows = (
        Entry.objects.filter(activity=activity_id, school_class__isnull=False)
        .values("school_class")
        .annotate(
            handed_in=Count("pk", filter=Q(state="handed_in")),
            waiting=Count("pk", filter=WAITING),
            drafts=Count("pk", filter=Q(state="draft") & ~WAITING),
        )
    )
    return {
        row["school_class"]: ClassWorks(row["school_class"], row["handed_in"], row["drafts"], row["waiting"])
        for row in rows.order_by()
    }


def pupils_with_works(activity_id: int, class_id: int, day: date) -> list[PupilWork]:
    """The pupils of a class in the order of its lists, each with the standing work. Two statements."""
    pupils = class_pupils(class_id, day)
    rows = Entry.objects.filter(activity=activity_id, reader__in=pupils, state__in=OPEN_STATES)
    found = {row.reader_id: row for row in rows.annotate(page_count=Count("files"))}
    return [
        PupilWork(pupil, found.get(pupil.pk), getattr(found.get(pupil.pk), "page_count", 0)) for pupil in pupils
    ]  # fmt: skip


def pile(activity_id: int, class_id: int, day: date) -> Pile:
    """A class's photographs in the order in which they came, and its pupils. Three statements."""
    rows = EntryFile.objects.filter(
        entry__activity=activity_id, entry__school_class=class_id, entry__source=Entry.Source.PAPER,
        entry__state__in=OPEN_STATES,
    )  # fmt: skip
    rows = rows.select_related("file", "entry__reader", "entry__group").order_by("file__added_at", "file_id")
    pages = [Page(row.file, row.entry, _waits(row.entry), row.position) for row in rows]
    return Pile(pages, pupils_with_works(activity_id, class_id, day))


def _waits(entry: Entry) -> bool:
    return entry.reader_id is None and entry.group_id is None and entry.state == Entry.State.DRAFT


def own_entry(activity_id: int, reader_id: int) -> Entry | None:
    """The reader's standing work, else the newest that was not accepted."""
    rows = Entry.objects.filter(activity=activity_id, reader=reader_id)
    standing = rows.filter(state__in=OPEN_STATES).first()
    return standing or rows.filter(state=Entry.State.REFUSED).order_by("-pk").first()


def number_of_file(file_id: int) -> tuple[int, int] | None:
    """(number of the work, place among its files); None for files of no work. One statement."""
    rows = EntryFile.objects.filter(file=file_id)
    return rows.values_list("entry__number", "position").first()


def file_of_entry_seen(file_id: int, viewer: Viewer) -> bool:
    """The writer, the class teacher, the librarian, who answers for the activity, its judges once it is handed in;
    everybody where it has a published prize and a consent to show works is in force. One statement."""
    work = Entry.objects.filter(files__file=file_id)
    return work.filter(_seen_by(viewer)).exists()


def released(day: date) -> Q:
    """Works that everybody may see: with a prize that is published, of somebody whose consent is in force."""
    agreed = in_force(day).filter(reader=OuterRef("reader"), what=Consent.What.WORKS)
    grown_up = Q(reader__isnull=False) & ~Q(reader__category=Reader.Category.STUDENT)
    of_many = Q(reader=None) & (Q(group__isnull=False) | Q(name__gt=""))
    shown = Q(activity__results_at__isnull=False, results__isnull=False, state=Entry.State.HANDED_IN)
    return shown & (Q(Exists(agreed)) | grown_up | of_many)


def _seen_by(viewer: Viewer) -> Q:
    if viewer.is_librarian:
        return Q()
    seen = released(viewer.day)
    if viewer.user_id is None:
        return seen
    seen |= Q(reader__account=viewer.user_id)
    seen |= Q(school_class__in=viewer.led_classes) | Q(activity__responsible__account=viewer.user_id)
    seen |= Q(activity__parent__responsible__account=viewer.user_id)
    judges = Judge.objects.filter(activity=OuterRef("activity"), account=viewer.user_id, removed_at=None)
    return seen | (Q(state=Entry.State.HANDED_IN) & Q(Exists(judges)))
