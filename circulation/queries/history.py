"""What one person borrowed: for themselves and for the librarian, for nobody else."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from catalog.models.titles import long_columns
from circulation.models import CirculationEvent, Loan
from readers.models import PersonLook


@dataclass(frozen=True)
class Looks:
    """How often staff looked at this person's data, and when last."""

    number: int
    last: datetime | None


def past_loans(reader_id: int) -> QuerySet[Loan]:
    """Loans that ended, the newest first, `lost` if by the report of a loss; those undone at the desk never were."""
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    kind = CirculationEvent.Kind.LOST
    lost = Exists(CirculationEvent.objects.filter(~Exists(undone), loan=OuterRef("pk"), kind=kind))
    loans = Loan.objects.filter(reader_id=reader_id, returned_at__isnull=False, voided_at=None)
    loans = loans.select_related("copy__title").defer(*long_columns("copy__title"))
    return loans.annotate(lost=lost).order_by("-lent_at", "-pk")


def looks_at(reader_id: int) -> Looks:
    """One statement."""
    found = PersonLook.objects.filter(reader_id=reader_id).aggregate(number=Count("pk"), last=Max("at"))
    return Looks(found["number"], found["last"])
