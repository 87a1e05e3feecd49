"""Who has borrowed nothing yet: for the class teacher, and for nobody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef
from django.utils import timezone

from circulation.models import Loan
from readers.models import Card, ClassMembership
from readers.queries.enrolment import enrolled_on
from reports.queries.loans import IN_A_READERS_NAME


@dataclass(frozen=True)
class IdlePupil:
    """A pupil without a loan. `joined` is the day on which the pupil came into the class, if since the day asked."""

    name: str
    number: str
    has_card: bool
    joined: date | None


def pupils_without_loans(class_ids: Collection[int], *, since: date, today: date) -> dict[int, list[IdlePupil]]:
    """{class: pupils who are in it today and took no book home since that day}, by school number. One statement.

    A book from the class's corner counts as borrowed; a loan that was undone, a book used in the room, and what is
    lent in the class's name do not. Of a pupil who changed classes, loans of the former class count.
    """
    begins = timezone.make_aware(datetime.combine(since, time.min))
    loans = Loan.objects.filter(reader=OuterRef("reader"), voided_at=None, lent_at__gte=begins)
    cards = Card.objects.filter(reader=OuterRef("reader"), status=Card.Status.VALID)
    members = enrolled_on(today).filter(~Exists(loans.filter(kind__in=IN_A_READERS_NAME)), school_class__in=class_ids)
    rows = members.annotate(has_card=Exists(cards)).select_related("reader")
    found: dict[int, list[IdlePupil]] = {pk: [] for pk in class_ids}
    for row in rows.order_by("reader__number", "reader__name", "reader_id"):
        found[row.school_class_id].append(_pupil(row, since))
    return found


def _pupil(row: ClassMembership, since: date) -> IdlePupil:
    return IdlePupil(
        name=row.reader.name,
        number=row.reader.number,
        has_card=row.has_card,  # type: ignore[attr-defined]
        joined=row.since if row.since > since else None,
    )
