"""The register of honours as it is read: narrowed, shown and printed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from activities.models import Badge, Consent, Honour
from activities.queries.consents import consents_of
from activities.queries.settings import activity_options
from activities.rules.names import shown_name
from library_site.shared.reference import Reference
from readers.models import Reader

MOST_CERTIFICATES = 500
UNNAMED = ("class_name", "occasion", "award", "number")
NAMED = ("name", "work", *UNNAMED)


@dataclass(frozen=True)
class HonourFilters:
    """Empty values leave everything in. `text` is looked for in names, occasions, awards, works and numbers."""

    first: date | None = None
    last: date | None = None
    level: str = ""
    class_id: int | None = None
    text: str = ""


def register(
    filters: HonourFilters, *, classes: Collection[int] | None = None, by_name: bool = True
) -> QuerySet[Honour]:
    """The lines, the newest first, those taken back among them; of these classes only unless None.

    Who may not read names in full does not find by them either: `by_name` is false.
    """
    rows = Honour.objects.select_related("reader")
    if classes is not None:
        rows = rows.filter(school_class__in=classes)
    if filters.first and filters.last:
        rows = rows.filter(awarded_on__range=(filters.first, filters.last))
    if filters.level:
        rows = rows.filter(level=filters.level)
    if filters.class_id is not None:
        rows = rows.filter(school_class=filters.class_id)
    for word in filters.text.split()[:4]:
        rows = rows.filter(_holds(word, NAMED if by_name else UNNAMED))
    return rows.order_by("-awarded_on", "-pk")


def honours_of(reader_id: int) -> QuerySet[Honour]:
    """What one person has been honoured with and still is, the newest first."""
    return Honour.objects.filter(reader=reader_id, revoked_on=None).order_by("-awarded_on", "-pk")


def badges_of(reader_id: int) -> QuerySet[Badge]:
    """The badges of one person, the newest first."""
    rows = Badge.objects.filter(reader=reader_id, is_class=False).select_related("challenge")
    return rows.order_by("-reached_on", "-pk")


def certified(
    *,
    honours: Collection[int] = (),
    activity_id: int | None = None,
    run_id: int | None = None,
    classes: Collection[int] | None = None,
) -> QuerySet[Honour]:
    """The honours of the school that stand and have a certificate, class by class in the order they were granted.

    Those named, of an activity with its parts, or of a run of an award; at most 500. One statement.
    """
    rows = Honour.objects.filter(~Q(number=""), revoked_on=None)
    wanted = Q(pk__in=honours)
    if activity_id is not None:
        wanted |= Q(activity=activity_id) | Q(activity__parent=activity_id)
    if run_id is not None:
        wanted |= Q(proposal__run=run_id)
    rows = rows.filter(wanted)
    if classes is not None:
        rows = rows.filter(school_class__in=classes)
    return rows.select_related("reader", "proposal__run__rule").order_by("class_name", "pk")[:MOST_CERTIFICATES]


def shown_names(rows: Collection[Honour], reference: Reference, day: date) -> dict[int, str]:
    """{line: name} as others than teachers and the library may read it: pupils as the school chose. One statement.

    A line without a reader and with a class is a pupil's who was entered as written, or was erased.
    """
    readers = [row.reader_id for row in rows if row.reader_id]
    agreed = consents_of(readers, Consent.What.NAME, day)
    option = activity_options(reference).names

    def name(row: Honour) -> str:
        is_pupil = row.reader.category == Reader.Category.STUDENT if row.reader else bool(row.class_name)
        if not is_pupil:
            return row.name
        return shown_name(row.name, option, consent=row.reader_id in agreed, class_name=row.class_name)

    return {row.pk: name(row) for row in rows}


def _holds(word: str, names: Collection[str]) -> Q:
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__icontains": word})
    return found
