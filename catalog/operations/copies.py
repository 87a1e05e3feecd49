"""Copies of a title: entered, corrected, moved, and taken off the records where nothing was built on them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection

from catalog.models import Copy
from catalog.operations.numbering import draw_numbers, hold_numbers
from catalog.operations.titles import locked_title
from catalog.queries.barcodes import bearers
from catalog.queries.related import tables_about
from catalog.rules.barcodes import number_problems
from catalog.rules.copies import COUNT_DIFFERS, MOST_AT_ONCE, NOTHING_CHOSEN, TOO_MANY, delete_problems
from catalog.rules.sets import volume_prices
from library_site.audit import act
from library_site.models import User
from library_site.shared.codes import normalise_code
from library_site.shared.problems import Problem, Refused, violated

# What a person may correct of a copy; its state, its barcode and its title have acts of their own.
CORRECTED = (
    "volume", "location_id", "price", "source", "acquired_on", "condition", "in_room_only", "note", "batch_id",
    "accession_number",
)  # fmt: skip
UNIQUE = {"copy_barcode_unique", "copy_accession_unique"}
ACCESSION_TAKEN = "copy_accession_unique"


def add_copies(
    *,
    title_id: int,
    barcodes: Sequence[str] | None,
    count: int,
    location_id: int,
    price: Decimal | None = None,
    source: str = Copy.Source.UNKNOWN,
    batch_id: int | None = None,
    volumes: Sequence[str] = (),
    acquired_on: date | None = None,
    labelled_at: datetime | None = None,
    by: User | None,
    address: str | None = None,
) -> list[Copy]:
    """Enters `count` copies of a title, or `count` whole sets if `volumes` are named; returns them in order.

    `barcodes` has one number per copy, set by set, volume by volume; None draws the next ones. The accession number
    is the same. `price` (yuan) is that of a copy, or with volumes that of the set: each gets its share. `labelled_at`
    says that the labels are stuck on already. Refused (`Refused`) with every number that is taken and what bears it;
    then nothing is entered.
    """
    numbers = None if barcodes is None else [normalise_code(barcode) for barcode in barcodes]
    values = {
        "location_id": location_id,
        "source": source,
        "batch_id": batch_id,
        "acquired_on": acquired_on,
        "barcode_label_at": labelled_at,
    }
    try:
        with act("add_copies", by=by, address=address):
            hold_numbers()  # before the title, as everywhere
            title = locked_title(title_id)
            prices = volume_prices(price, volumes, of=title.volumes)
            return make_copies(title_id, numbers, count=count, prices=prices, volumes=volumes, values=values)
    except IntegrityError as error:
        raise Refused(taken_meanwhile(error, numbers or [])) from error


def make_copies(
    title_id: int,
    numbers: Sequence[str] | None,
    *,
    count: int,
    prices: Sequence[Decimal | None],
    volumes: Sequence[str],
    values: Mapping[str, Any],
) -> list[Copy]:
    """`add_copies` inside a larger act, whose caller turns an `IntegrityError` into `taken_meanwhile`.

    `prices` has one for each volume, or the one of every copy.
    """
    assert connection.in_atomic_block
    wanted = count * max(1, len(volumes))
    if not 1 <= wanted <= MOST_AT_ONCE:
        raise Refused([TOO_MANY])
    if numbers is None:
        numbers = draw_numbers(wanted)
    else:
        _check_numbers(numbers, wanted)
    rows = [
        Copy(
            title_id=title_id,
            barcode=number,
            accession_number=number,
            volume=volumes[place % len(volumes)] if volumes else "",
            price=prices[place % len(prices)],
            **values,
        )
        for place, number in enumerate(numbers)
    ]
    return Copy.objects.bulk_create(rows)


def _check_numbers(numbers: Sequence[str], wanted: int) -> None:
    if len(numbers) != wanted:
        raise Refused([COUNT_DIFFERS])
    hold_numbers()
    if problems := number_problems(numbers, bearers(numbers)):
        raise Refused(problems)


def taken_meanwhile(error: IntegrityError, numbers: Sequence[str]) -> list[Problem]:
    """The problems behind a number that somebody else was quicker to give; any other error stays one."""
    if violated(error) not in UNIQUE:
        raise error
    return number_problems(numbers, bearers(numbers))


def change_copy(
    *, copy_id: int, values: Mapping[str, Any], by: User | None, address: str | None = None
) -> dict[str, tuple[Any, Any]]:
    """Corrects a copy (`CORRECTED`); returns what changed as {column: (before, after)}.

    Refused for an accession number that another copy has.
    """
    try:
        with act("change_copy", by=by, address=address):
            copy = Copy.objects.select_for_update(of=("self",), no_key=True).get(pk=copy_id)
            given = {field: values[field] for field in CORRECTED if field in values}
            changes = {
                field: (getattr(copy, field), new) for field, new in given.items() if getattr(copy, field) != new
            }
            for field, (_old, new) in changes.items():
                setattr(copy, field, new)
            if changes:
                copy.save(update_fields=list(changes))
            return changes
    except IntegrityError as error:
        if violated(error) != ACCESSION_TAKEN:
            raise
        number = str(values.get("accession_number"))
        raise Refused(number_problems([number], bearers([number]))) from error


def move_copies(
    *,
    copy_ids: Collection[int],
    location_id: int | None = None,
    batch_id: int | None = None,
    by: User | None,
    address: str | None = None,
) -> int:
    """Puts the copies into another place, another batch, or both; returns how many were not there already."""
    given = {"location_id": location_id, "batch_id": batch_id}
    wanted = {field: value for field, value in given.items() if value is not None}
    if not wanted or not copy_ids:
        raise Refused([NOTHING_CHOSEN])
    with act("move_copies", by=by, address=address):
        rows = Copy.objects.filter(pk__in=copy_ids).order_by("pk").select_for_update(of=("self",), no_key=True)
        moving = [copy.pk for copy in rows if any(getattr(copy, field) != value for field, value in wanted.items())]
        return Copy.objects.filter(pk__in=moving).update(**wanted)


def delete_copy(*, copy_id: int, by: User | None, address: str | None = None) -> None:
    """Takes a copy that was entered by mistake off the records. Refused once anything has happened to it."""
    with act("delete_copy", by=by, address=address):
        remove_copy(copy_id)


def remove_copy(copy_id: int) -> None:
    """`delete_copy` inside a larger act."""
    assert connection.in_atomic_block
    copy = Copy.objects.select_for_update(of=("self",)).get(pk=copy_id)
    if problems := delete_problems(tables_about(copy)):
        raise Refused(problems)
    copy.delete()
