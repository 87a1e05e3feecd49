"""The copies that labels are printed for."""

from django.db.models import QuerySet
from django.db.models.functions import Length

from catalog.models import Copy

OFF_THE_SHELF = (Copy.State.WITHDRAWN, Copy.State.LOST)


def copies_of_run(run_id: int) -> QuerySet[Copy]:
    """The copies that an import made, in the order of its rows."""
    return Copy.objects.filter(import_run=run_id).select_related("title").order_by("pk")


def copies_between(first: str, last: str) -> QuerySet[Copy]:
    """Copies by barcode, both ends included. Ends of one length leave out barcodes of another: 0002 is not 00015."""
    copies = Copy.objects.filter(barcode__gte=first, barcode__lte=last).exclude(state__in=OFF_THE_SHELF)
    if len(first) == len(last):
        copies = copies.annotate(length=Length("barcode")).filter(length=len(first))
    return copies.select_related("title").order_by("barcode")
