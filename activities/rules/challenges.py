"""When a reading challenge is met."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil

from activities.models import Challenge

Goal = Challenge.Goal
CLASS_GOALS = frozenset({Goal.CLASS_BOOKS, Goal.CLASS_NOTES})
NOTE_GOALS = frozenset({Goal.NOTES, Goal.CLASS_NOTES})


@dataclass
class Reading:
    """What one pupil read in some days: {title: the day it was first borrowed}, and the days of notes."""

    titles: dict[int, date] = field(default_factory=dict)
    notes: list[date] = field(default_factory=list)


@dataclass(frozen=True)
class Progress:
    """`done` of `target`, and the day on which the goal was reached; None while it is not."""

    done: int
    target: int
    reached_on: date | None

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.target)


def is_of_classes(challenge: Challenge) -> bool:
    """Whether classes reach the goal together, rather than each pupil."""
    return challenge.goal in CLASS_GOALS


def counts_notes(challenge: Challenge) -> bool:
    """Whether notes are counted, rather than books."""
    return challenge.goal in NOTE_GOALS


def steps(challenge: Challenge) -> int:
    """Books or notes that a pupil needs: whole ones."""
    return ceil(challenge.target)


def progress(challenge: Challenge, reading: Reading, listed: Collection[int]) -> Progress:
    """How far a pupil is. A book counts once however often it is borrowed, on the day it was first borrowed in time.

    `listed` are the titles of the challenge's booklist; only these count where it has one.
    """
    days = sorted(day for day in _days(challenge, reading, listed) if challenge.starts_on <= day <= challenge.ends_on)
    needed = steps(challenge)
    return Progress(len(days), needed, days[needed - 1] if len(days) >= needed else None)


def _days(challenge: Challenge, reading: Reading, listed: Collection[int]) -> Sequence[date]:
    if counts_notes(challenge):
        return reading.notes
    if challenge.goal == Goal.LIST:
        return [day for title, day in reading.titles.items() if title in listed]
    return list(reading.titles.values())


def per_pupil(count: int, pupils: int) -> Decimal | None:
    """What a class did for each enrolled pupil, to one place, never rounded up to a goal that is not reached."""
    if not pupils:
        return None
    return Decimal(count * 10 // pupils) / 10


def ranked(values: Mapping[int, Decimal | None]) -> list[tuple[int | None, int]]:
    """(place, key) from the top; equal values share a place, and without a value there is none."""
    known = sorted(((value, key) for key, value in values.items() if value is not None), key=lambda pair: -pair[0])
    found: list[tuple[int | None, int]] = []
    for number, (value, key) in enumerate(known, start=1):
        shared = found[-1][0] if found and known[number - 2][0] == value else number
        found.append((shared, key))
    return [*found, *((None, key) for key, value in values.items() if value is None)]
