"""Who stands where: places by a figure, without anything of who stands there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

Entrant = TypeVar("Entrant")


@dataclass(frozen=True)
class Place(Generic[Entrant]):
    """`place` counts from 1; None where the figure is not known."""

    place: int | None
    entrant: Entrant
    value: Decimal | None


def places(
    entrants: Iterable[Entrant], value_of: Callable[[Entrant], Decimal | None], *, higher_is_better: bool = True
) -> list[Place[Entrant]]:
    """From the best to the last. Equal figures, as they are printed, share a place and the next one is left out.

    Whoever has no figure comes last, in the order given, without a place.
    """
    valued = [(entrant, value_of(entrant)) for entrant in entrants]
    known = [(entrant, value) for entrant, value in valued if value is not None]
    known.sort(key=lambda pair: pair[1], reverse=higher_is_better)
    found: list[Place[Entrant]] = []
    for number, (entrant, value) in enumerate(known, start=1):
        shared = found[-1].place if found and found[-1].value == value else number
        found.append(Place(shared, entrant, value))
    return [*found, *(Place(None, entrant, None) for entrant, value in valued if value is None)]
