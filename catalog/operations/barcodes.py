"""Another barcode for a copy; the old one stays its own for ever."""

from datetime import datetime

from django.db import IntegrityError

from catalog.models import Copy, FormerBarcode
from catalog.operations.copies import taken_meanwhile
from catalog.operations.numbering import hold_numbers
from catalog.queries.barcodes import bearers
from catalog.rules.barcodes import number_problems
from library_site.audit import act
from library_site.models import User
from library_site.shared.codes import normalise_code
from library_site.shared.problems import Refused


def change_barcode(
    *,
    copy_id: int,
    barcode: str,
    reason: str = "",
    labelled_at: datetime | None = None,
    by: User | None,
    address: str | None = None,
) -> Copy:
    """Gives the copy another barcode and keeps the old one as its own: the desk still finds it by the old label.

    Its accession number stays. A barcode that it bore before may come back. `labelled_at` says that the new label is
    stuck on; without it the label is to be printed. Refused for a number that anything else bears or bore.
    """
    number = normalise_code(barcode)
    try:
        with act("change_barcode", by=by, address=address):
            hold_numbers()
            copy = Copy.objects.select_for_update(of=("self",)).select_related("title").get(pk=copy_id)
            if copy.barcode == number:
                return copy
            others = {key: bearer for key, bearer in bearers([number]).items() if not _is_own(bearer.copy_id, copy)}
            if problems := number_problems([number], others):
                raise Refused(problems)
            _replace(copy, number, reason, labelled_at)
            return copy
    except IntegrityError as error:
        raise Refused(taken_meanwhile(error, [number])) from error


def _is_own(copy_id: int | None, copy: Copy) -> bool:
    return copy_id == copy.pk


def _replace(copy: Copy, number: str, reason: str, labelled_at: datetime | None) -> None:
    FormerBarcode.objects.filter(barcode=number, copy=copy).delete()
    old, copy.barcode, copy.barcode_label_at = copy.barcode, number, labelled_at
    copy.save(update_fields=["barcode", "barcode_label_at"])
    FormerBarcode.objects.create(barcode=old, copy=copy, reason=reason)
