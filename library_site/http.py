"""The request as our middleware leaves it, for type annotations of views behind the login."""

from django.http import HttpRequest

from library_site.models import User
from library_site.shared.reference import Reference


class SchoolRequest(HttpRequest):
    """A request with the school's reference data at hand and a logged-in account."""

    reference: Reference
    user: User
