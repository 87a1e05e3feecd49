"""What becomes of labels: said to be printed, taken back, and numbers drawn before the books come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy, LabelPrinting, PrintedNumbers, Title
from catalog.operations import numbering
from catalog.queries.labels import state_of
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

MOST_NUMBERS = 5000
CHANGED = Problem(
    "labels_changed",
    _("Some of these labels say something else by now."),
    _("Look at the sheets again and print those that changed."),
)
NOTHING = Problem("no_labels", _("There are no labels to mark."))
UNDONE = Problem("printing_undone", _("This was taken back already."))
_COLUMNS = {
    LabelPrinting.Kind.BARCODE: ("barcode_label_at",),
    LabelPrinting.Kind.SPINE: ("spine_label_at",),
    LabelPrinting.Kind.BOTH: ("barcode_label_at", "spine_label_at"),
}


def mark_printed(
    *,
    kind: str,
    copy_ids: Sequence[int],
    state: str | None = None,
    by: User,
    at: datetime,
    address: str | None = None,
) -> LabelPrinting:
    """Notes that the labels of these copies are printed, or on the books already; they are due no more.

    `state` is the mark of `queries.labels.state_of` when the sheets were shown: `Refused` if a label says something
    else by now. None marks them as they are.
    """
    with act("mark_labels_printed", by=by, address=address):
        copies = _held_copies(copy_ids)
        if not copies:
            raise Refused([NOTHING])
        if state is not None and state_of(copy_ids) != state:
            raise Refused([CHANGED])
        places = {key: place for place, key in enumerate(copy_ids)}
        copies.sort(key=lambda copy: places[copy.pk])
        kept = [[copy.pk, _text(copy.barcode_label_at), _text(copy.spine_label_at)] for copy in copies]
        Copy.objects.filter(pk__in=copy_ids).update(**dict.fromkeys(_COLUMNS[LabelPrinting.Kind(kind)], at))
        return LabelPrinting.objects.create(kind=kind, copies=kept, count=len(kept), by=by, at=at)


def undo_printed(*, printing_id: int, by: User, at: datetime, address: str | None = None) -> LabelPrinting:
    """Takes a printing back: what was due before it is due again. Labels marked anew since keep that.

    `Refused` if it was taken back already.
    """
    with act("undo_labels_printed", by=by, address=address):
        printing = LabelPrinting.objects.select_for_update().get(pk=printing_id)
        if printing.undone_at is not None:
            raise Refused([UNDONE])
        keys = [key for key, *_dates in printing.copies]
        _held_copies(keys)
        for place, column in enumerate(("barcode_label_at", "spine_label_at"), start=1):
            if column in _COLUMNS[LabelPrinting.Kind(printing.kind)]:
                _restore(column, printing.at, _before(printing, place, column))
        printing.undone_at = at
        printing.save(update_fields=["undone_at"])
        return printing


def draw_numbers(*, count: int, by: User, address: str | None = None) -> PrintedNumbers:
    """Draws the next free numbers for labels before the books come; nobody gets them again, unless by that label.

    `count` is 1 to 5,000. The series stays locked until the numbers are kept.
    """
    assert 1 <= count <= MOST_NUMBERS
    with act("draw_numbers", by=by, address=address):
        numbers = numbering.draw_numbers(count)
        return PrintedNumbers.objects.create(numbers=numbers, by=by)


def _held_copies(keys: Sequence[int]) -> list[Copy]:
    """Locks the copies, and before them their titles: a call number that changes meanwhile makes its label due again,
    and must see that it was printed."""
    titles = Title.objects.filter(pk__in=Copy.objects.filter(pk__in=keys).values("title"))
    list(titles.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    return list(Copy.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"))


def _before(printing: LabelPrinting, place: int, column: str) -> dict[int, datetime | None]:
    """When the labels had been printed before this; a printing that was taken back since does not count."""
    before = {row[0]: _time(row[place]) for row in printing.copies}
    kinds = [kind for kind, columns in _COLUMNS.items() if column in columns]
    undone = LabelPrinting.objects.filter(kind__in=kinds, undone_at__isnull=False).order_by("-at", "-pk")
    last = printing
    while (dates := {at for at in before.values() if at}) and (
        other := undone.filter(at__lt=last.at, at__in=dates).first()
    ):
        earlier = {row[0]: _time(row[place]) for row in other.copies}
        before |= {key: earlier[key] for key in before.keys() & earlier.keys() if before[key] == other.at}
        last = other
    return before


def _time(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _restore(column: str, at: datetime, before: dict[int, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE catalog_copy AS c SET {column} = b.at FROM unnest(%s::bigint[], %s::timestamptz[]) AS b (id, at)"  # noqa: S608
            f" WHERE c.id = b.id AND c.{column} = %s",
            [list(before), list(before.values()), at],
        )
