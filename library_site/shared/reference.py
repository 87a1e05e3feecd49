"""What changes rarely (options, classes, policies, calendar), read once per process and kept until it changes.

A request asks for the settings token once (one statement); what was loaded under the same token is reused.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

Value = TypeVar("Value")


class Reference:
    """The settings as of one token. `get(load)` returns `load()`, remembered per function.

    What was loaded is kept only if the token still holds: inside a transaction that has itself written settings the
    values are its own, and would outlive its rollback.
    """

    def __init__(self, token: UUID | None) -> None:
        self.token = token
        self._values: dict[Callable[[], Any], Any] = {}

    def get(self, load: Callable[[], Value]) -> Value:
        if self.token is None:  # nothing is set yet, so nothing would tell us of a change
            return load()
        if load in self._values:
            return self._values[load]
        value = load()
        if _token() == self.token:
            self._values[load] = value
        return value


_lock = threading.Lock()
_current = Reference(None)


def current_reference() -> Reference:
    """Returns the process's reference, emptied if any settings table has changed since. One statement."""
    global _current
    token = _token()
    with _lock:
        if token is None or _current.token != token:
            _current = Reference(token)
        return _current


def _token() -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM library_site_settingstoken")
        row = cursor.fetchone()
    return row[0] if row else None
