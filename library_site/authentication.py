"""Login: accounts by name, no matter the case; and how long a password must be."""

import unicodedata
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from library_site.models import Role, User


class AccountBackend(ModelBackend):
    """Django's password check over our accounts; rights are not its business (see `library_site.access`)."""


def attempted_account(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account that a login is counted for; spelt as it is looked up, so that no spelling gives further tries."""
    source = credentials if credentials is not None else request.POST
    return unicodedata.normalize("NFKC", str(source.get("username") or "")).strip().lower()


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
