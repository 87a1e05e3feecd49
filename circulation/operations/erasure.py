"""Forgetting one person: what is counted stays, who it was goes."""

from datetime import date, datetime

from axes.models import AccessAttempt
from django.db import connection

from circulation.models import (
    BorrowerKey,
    ChargeEntry,
    CirculationEvent,
    Loan,
    OwnBook,
    ReaderBlock,
    Receipt,
    Reservation,
    RetentionRun,
    Suspension,
    Visit,
)
from circulation.models.loans import OPEN
from circulation.models.reservations import ACTIVE
from circulation.operations.desk import local_day, lock_reader
from circulation.operations.forgetting import forget_elsewhere
from circulation.queries.unsettled import unsettled_charges
from circulation.rules.retention import BLANKED, ERASED_NAME, erased_username, erasure_problems
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import Card, Reader

# What a row of a history table is emptied by: {table of the tracked model: the condition}.
_OWN_HISTORY = {"readers.Reader": "pgh_obj_id = %(reader)s", "library_site.User": "pgh_obj_id = %(account)s"}
# Overrides are kept as codes; older rows have objects with a reason each.
WITHOUT_REASONS = """
    (CASE WHEN jsonb_typeof(details->'overrides') = 'array'
          THEN jsonb_set(details, '{overrides}', coalesce(
               (SELECT jsonb_agg(CASE jsonb_typeof(said) WHEN 'object' THEN said - 'reason' ELSE said END)
                  FROM jsonb_array_elements(details->'overrides') AS said), '[]'))
          ELSE details END) - '{reason,note}'::text[]
"""


def open_door() -> None:
    """Lets this transaction blank append-only rows; it closes with the transaction."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('library.retention', 'on', true)")


def why_not(reader: Reader) -> list[Problem]:
    """What stands against erasing this person. Three statements, or four with an account."""
    return erasure_problems(
        reader,
        out=Loan.objects.filter(OPEN, reader=reader).count(),
        unsettled=unsettled_charges().filter(reader=reader).exists(),
        waits=Reservation.objects.filter(reader=reader, state__in=ACTIVE).exists(),
    )


def erase_reader(*, reader_id: int, by: User | None, at: datetime, address: str | None = None) -> RetentionRun:
    """Takes name, number, pinyin and note from the reader, the account and all history, and cuts every loan loose.

    Memberships, loans, events and card numbers stay, so every figure stays what it was. Refused (`Refused`) while
    something is out, owed or reserved and while the person is still at the school. There is no way back.
    """
    with act("erase_reader", by=by, address=address):
        open_door()
        reader = lock_reader(reader_id)
        if problems := why_not(reader):
            raise Refused(problems)
        counts = forget(reader, on=local_day(at))
        return RetentionRun.objects.create(
            kind=RetentionRun.Kind.ERASURE, reader=reader, by=by, at=at, counts={**counts, "readers": 1}
        )


def forget(reader: Reader, *, on: date) -> dict[str, int]:
    """The writes of an erasure, inside the act that opened the door; returns what was changed."""
    assert connection.in_atomic_block
    names = [text for text in (reader.name, reader.number) if text]
    account_id = reader.account_id
    loans = _cut_loans(reader)
    _cut_around(reader)
    forget_elsewhere(reader)
    _clear_cards(reader, on=on)
    _clear_reader(reader, on=on)
    _clear_account(account_id)
    history = _clear_history(reader.pk, account_id)
    _clear_sheets(reader.pk, names)
    return {"loans": loans, "history": history}


def _cut_loans(reader: Reader) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE circulation_circulationevent SET reader_id = NULL, code = '', details = {WITHOUT_REASONS}"  # noqa: S608
            " WHERE loan_id IN (SELECT id FROM circulation_loan WHERE reader_id = %s)",
            [reader.pk],
        )
    CirculationEvent.objects.filter(reader=reader).update(reader=None)
    number = Loan.objects.filter(reader=reader).update(reader=None)
    BorrowerKey.objects.filter(reader=reader).delete()
    return number


def _cut_around(reader: Reader) -> None:
    """What stands around the loans: sums, days and heads stay, the person and what was said of them goes."""
    Reservation.objects.filter(reader=reader).update(reader=None, reason="")
    Suspension.objects.filter(reader=reader).update(reader=None, reason="")
    ReaderBlock.objects.filter(reader=reader).update(reader=None, reason="")
    ChargeEntry.objects.filter(charge__reader=reader).exclude(reason="").update(reason="")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE circulation_charge SET reader_id = NULL, details = details - '{reason,note,card}'::text[]"
            " WHERE reader_id = %s",
            [reader.pk],
        )
    Receipt.objects.filter(reader=reader).update(reader=None)
    OwnBook.objects.filter(owner=reader).update(owner=None, note="")
    Visit.objects.filter(reader=reader).update(reader=None)
    Visit.objects.filter(teacher=reader).update(teacher=None)


def _clear_cards(reader: Reader, *, on: date) -> None:
    """Numbers stay, dead for ever: a found card must still be answered."""
    Card.objects.filter(reader=reader, status=Card.Status.VALID).update(status=Card.Status.RETURNED, ended_on=on)


def _clear_reader(reader: Reader, *, on: date) -> None:
    reader.name, reader.number, reader.pinyin, reader.initials, reader.note = ERASED_NAME, "", "", "", ""
    reader.left_on = reader.left_on or on
    reader.save()


def _clear_account(account_id: int | None) -> None:
    account = User.objects.filter(pk=account_id).first() if account_id else None
    if account is None:
        return
    _clear_login(account)
    account.username, account.name, account.roles = erased_username(account), ERASED_NAME, []
    account.is_active, account.last_login = False, None
    account.set_unusable_password()
    account.save()


def _clear_login(account: User) -> None:
    AccessAttempt.objects.filter(username=account.username).delete()


def _clear_history(reader_id: int, account_id: int | None) -> int:
    """Also what this very act has just left behind."""
    number = 0
    for label, condition in _OWN_HISTORY.items():
        number += blank_history(label, condition, {"reader": reader_id, "account": account_id})
    return number


def blank_history(label: str, condition: str, values: dict[str, int | None]) -> int:
    """Empties the personal columns of a model's history where the condition holds; returns how many rows."""
    columns = BLANKED[label]
    emptied = ", ".join(f"{column} = ''" for column in columns)
    filled = " OR ".join(f"{column} <> ''" for column in columns)
    table = f"{label.replace('.', '_').lower()}event"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {emptied} WHERE ({condition}) AND ({filled})", values)  # noqa: S608
        return cursor.rowcount


def _clear_sheets(reader_id: int, names: list[str]) -> None:
    """Rows of old sheets and of undone year's turns that still spell the person out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE readers_turnreader SET before = NULL, after = NULL, reason = '' WHERE reader_id = %s", [reader_id]
        )
        cursor.execute(
            "DELETE FROM library_site_importrow AS r USING library_site_importrun AS run"
            " WHERE run.id = r.run_id AND run.kind = 'roster' AND run.state IN ('applied', 'failed')"
            " AND jsonb_exists_any(r.cells, %s::text[])",
            [names],
        )
