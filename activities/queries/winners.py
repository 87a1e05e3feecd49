"""Who is meant by the lines of a list of winners, as a teacher or the office wrote it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from activities.models import Honour
from library_site.shared.reference import Reference
from readers.models import ClassMembership, Reader
from readers.queries.classes import class_meant, class_names_then

MOST_LINES = 200
_WORK = re.compile("《([^》]{1,100})》")
_BETWEEN = re.compile(r"[\s,;:，、；：]+")
FOUND, UNKNOWN, SEVERAL, ENTERED, NO_AWARD = "found", "unknown", "several", "entered", "no_award"


@dataclass(frozen=True)
class WrittenLine:
    """A line taken apart: 三(1)班 张三 一等奖 《作品》, of which only a name or a class must be there."""

    text: str
    class_id: int | None
    name: str
    award: str
    work: str


@dataclass(frozen=True)
class Winner:
    """A line with whom it means; `state` says whether it can be entered. A class has no reader and its name alone."""

    line: WrittenLine
    state: str
    reader_id: int | None
    class_id: int | None
    name: str
    class_name: str


def winners(text: str, *, award: str, occasion: str, on: date, reference: Reference) -> list[Winner]:
    """The winners of a list, one a line, as of a day. Three statements.

    Pupils are found by class and name, or by a name that is one person's alone, teachers by name. `award` is for the
    lines without one. Who stands in the register, or further up, with the same occasion, award and day is `entered`.
    """
    lines = [_taken_apart(line, award, on, reference) for line in text.splitlines() if line.strip()][:MOST_LINES]
    people = _people({line.name for line in lines}, on)
    there = _entered(occasion, on)
    names = class_names_then(reference, on)
    found = []
    for line in lines:
        winner = _winner(line, people, there, names)
        there.add((winner.name, winner.class_name, line.award))
        found.append(winner)
    return found


def _taken_apart(text: str, award: str, on: date, reference: Reference) -> WrittenLine:
    work = _WORK.search(text)
    parts = [part for part in _BETWEEN.split(_WORK.sub(" ", text).strip()) if part]
    class_id = class_meant(parts[0], reference, on) if parts else None
    if class_id is not None:
        parts = parts[1:]
    name, own_award = (parts[0], " ".join(parts[1:])) if parts else ("", "")
    return WrittenLine(text.strip(), class_id, name, own_award or award, work[1] if work else "")


def _people(names: set[str], on: date) -> dict[str, list[tuple[int, int | None]]]:
    """{name: [(reader, class)]} of pupils in a class on the day, and of teachers."""
    found: dict[str, list[tuple[int, int | None]]] = {}
    on_that_day = Q(until=None) | Q(until__gt=on)
    members = ClassMembership.objects.filter(on_that_day, reader__name__in=names, since__lte=on).order_by("pk")
    for name, reader, school_class in members.values_list("reader__name", "reader_id", "school_class_id"):
        found.setdefault(name, []).append((reader, school_class))
    teachers = Reader.objects.filter(name__in=names, category=Reader.Category.TEACHER).order_by("pk")
    for name, reader in teachers.values_list("name", "pk"):
        found.setdefault(name, []).append((reader, None))
    return found


def _entered(occasion: str, on: date) -> set[tuple[str, str, str]]:
    rows = Honour.objects.filter(occasion=occasion, awarded_on=on, revoked_on=None)
    return set(rows.values_list("name", "class_name", "award"))


def _winner(
    line: WrittenLine,
    people: Mapping[str, Sequence[tuple[int, int | None]]],
    there: set[tuple[str, str, str]],
    names: Mapping[int, str],
) -> Winner:
    if not line.name and line.class_id is not None:
        meant: list[tuple[int | None, int | None]] = [(None, line.class_id)]
    else:
        meant = [one for one in people.get(line.name, ()) if line.class_id in (None, one[1])]
    reader, school_class = meant[0] if len(meant) == 1 else (None, line.class_id)
    own = names.get(school_class or 0, "")
    name, class_name = (line.name, own) if line.name else (own, "")
    state = _state(line, len(meant), (name, class_name, line.award) in there)
    return Winner(line, state, reader, school_class, name, class_name)


def _state(line: WrittenLine, meant: int, is_entered: bool) -> str:
    if is_entered:
        return ENTERED
    if not line.award:
        return NO_AWARD
    return FOUND if meant == 1 else (SEVERAL if meant else UNKNOWN)
