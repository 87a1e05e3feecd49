"""Accounts: opened, changed, closed, and given a new code on paper. Each act leaves the old row in the audit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from library_site import first_login
from library_site.audit import act
from library_site.models import Role, User
from library_site.shared.problems import Refused
from readers.models import Reader
from readers.queries.accounts import PupilAccount, pupils_of_class
from readers.rules.accounts import (
    HAS_ACCOUNT,
    NAME_TAKEN,
    NO_NUMBER,
    NOT_YOURS,
    change_problems,
    may_manage,
    role_of,
    roles_managed_by,
)


@dataclass(frozen=True)
class Issued:
    """An account and its code, which is nowhere else to be read: it is kept as a hash only."""

    user: User
    code: str
    class_name: str = ""


def open_account(
    *,
    username: str,
    name: str,
    roles: Collection[str],
    reader_id: int | None,
    by: User,
    at: datetime,
    address: str | None = None,
) -> Issued:
    """Opens an account with a first-login code, tied to a reader if one is named.

    Refuses (`Refused`) a name that is taken, a reader who has an account, and roles that `by` may not give.
    """
    with act("open_account", by=by, address=address):
        problems = [] if set(roles) <= set(roles_managed_by(by)) else [NOT_YOURS]
        reader = _lock_reader(reader_id) if reader_id is not None else None
        if reader is not None and reader.account_id is not None:
            problems.append(HAS_ACCOUNT)
        if User.objects.filter(username=username).exists():
            problems.append(NAME_TAKEN)
        if problems:
            raise Refused(problems)
        return _open(username, name, roles, reader, at)


def open_account_of_reader(*, reader_id: int, by: User, at: datetime, address: str | None = None) -> Issued:
    """Opens the account of a pupil or teacher under the school number, else the card's; refuses as `open_account`."""
    with act("open_account", by=by, address=address):
        reader = _lock_reader(reader_id)
        roles = [role_of(reader)]
        username = _number_of(reader)
        if not set(roles) <= set(roles_managed_by(by)):
            raise Refused([NOT_YOURS])
        if reader.account_id is not None:
            raise Refused([HAS_ACCOUNT])
        if not username:
            raise Refused([NO_NUMBER])
        if User.objects.filter(username=username).exists():
            raise Refused([NAME_TAKEN])
        return _open(username, reader.name, roles, reader, at)


def change_account(
    *,
    account_id: int,
    name: str,
    roles: Sequence[str],
    is_active: bool,
    by: User,
    at: datetime,
    address: str | None = None,
) -> User:
    """Changes name, roles and state; a closed account is logged out everywhere at once.

    Refuses (`Refused`) what `change_problems` names: above all closing the last administrator.
    """
    with act("change_account", by=by, address=address):
        administrators = _lock_administrators()
        account = User.objects.select_for_update(no_key=True).get(pk=account_id)
        others = len(administrators - {account.pk})
        problems = change_problems(account, roles=roles, is_active=is_active, by=by, other_administrators=others)
        if problems:
            raise Refused(problems)
        account.name, account.roles, account.is_active = name, list(roles), is_active
        account.save(update_fields=["name", "roles", "is_active"])
        return account


def reset_account(*, account_id: int, by: User, at: datetime, address: str | None = None) -> Issued:
    """Replaces the password by a new code; every session of the account ends. Refuses another's staff (`Refused`)."""
    with act("reset_account", by=by, address=address):
        account = User.objects.select_for_update(no_key=True).get(pk=account_id)
        if not may_manage(by, account):
            raise Refused([NOT_YOURS])
        return _give_code(account, at)


def issue_class_codes(
    *, class_id: int, day: date, by: User, at: datetime, address: str | None = None
) -> tuple[list[Issued], list[PupilAccount]]:
    """Codes for the pupils of a class who have no password of their own yet; accounts are opened where missing.

    Returns what was issued, and the pupils for whom it could not be (no number, or a number that is another's
    account). Earlier codes of the class end. Who has chosen a password keeps it and is in neither list.
    """
    with act("issue_class_codes", by=by, address=address):
        pupils = pupils_of_class(class_id, day)
        waiting = [pupil for pupil in pupils if not pupil.has_password]
        taken = set(User.objects.filter(username__in=[p.username for p in waiting]).values_list("username", flat=True))
        issued, left = [], []
        for pupil in waiting:
            if pupil.account is not None:
                issued.append(_give_code(pupil.account, at))
            elif pupil.username and pupil.username not in taken:
                taken.add(pupil.username)
                issued.append(_open(pupil.username, pupil.reader.name, [Role.STUDENT], pupil.reader, at))
            else:
                left.append(pupil)
        return issued, left


def _open(username: str, name: str, roles: Collection[str], reader: Reader | None, at: datetime) -> Issued:
    issued = _give_code(User(username=username, name=name, roles=list(roles)), at)
    if reader is not None:
        reader.account = issued.user
        reader.save(update_fields=["account"])
    return issued


def _give_code(account: User, at: datetime) -> Issued:
    code = first_login.new_code()
    account.password, account.code_until = first_login.hashed(code), first_login.holds_until(at)
    account.save()
    return Issued(account, first_login.shown(code))


def _lock_reader(reader_id: int) -> Reader:
    assert connection.in_atomic_block
    return Reader.objects.select_for_update(of=("self",), no_key=True).get(pk=reader_id)


def _lock_administrators() -> set[int]:
    """The administrators who can log in, locked in one order: two of them cannot close each other at once."""
    rows = User.objects.filter(is_active=True, roles__contains=[Role.ADMINISTRATOR]).order_by("pk")
    return set(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _number_of(reader: Reader) -> str:
    card = reader.cards.filter(status="valid").first()
    return (reader.number or (card.barcode if card else "")).strip().lower()
