"""Results as editors see them, and as everybody may read them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet

from activities.models import Activity, Consent, Entry, Judge, Prize, ReadingGroup, Result, StoredFile
from activities.queries.consents import agreed_to
from activities.queries.entries import released, with_files
from activities.queries.judging import judges, works_scored
from activities.queries.pupils import class_pupils
from activities.queries.settings import activity_options
from activities.rules.names import shown_name
from activities.rules.prizes import Ranked, Scored, ranking
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import NamedClass, class_names_then


@dataclass(frozen=True)
class RankingLine:
    """A work with its scores in the order of the judges (None where one is missing), and its prize."""

    entry: Entry
    name: str
    class_name: str
    scores: list[Decimal | None]
    mean: Decimal | None
    spread: Decimal | None
    place: int | None
    is_tied: bool
    result: Result | None


@dataclass(frozen=True)
class Standing:
    """An activity's works in the order of their means; those without a score last."""

    judges: list[Judge]
    lines: list[RankingLine]

    @property
    def incomplete(self) -> list[RankingLine]:
        """Works that lack the score of some judge."""
        return [line for line in self.lines if None in line.scores]


@dataclass(frozen=True)
class PrizeLine:
    """A prize with how many of it are given."""

    prize: Prize
    given: int

    @property
    def left(self) -> int | None:
        return None if self.prize.places is None else self.prize.places - self.given


@dataclass(frozen=True)
class WinnerLine:
    """A result as everybody may read it: `name` as the school and the consents allow, the work only if released."""

    result: Result
    name: str
    class_name: str
    work: str = ""
    teacher: str = ""
    entry: Entry | None = None
    files: list[StoredFile] = field(default_factory=list)


def prize_lines(activity_id: int) -> list[PrizeLine]:
    """The prizes in their order. One statement."""
    rows = Prize.objects.filter(activity=activity_id).annotate(given=Count("results")).order_by("position", "pk")
    return [PrizeLine(row, row.given) for row in rows]


def results(activity_id: int) -> QuerySet[Result]:
    """The results, the highest prize first, within it by mean, class and name."""
    rows = Result.objects.filter(activity=activity_id).select_related(
        "prize", "entry", "reader", "school_class", "group", "activity"
    )
    return rows.order_by("prize__position", "-mean", "school_class__stage", "-school_class__entry_year",
                         "school_class__number", "pk")  # fmt: skip


def standing(activity: Activity, reference: Reference) -> Standing:
    """The ranking for editors, with names. Six statements."""
    who, names = list(judges(activity.pk)), class_names_then(reference, activity.starts_on)
    scored = works_scored(activity.pk)
    places = {row.scored.entry_id: row for row in ranking(scored)}
    entries = Entry.objects.filter(activity=activity).select_related("reader", "group").in_bulk()
    given = {row.entry_id: row for row in results(activity.pk) if row.entry_id}
    lines = [
        _ranking_line(entries[work.entry_id], work, places.get(work.entry_id), who, names, given) for work in scored
    ]
    return Standing(who, sorted(lines, key=lambda line: (line.place or 10**9, line.entry.number)))


def _ranking_line(
    entry: Entry, work: Scored, ranked: Ranked | None, who: Sequence[Judge], names: dict[int, str],
    given: dict[int, Result],
) -> RankingLine:  # fmt: skip
    return RankingLine(
        entry,
        entry.whose,
        names.get(entry.school_class_id or 0, ""),
        [work.scores.get(judge.pk) for judge in who],
        work.mean,
        work.spread,
        ranked.place if ranked else None,
        ranked.is_tied if ranked else False,
        given.get(entry.pk),
    )


def winners(activity: Activity, reference: Reference, day: date) -> list[WinnerLine]:
    """The results as everybody may read them, checked against the consents of the day. At most five statements."""
    rows = list(results(activity.pk))
    agreed = agreed_to([row.reader_id for row in rows if row.reader_id], day)
    names, option = class_names_then(reference, activity.starts_on), activity_options(reference).names
    shown = _released(activity.pk, day)
    return [_winner_line(row, agreed, names.get(row.school_class_id or 0, ""), option, shown) for row in rows]


def _released(activity_id: int, day: date) -> dict[int, Entry]:
    rows = Entry.objects.filter(released(day), activity=activity_id)
    return {row.pk: row for row in with_files(rows.distinct())}


def _winner_line(
    row: Result, agreed: set[tuple[int, str]], class_name: str, option: str, shown: dict[int, Entry]
) -> WinnerLine:  # fmt: skip
    entry = shown.get(row.entry_id or 0)
    name = public_name(row, agreed, class_name, option)
    if entry is None:
        return WinnerLine(row, name, class_name)
    pages = [page.file for page in getattr(entry, "pages", [])]
    return WinnerLine(row, name, class_name, entry.name, entry.teacher, entry, pages)


def public_name(row: Result, agreed: set[tuple[int, str]], class_name: str, option: str) -> str:
    """A pupil as the school and the consent allow, grown-ups and groups by their names, nothing for a class."""
    if row.group is not None:
        return row.group.name
    if row.reader is None:
        return ""
    if row.reader.category != Reader.Category.STUDENT:
        return row.reader.name
    consent = (row.reader_id, Consent.What.NAME.value) in agreed
    return shown_name(row.reader.name, option, consent=consent, class_name=class_name)


@dataclass(frozen=True)
class WinnerChoice:
    """Who can be given a prize without a work: `winner` names the one as the operation takes it."""

    value: str
    text: str
    winner: dict[str, int | None]
    reader: Reader | None = None


def choices_of_people(
    activity_id: int, school_class: NamedClass | None, classes: Sequence[NamedClass], day: date
) -> list[WinnerChoice]:  # fmt: skip
    """The pupils of the class; without one, the classes, the groups and the teachers. Those with a prize are left out.

    At most four statements.
    """
    had = Result.objects.filter(activity=activity_id, entry=None)
    if school_class is not None:
        readers = set(had.values_list("reader_id", flat=True))
        pupils = class_pupils(school_class.pk, day)
        return [_person(row, school_class.pk) for row in pupils if row.pk not in readers]
    taken = {(row.school_class_id, row.group_id, row.reader_id) for row in had}
    groups = ReadingGroup.objects.filter(ended_on=None).order_by("name")
    teachers = Reader.objects.filter(category=Reader.Category.TEACHER, status=Reader.Status.ACTIVE)
    found = [
        *[WinnerChoice(f"class-{row.pk}", row.name, {"class_id": row.pk}) for row in classes
          if (row.pk, None, None) not in taken],
        *[WinnerChoice(f"group-{row.pk}", row.name, {"group_id": row.pk}) for row in groups
          if (None, row.pk, None) not in taken],
    ]  # fmt: skip
    people = [row for row in teachers.order_by("pinyin", "name") if (None, None, row.pk) not in taken]
    return found + [_person(row, None) for row in people]


def _person(row: Reader, class_id: int | None) -> WinnerChoice:
    return WinnerChoice(f"reader-{row.pk}", row.name, {"reader_id": row.pk, "class_id": class_id}, row)
