"""The request as our middleware leaves it, for type annotations of views behind the login."""

from django.http import HttpRequest

from library_site.access import Scope
from library_site.models import User
from library_site.shared.reference import Reference


class SchoolRequest(HttpRequest):
    """A request with the school's reference data at hand and a logged-in account."""

    reference: Reference
    user: User
    scope: Scope | None  # how far this person's right to this page reaches; None where its row names no roles
