"""Class boxes and corners, with the usual arguments of their acts filled in."""

from circulation.models import Box, CirculationEvent
from circulation.operations.box_moves import Move, move_boxes
from circulation.operations.boxes import put_in
from circulation.operations.corners import lend_from_corner, return_to_corner
from library_site.models import User
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy
from tests.factories.desk import NOON, make_scan


def fill(box: Box, by: User, copy=None, at=NOON, **options) -> CirculationEvent:
    """A copy scanned into the box."""
    copy = copy or make_copy()
    options.setdefault("scan", make_scan(copy.barcode))
    return put_in(box_id=box.pk, copy_id=copy.pk, by=by, at=at, reference=current_reference(), **options)


def lend_on(copy, reader, school_class, by: User, at=NOON, **options) -> CirculationEvent:
    """A classmate gets a book of the corner."""
    options.setdefault("scan", make_scan(copy.barcode))
    return lend_from_corner(
        copy_id=copy.pk,
        reader_id=reader.pk,
        class_id=school_class.pk,
        by=by,
        at=at,
        reference=current_reference(),
        **options,
    )


def bring_back(copy, by: User, at=NOON, **options):
    """The classmate brings it back to the corner."""
    options.setdefault("scan", make_scan(copy.barcode))
    return return_to_corner(copy_id=copy.pk, by=by, at=at, **options)


def move(by: User, *moves: tuple, at=NOON) -> int:
    """(box, from class, to class) each, in one act."""
    plan = [Move(box.pk, old.pk, new.pk) for box, old, new in moves]
    return move_boxes(moves=plan, by=by, at=at, reference=current_reference())
