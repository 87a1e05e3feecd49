"""Saying at the top of the next page why something was not done."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm

from library_site.http import SchoolRequest
from library_site.shared.problems import Refused


def done_or_told(request: SchoolRequest, act: Callable[[], object]) -> bool:
    """Runs an act; where it is refused, its problems become messages. Returns whether it was done."""
    try:
        act()
    except Refused as refusal:
        for problem in refusal.problems:
            messages.error(request, " ".join(str(part) for part in (problem.message, problem.way_out) if part))
        return False
    return True


def tell_errors(request: SchoolRequest, form: BaseForm) -> None:
    """The errors of a small form that has no page of its own."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))


def address_of(request: SchoolRequest) -> str | None:
    """Where the request came from, for the audit."""
    return request.META.get("REMOTE_ADDR")
