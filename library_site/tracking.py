"""Keeping what master data was: which models leave their rows behind, and how those are kept.

A module of its own, so that models may use it and `library_site.audit` may know the accounts.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pghistory
from django.db import models

from library_site.triggers import append_only, never_emptied

ModelClass = TypeVar("ModelClass", bound=type[models.Model])


def tracked(*, exclude: Sequence[str] = (), inserts: bool = True) -> Callable[[ModelClass], ModelClass]:
    """Class decorator: every change of the model leaves a row in `<Model>Event`, append-only.

    An update or a delete leaves the old row, an insert the new one. Without `inserts` the making of rows leaves
    nothing: for the catalogue, which comes by the ten thousand and whose imports are on record themselves.
    """

    def decorate(model: ModelClass) -> ModelClass:
        events = [pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent(row=pghistory.Old)]
        if inserts:
            events.append(pghistory.InsertEvent())
        by_time = models.Index(fields=["pgh_created_at", "pgh_id"], name=f"{model.__name__.lower()}_event_time")
        meta = {"triggers": [append_only(), never_emptied()], "indexes": [by_time]}
        return pghistory.track(*events, exclude=list(exclude), meta=meta)(model)

    return decorate
