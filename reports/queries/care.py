"""The register of room care: its lines, and what of a month is missing."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from library_site.shared.reference import Reference
from readers.queries.classes import semester_on
from reports.models import RoomCare
from reports.rules.care import missing_kinds, reminds

# A kind that was not entered for so long is not asked for any more.
IN_USE = timedelta(days=400)


def register(first: date, last: date, kind: str = "") -> QuerySet[RoomCare]:
    """The lines from a day to a day, the newest first, with room and account; of one kind if asked."""
    rows = RoomCare.objects.filter(on__gte=first, on__lte=last).select_related("room")
    return (rows.filter(kind=kind) if kind else rows).order_by("-on", "-pk")


def missing(today: date) -> Sequence[RoomCare.Kind]:
    """The kinds in use, all where none is, that nobody has entered in the month of `today` so far. One statement."""
    return _missing(_last(today), today)


def reminded(reference: Reference, today: date) -> Sequence[RoomCare.Kind]:
    """As `missing`, towards the end of a month of the semester, for a school that keeps the register. One statement."""
    semester = semester_on(reference, today)
    if semester is None or today > semester.ends_on or not reminds(today):
        return []
    last = _last(today)
    return _missing(last, today) if last else []


def _last(today: date) -> dict[str, date]:
    """{kind in use: when it was entered last}."""
    rows = RoomCare.objects.filter(on__gte=today - IN_USE, on__lte=today)
    return dict(rows.distinct("kind").order_by("kind", "-on").values_list("kind", "on"))


def _missing(last: dict[str, date], today: date) -> Sequence[RoomCare.Kind]:
    month = today.replace(day=1)
    return missing_kinds(last, [kind for kind, on in last.items() if on >= month])
