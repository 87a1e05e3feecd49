"""Whom an act at the desk is about."""

from circulation.models import CirculationEvent, Loan


def readers_concerned(*, reader_id: int | None, loan_id: int | None, event_id: int | None) -> set[int]:
    """The readers that these name, for a check before the act. Raises `DoesNotExist` for what is not on record."""
    found = {reader_id}
    if loan_id is not None:
        found.add(Loan.objects.values_list("reader_id", flat=True).get(pk=loan_id))
    if event_id is not None:
        found.add(CirculationEvent.objects.values_list("reader_id", flat=True).get(pk=event_id))
    return {one for one in found if one is not None}


def classes_concerned(*, loan_id: int | None, event_id: int | None) -> set[int | None]:
    """The classes in whose name these books were lent; what names a reader is left out."""
    found = []
    if loan_id is not None:
        found.append(Loan.objects.values_list("reader_id", "school_class_id").get(pk=loan_id))
    if event_id is not None:
        found.append(CirculationEvent.objects.values_list("reader_id", "school_class_id").get(pk=event_id))
    return {class_id for reader_id, class_id in found if reader_id is None}
