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
