"""Who changes what: the outermost block of an operation on master data, which says whose act it is."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.db import transaction

from library_site.models import User


@contextmanager
def act(name: str, *, by: User | None, address: str | None = None) -> Iterator[None]:
    """One transaction, its changes recorded under `by`.

    `name` is the operation's name, `address` the client's, `by=None` means the system itself (jobs, first start).
    """
    with pghistory.context(act=name, user=by.pk if by else None, address=address), transaction.atomic(durable=True):
        yield


@contextmanager
def attributed(name: str, *, by: User | None) -> Iterator[None]:
    """As `act`, inside a larger operation that holds the transaction and tracks its own events (the desk)."""
    with pghistory.context(act=name, user=by.pk if by else None):
        yield
