"""What pupils read and wrote in some days, for challenges and awards: loans and notes as every report counts them.

Undone loans, use in the room and boxes of classes do not count; renewals are no loans. A note counts once it was
handed in. Counts of classes go by the class stored with the loan or note, those of pupils by the pupil.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncDate

from activities.models import ReadingNote
from activities.rules.challenges import Reading
from circulation.models import Loan
from circulation.queries.visits import bounds
from readers.models import Reader

STUDENT = Reader.Category.STUDENT


def loans_between(first: date, last: date) -> QuerySet[Loan]:
    """The loans in readers' names of these days."""
    begins, ends = bounds(first, last)
    kinds = (Loan.Kind.READER, Loan.Kind.CORNER)
    return Loan.objects.filter(lent_at__gte=begins, lent_at__lt=ends, voided_at=None, kind__in=kinds)


def notes_between(first: date, last: date) -> QuerySet[ReadingNote]:
    """The notes of these days that were handed in."""
    rows = ReadingNote.objects.filter(written_on__range=(first, last))
    return rows.exclude(state=ReadingNote.State.DRAFT)


def readings(reader_ids: "Collection[int] | QuerySet[Any]", first: date, last: date) -> dict[int, Reading]:
    """What each of these readers read and wrote in the days. Two statements, whatever their number."""
    found: defaultdict[int, Reading] = defaultdict(Reading)
    loans = loans_between(first, last).filter(reader__in=reader_ids).order_by()
    begun = loans.values_list("reader_id", "copy__title_id").annotate(day=Min(TruncDate("lent_at")))
    for reader_id, title, day in begun:
        if reader_id is not None:
            found[reader_id].titles[title] = day
    notes = notes_between(first, last).filter(reader__in=reader_ids)
    for reader_id, day in notes.values_list("reader_id", "written_on"):
        if reader_id is not None:
            found[reader_id].notes.append(day)
    return found


def class_loans(first: date, last: date) -> dict[int | None, int]:
    """{class: books lent to its pupils}. One statement."""
    rows = loans_between(first, last).filter(category=STUDENT).order_by()
    return dict(rows.values_list("school_class_id").annotate(number=Count("*")))


def class_notes(first: date, last: date) -> dict[int | None, int]:
    """{class: notes of its pupils}. One statement."""
    rows = notes_between(first, last).filter(category=STUDENT).order_by()
    return dict(rows.values_list("school_class_id").annotate(number=Count("*")))
