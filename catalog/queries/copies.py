"""Copies as staff see them: of a title, of a batch, by scanned numbers; and sets with volumes missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import Combinable

from catalog.models import Batch, Copy, FormerBarcode, Title
from catalog.models.titles import long_columns
from catalog.queries.search import GONE
from catalog.rules.sets import missing_volumes
from library_site.shared.codes import normalise_code


def copies_with_places() -> "QuerySet[Copy, Any]":
    """Copies with title, place and batch beside them."""
    rows = Copy.objects.select_related("title", "location", "batch")
    return rows.defer(*long_columns("title"))


def copies_of_title(title_id: int, *, due_on: Combinable) -> "QuerySet[Copy, Any]":
    """All copies of a title, those gone last, volumes in order. `due_on` as in `catalog.queries.title_page`."""
    rows: Any = copies_with_places().filter(title=title_id).annotate(due_on=due_on)
    return rows.annotate(is_gone=Q(state__in=GONE)).order_by("is_gone", "volume_key", "barcode")


def copies_of_batch(batch_id: int) -> "QuerySet[Copy, Any]":
    """The copies of a batch in the order they were entered."""
    return copies_with_places().filter(batch=batch_id).order_by("pk")


@dataclass(frozen=True)
class Scanned:
    """Copies found by scanned numbers in the order of the scans, each once; and the numbers that no copy bears."""

    copies: list[Copy]
    unknown: list[str]


def copies_scanned(text: str) -> Scanned:
    """Reads numbers separated by blanks or lines; old barcodes and accession numbers are understood. Few statements."""
    numbers = list(dict.fromkeys(code for word in text.split() if (code := normalise_code(word))))
    wanted = [*numbers, *(number.lower() for number in numbers)]
    former = dict(FormerBarcode.objects.filter(barcode__in=wanted).values_list("barcode", "copy"))
    asked = Q(barcode__in=wanted) | Q(accession_number__in=wanted) | Q(pk__in=former.values())
    found: dict[str, Copy] = {}
    for copy in copies_with_places().filter(asked):
        old = [barcode for barcode, pk in former.items() if pk == copy.pk]
        for number in (copy.accession_number, *old):
            found.setdefault(normalise_code(number), copy)
        found[normalise_code(copy.barcode)] = copy
    copies = {found[number].pk: found[number] for number in numbers if number in found}
    return Scanned(list(copies.values()), [number for number in numbers if number not in found])


def batches() -> "QuerySet[Batch, Any]":
    """All batches, the newest first, with how many copies and titles came in each."""
    counts = {"held": Count("copies"), "titles": Count("copies__title", distinct=True)}
    return Batch.objects.annotate(**counts).order_by("-received_on", "-pk")


@dataclass(frozen=True)
class SetRow:
    """A set and the volumes of which no copy is held; `unmarked` copies do not say which volume they are."""

    title: Title
    missing: list[int]
    held: int
    unmarked: int


def incomplete_sets() -> list[SetRow]:
    """Sets that are held in part, by call number. One statement."""
    is_held = ~Q(copies__state__in=GONE) & Q(copies__isnull=False)
    rows: Any = Title.objects.filter(volumes__gt=1).defer(*long_columns())
    rows = rows.annotate(have=ArrayAgg("copies__volume", filter=is_held, default=[])).order_by("shelf_key", "pk")
    return [row for title in rows if (row := _set_row(title, title.have)).missing and row.held]


def _set_row(title: Title, have: Sequence[str]) -> SetRow:
    missing = missing_volumes(have, title.volumes or 1)
    return SetRow(title, missing, held=len(have), unmarked=sum(not volume for volume in have))
