"""What guardians have agreed to, as it holds on a day."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from activities.models import Consent
from readers.queries.enrolment import enrolled_on


def in_force(day: date) -> QuerySet[Consent]:
    """The consents that hold on a day; one that is withdrawn on it no longer does."""
    return Consent.objects.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day), given_on__lte=day)


def consents_of(reader_ids: Collection[int], what: str, day: date) -> set[int]:
    """Those of the readers for whom a consent of this kind (`Consent.What`) is in force. One statement."""
    rows = in_force(day).filter(what=what, reader_id__in=reader_ids)
    return {pk for pk in rows.values_list("reader_id", flat=True) if pk is not None}


def agreed_to(reader_ids: Collection[int], day: date) -> set[tuple[int, str]]:
    """All that is in force for these readers, as (reader, what). One statement."""
    rows = in_force(day).filter(reader_id__in=reader_ids).values_list("reader_id", "what")
    return {(pk, what) for pk, what in rows if pk is not None}


def consents_by_class(day: date) -> dict[int, Counter[str]]:
    """How many pupils of each class agreed to what; how many there are stands under "". Two statements."""
    members = dict(enrolled_on(day).values_list("reader_id", "school_class_id"))
    counted: dict[int, Counter[str]] = {}
    for class_id in members.values():
        counted.setdefault(class_id, Counter())[""] += 1
    for reader_id, what in in_force(day).filter(reader__isnull=False).values_list("reader_id", "what"):
        if reader_id in members:
            counted[members[reader_id]][what] += 1
    return counted
