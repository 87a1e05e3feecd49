"""By which report of its reader a copy is lost."""

from django.db.models import Exists, OuterRef

from circulation.models import CirculationEvent

Kind = CirculationEvent.Kind


def loss_of(copy_id: int) -> CirculationEvent | None:
    """The last report of the copy's loss that names a reader or none, if it stands and nobody found the copy since.

    A report about a class's box has two events; that of the pupil goes first. One statement.
    """
    undone = CirculationEvent.objects.filter(undoes=OuterRef("pk"))
    later = CirculationEvent.objects.filter(
        ~Exists(undone), loan__copy_id=copy_id, kind=Kind.FOUND, copy_id=OuterRef("copy_id"), pk__gt=OuterRef("pk")
    )
    rows = CirculationEvent.objects.filter(~Exists(undone), ~Exists(later), loan__copy_id=copy_id, kind=Kind.LOST)
    found = list(rows.select_related("loan__reader", "loan__copy", "reader").order_by("-pk")[:2])
    named = [event for event in found if event.reader_id is not None and event.scan_id == found[0].scan_id]
    return next(iter(named or found), None)
