"""Acts that move many readers, kept so that each can be taken back as one."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import ForeignObjectRel, Model
from django.utils.translation import gettext_lazy as _

from library_site.models import ImportRun, User
from library_site.shared.problems import Problem
from readers.models import Card, ClassMembership, ClassTeacher, Reader, SchoolClass, Turn, TurnReader

State = dict[str, Any]
COLUMNS = ("name", "pinyin", "initials", "number", "category", "status", "left_on")
# What an act of this kind makes itself for a reader who comes new; anything else was built on it.
_OWN = (ClassMembership, Card, TurnReader)


def lock_readers(reader_ids: Iterable[int]) -> dict[int, Reader]:
    """Locks these readers in the one order, to the end of the transaction: no desk lends to them meanwhile."""
    assert connection.in_atomic_block
    rows = Reader.objects.filter(pk__in=list(reader_ids)).order_by("pk")
    return {reader.pk: reader for reader in rows.select_for_update(of=("self",), no_key=True)}


def states_of(reader_ids: Collection[int]) -> dict[int, State]:
    """What an act may change of readers: columns, current class, valid card, classes led. Four statements."""
    rows = Reader.objects.filter(pk__in=reader_ids).values("pk", *COLUMNS)
    states: dict[int, State] = {row.pop("pk"): {**row, "membership": None, "card": None, "leads": []} for row in rows}
    for state in states.values():
        state["left_on"] = state["left_on"].isoformat() if state["left_on"] else None
    stays = ClassMembership.objects.filter(reader__in=reader_ids, until=None)
    for reader, *membership in stays.values_list("reader", "pk", "school_class"):
        states[reader]["membership"] = membership
    cards = Card.objects.filter(reader__in=reader_ids, status=Card.Status.VALID)
    for reader, *card in cards.values_list("reader", "pk", "barcode"):
        states[reader]["card"] = card
    led = ClassTeacher.objects.filter(reader__in=reader_ids, until=None).order_by("pk")
    for reader, pk in led.values_list("reader", "pk"):
        states[reader]["leads"].append(pk)
    return states


def keep_turn(
    *,
    kind: str,
    day: date,
    at: datetime,
    by: User | None,
    before: Mapping[int, State],
    joined: Iterable[int] = (),
    reasons: Mapping[int, str] | None = None,
    run: ImportRun | None = None,
    classes: Iterable[int] = (),
) -> Turn:
    """Keeps what the act has just changed; inside the act, after its last write.

    `before` are the states of the readers that were there, `joined` those who came new, `classes` the classes made.
    """
    turn = Turn.objects.create(kind=kind, day=day, at=at, by=by, run=run, details={"classes": sorted(classes)})
    joined = list(joined)
    after = states_of([*before, *joined])
    changed = [pk for pk in after if after[pk] != before.get(pk)]
    TurnReader.objects.bulk_create(
        [
            TurnReader(
                turn=turn, reader_id=pk, before=before.get(pk), after=after[pk], reason=(reasons or {}).get(pk, "")
            )
            for pk in changed
        ],
        batch_size=1000,
    )
    return turn


def undo_problems(turn: Turn, rows: Collection[TurnReader]) -> list[Problem]:
    """Why the act can no longer be taken back, apart from loans: later acts, later changes, what hangs on newcomers."""
    if turn.undone_at is not None:
        return [Problem("undone", _("This was taken back already."))]
    if Turn.objects.filter(
        undone_at=None, pk__gt=turn.pk, readers__reader__in=[row.reader_id for row in rows]
    ).exists():
        return [Problem("later_act", _("A later act has changed some of these readers: take that one back first."))]
    if Turn.objects.filter(undone_at=None, pk__gt=turn.pk, kind=Turn.Kind.ROSTER).exists():
        return [Problem("later_roster", _("Another roster was imported since: take that one back first."))]
    now = states_of([row.reader_id for row in rows if row.reader_id])
    changed = [row for row in rows if row.reader_id not in now or now[row.reader_id] != row.after]
    newcomers = [row.reader_id for row in rows if row.before is None and row.reader_id]
    problems = []
    if changed:
        names = _names(row.after for row in changed)
        problems.append(Problem("changed_since", _("Changed since: %(names)s.") % {"names": names}))
    if ClassTeacher.objects.filter(until=None, school_class__class_teachers__in=_ended_lead(rows)).exists():
        problems.append(Problem("teacher_changed", _("A class has another teacher since.")))
    if used := _in_use(newcomers):
        names = _names(row.after for row in rows if row.reader_id in used)
        problems.append(Problem("used_since", _("Already used: %(names)s.") % {"names": names}))
    return problems


def _names(states: Iterable[State | None]) -> str:
    names = [state["name"] for state in states if state]
    return " ".join(names[:5]) + (" …" if len(names) > 5 else "")


def _in_use(reader_ids: Collection[int]) -> set[int]:
    """Those of the newcomers that something else points to by now, in whatever app: loans, an account, duties."""
    with_account = Reader.objects.filter(pk__in=reader_ids).exclude(account=None)
    return set(with_account.values_list("pk", flat=True)) | _pointed_at(Reader, reader_ids, but_by=_OWN)


def _pointed_at(target: type[Model], pks: Collection[int], *, but_by: Collection[type[Model]] = ()) -> set[int]:
    """Those rows that others point to; rows of the audit keep what was, and do not count."""
    found: set[int] = set()
    for relation in target._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or hasattr(relation.related_model, "pgh_tracked_model"):
            continue
        if relation.related_model in but_by:
            continue
        name, rows = relation.field.name, relation.related_model._base_manager  # type: ignore[union-attr]
        found |= set(rows.filter(**{f"{name}__in": pks}).values_list(name, flat=True))
    return found


def take_back(turn: Turn, rows: Collection[TurnReader], *, by: User | None, at: datetime) -> None:
    """Puts every reader back as `before`; removes newcomers and the classes made. Inside an act, readers locked."""
    assert connection.in_atomic_block
    known = [row for row in rows if row.before is not None]
    readers = lock_readers(row.reader_id for row in known if row.reader_id)
    _put_back_stays(known)
    _put_back_cards(known)
    ClassTeacher.objects.filter(pk__in=_ended_lead(known)).update(until=None)
    changed = [row for row in known if _columns(row.before) != _columns(row.after)]
    for row in changed:
        assert row.reader_id is not None and row.before is not None
        for column in COLUMNS:
            setattr(readers[row.reader_id], column, row.before[column])
    Reader.objects.bulk_update([readers[row.reader_id] for row in changed if row.reader_id], COLUMNS, batch_size=500)
    _remove_newcomers([row for row in rows if row.before is None])
    _remove_classes(turn.details.get("classes", ()))
    turn.undone_at, turn.undone_by = at, by
    turn.save(update_fields=["undone_at", "undone_by"])


def _pks(rows: Iterable[TurnReader], side: str, part: str) -> set[int]:
    return {state[part][0] for row in rows if (state := getattr(row, side)) and state[part]}


def _columns(state: State | None) -> list[Any]:
    return [state[column] for column in COLUMNS] if state else []


def _ended_lead(rows: Iterable[TurnReader]) -> set[int]:
    """The leads of classes that the act has ended."""
    return {pk for row in rows if row.before and row.after for pk in set(row.before["leads"]) - set(row.after["leads"])}


def _put_back_stays(rows: Collection[TurnReader]) -> None:
    before, after = _pks(rows, "before", "membership"), _pks(rows, "after", "membership")
    ClassMembership.objects.filter(pk__in=after - before).delete()
    ClassMembership.objects.filter(pk__in=before - after).update(until=None)


def _put_back_cards(rows: Collection[TurnReader]) -> None:
    before, after = _pks(rows, "before", "card"), _pks(rows, "after", "card")
    Card.objects.filter(pk__in=after - before).delete()
    Card.objects.filter(pk__in=before - after).update(status=Card.Status.VALID, ended_on=None)


def _remove_newcomers(rows: Collection[TurnReader]) -> None:
    readers = [row.reader_id for row in rows]
    TurnReader.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Card.objects.filter(reader__in=readers).delete()
    ClassMembership.objects.filter(reader__in=readers).delete()
    Reader.objects.filter(pk__in=readers).delete()


def _remove_classes(classes: Collection[int]) -> None:
    """Classes that the act made and nothing else is in."""
    SchoolClass.objects.filter(pk__in=set(classes) - _pointed_at(SchoolClass, classes)).delete()
