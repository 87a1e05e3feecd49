"""What each pupil of a class borrowed in a period: the record for the term report (综合素质评价).

A record, not a contest: by school number, without places. Titles are read only where the school has switched that on.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from circulation.models import Loan, RetentionRun, Visit
from readers.models import ClassMembership
from readers.queries.classes import NamedClass
from readers.queries.enrolment import enrolled_on
from reports.queries.loans import IN_A_READERS_NAME
from reports.rules.figures import Period


@dataclass(frozen=True)
class PupilRecord:
    """One pupil in the period. `corner` of the `loans` are from the class's corner; `days` None: visits not counted."""

    reader_id: int
    number: str
    name: str
    loans: int
    corner: int
    days: int | None
    titles: Sequence[str] = ()


@dataclass(frozen=True)
class ClassRecords:
    """The pupils who were in the class at the period's end, or are today while it runs."""

    pk: int
    name: str
    pupils: Sequence[PupilRecord]

    @property
    def loans(self) -> int:
        return sum(row.loans for row in self.pupils)


@dataclass(frozen=True)
class Records:
    """The records of some classes. `forgotten` is the day before which it is no longer known who borrowed what.

    Where that day lies in the period or after it, there are no records: a count of what is left would be wrong.
    """

    period: Period
    classes: Sequence[ClassRecords] = ()
    forgotten: date | None = None
    has_titles: bool = False
    counts_days: bool = False

    @property
    def pupils(self) -> int:
        return sum(len(row.pupils) for row in self.classes)


@dataclass
class _Counts:
    loans: int = 0
    corner: int = 0
    days: int = 0
    titles: dict[str, None] = field(default_factory=dict)


def pupil_records(classes: Sequence[NamedClass], period: Period, *, titles: bool) -> Records:
    """The records of these classes in their order, in at most six statements whatever their number.

    Loans count as in every report: undone ones and use in the room do not, renewals are no loans. They go with the
    pupil, also those of a class the pupil was in before. `days` are those on which a visit was counted by the pupil's
    card; None for all where no card was counted at all in the period.
    """
    forgotten = forgotten_until()
    if forgotten is not None and forgotten > period.starts_on:
        return Records(period, forgotten=forgotten)
    ids = [row.pk for row in classes]
    counts_days = _visits(period).exists()
    counts = _counts(period, ids, titles=titles)
    members = _members(period, ids)
    rows = [
        ClassRecords(row.pk, row.name, [_record(one, counts, counts_days) for one in members[row.pk]])
        for row in classes
    ]
    return Records(period, rows, has_titles=titles, counts_days=counts_days)


def forgotten_until() -> date | None:
    """Loans from before this day may no longer name who borrowed; None while none were forgotten. One statement."""
    runs = RetentionRun.objects.filter(kind=RetentionRun.Kind.RETENTION)
    return runs.aggregate(last=Max("before"))["last"]


def class_sizes(day: date) -> dict[int, int]:
    """{class: pupils in it on a day}. One statement."""
    rows = enrolled_on(day).order_by().values_list("school_class_id")
    return dict(rows.annotate(number=Count("reader", distinct=True)))


def _members(period: Period, class_ids: Sequence[int]) -> dict[int, list[ClassMembership]]:
    rows = enrolled_on(period.until).filter(school_class__in=class_ids).select_related("reader")
    found: defaultdict[int, list[ClassMembership]] = defaultdict(list)
    for row in rows.order_by("reader__number", "reader__name", "reader_id"):
        found[row.school_class_id].append(row)
    return found


def _record(row: ClassMembership, counts: dict[int, _Counts], counts_days: bool) -> PupilRecord:
    own = counts.get(row.reader_id) or _Counts()
    return PupilRecord(
        reader_id=row.reader_id,
        number=row.reader.number,
        name=row.reader.name,
        loans=own.loans,
        corner=own.corner,
        days=own.days if counts_days else None,
        titles=list(own.titles),
    )


def _counts(period: Period, class_ids: Sequence[int], *, titles: bool) -> dict[int, _Counts]:
    """Counts by reader."""
    found: defaultdict[int, _Counts] = defaultdict(_Counts)
    readers = enrolled_on(period.until).filter(school_class__in=class_ids).order_by().values("reader")
    begins, ends = period.bounds()
    loans = Loan.objects.filter(
        reader__in=readers, lent_at__gte=begins, lent_at__lt=ends, voided_at=None, kind__in=IN_A_READERS_NAME
    ).order_by()
    for reader, number, corner in loans.values_list("reader_id").annotate(
        number=Count("*"), corner=Count("pk", filter=Q(kind=Loan.Kind.CORNER))
    ):
        found[reader].loans, found[reader].corner = number, corner
    days = _visits(period).filter(reader__in=readers).order_by().values_list("reader_id")
    for reader, number in days.annotate(days=Count(TruncDate("at"), distinct=True)):
        found[reader].days = number
    for reader, name in _titles(loans) if titles else ():
        found[reader].titles[name] = None
    return found


def _visits(period: Period) -> "QuerySet[Visit]":
    begins, ends = period.bounds()
    rows = Visit.objects.filter(at__gte=begins, at__lt=ends, voided_at=None, is_electronic=False)
    return rows.filter(kind=Visit.Kind.CARD, reader__isnull=False)


def _titles(loans: "QuerySet[Loan]") -> Iterable[tuple[int, str]]:
    """(reader, title) in the order of lending."""
    return loans.order_by("lent_at", "pk").values_list("reader_id", F("copy__title__name"))
