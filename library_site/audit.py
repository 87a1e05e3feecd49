"""Who changed what: old rows of master data kept by triggers, tied to the act that changed them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import pghistory
from django.db import models, transaction

from library_site.triggers import append_only

if TYPE_CHECKING:
    from library_site.models import User

ModelClass = TypeVar("ModelClass", bound=type[models.Model])


def tracked(*, exclude: Sequence[str] = ()) -> Callable[[ModelClass], ModelClass]:
    """Class decorator: every update and delete of the model leaves its old row in `<Model>Event`, append-only."""
    return pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old),
        pghistory.DeleteEvent(row=pghistory.Old),
        exclude=list(exclude),
        meta={"triggers": [append_only()]},
    )


@contextmanager
def act(name: str, *, by: "User | None", address: str | None = None) -> Iterator[None]:
    """The outermost block of an operation on master data: one transaction, its changes recorded under `by`.

    `name` is the operation's name, `address` the client's, `by=None` means the system itself (jobs, first start).
    """
    with pghistory.context(act=name, user=by.pk if by else None, address=address), transaction.atomic(durable=True):
        yield


@contextmanager
def attributed(name: str, *, by: "User | None") -> Iterator[None]:
    """As `act`, inside a larger operation that holds the transaction and tracks its own events (the desk)."""
    with pghistory.context(act=name, user=by.pk if by else None):
        yield
