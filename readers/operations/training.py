"""What helpers have learnt, and what they are taught."""

from collections.abc import Collection
from datetime import date

from library_site.audit import act
from library_site.models import User
from readers.models import TrainingItem, TrainingTick

Pair = tuple[int, int]  # (reader, item)


def tick_training(
    *, readers: Collection[int], items: Collection[int], ticked: Collection[Pair], on: date, by: User,
    address: str | None = None,
) -> tuple[int, int]:  # fmt: skip
    """Makes the ticks of these readers and items those of `ticked`; returns how many were added and taken away.

    A new tick has the date `on` and the name of `by`; one that was there keeps its own.
    """
    with act("tick_training", by=by, address=address):
        rows = TrainingTick.objects.select_for_update().filter(reader__in=readers, item__in=items)
        known = {(row.reader_id, row.item_id): row for row in rows}
        gone = [row.pk for pair, row in known.items() if pair not in ticked]
        new = [TrainingTick(reader_id=r, item_id=i, on=on, by=by) for r, i in ticked if (r, i) not in known]
        TrainingTick.objects.filter(pk__in=gone).delete()
        TrainingTick.objects.bulk_create(new, ignore_conflicts=True)
        return len(new), len(gone)


def keep_training_item(*, item: TrainingItem, by: User, address: str | None = None) -> TrainingItem:
    """Adds or changes an item; one that is no longer taught stays with those who learnt it."""
    with act("keep_training_item", by=by, address=address):
        item.save()
        return item
