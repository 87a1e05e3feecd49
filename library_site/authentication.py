"""Login: accounts by name, no matter the case, or by school number or card; and how long a password must be."""

import unicodedata
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from library_site.models import Role, User


def account_name(text: str) -> str:
    """The name of the account that a login means: its own, else that of the reader with this school number or card.

    A text that means nobody comes back as it would be looked up. At most three statements.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    spelt = {typed, typed.lower(), typed.upper()}
    accounts = User.objects.values_list("username", flat=True)
    meant = (
        accounts.filter(username=typed.lower()),
        accounts.filter(reader__number__in=spelt),
        accounts.filter(reader__cards__barcode__in=spelt, reader__cards__status="valid"),
    )
    found = (set(rows[:2]) for rows in meant if typed)
    return next((names.pop() for names in found if len(names) == 1), typed.lower())


class AccountBackend(ModelBackend):
    """Django's password check over our accounts; rights are not its business (see `library_site.access`)."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        meant = account_name(username) if username else username
        return super().authenticate(request, username=meant, password=password, **kwargs)


def attempted_account(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account that a login is counted for, so that neither a spelling nor another number gives further tries."""
    source = credentials if credentials is not None else request.POST
    return account_name(str(source.get("username") or ""))


# Accounts of children, which the librarian looks after; all others are the administrator's.
PUPIL_ROLES = frozenset({Role.STUDENT, Role.HELPER, Role.CLASS_KEEPER})
DESK_SECONDS, STAFF_SECONDS, UNTIL_CLOSED = 180 * 24 * 3600, 14 * 24 * 3600, 0


def session_seconds(user: User) -> int:
    """How long a login lasts without anything done; 0 means until the browser is closed.

    The desk's own account (a helper who is no person) lasts a semester: pupils share that computer and name
    themselves by their cards. Pupils' own accounts end with the browser, since the next pupil sits down there.
    """
    if not PUPIL_ROLES.issuperset(user.roles):
        return STAFF_SECONDS
    is_desk = user.has_role(Role.HELPER) and not hasattr(user, "reader")
    return DESK_SECONDS if is_desk else UNTIL_CLOSED


class LengthByRole:
    """At least 10 characters, for pupils 8: what a child can remember and a shared computer still withstands."""

    STAFF, PUPILS = 10, 8

    def least(self, user: User | None) -> int:
        roles = getattr(user, "roles", None) or []
        return self.PUPILS if roles and PUPIL_ROLES.issuperset(roles) else self.STAFF

    def validate(self, password: str, user: User | None = None) -> None:
        least = self.least(user)
        if len(password) < least:
            message = _("The password needs at least %(count)d characters.")
            raise ValidationError(message, code="password_too_short", params={"count": least})

    def get_help_text(self) -> str:
        return str(_("At least 10 characters, for pupils 8."))
