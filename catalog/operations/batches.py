"""Batches (批次): named, corrected, and deleted while nothing came in them."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from catalog.models import Batch
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated

COLUMNS = ("name", "received_on", "supplier", "note")
NAME_TAKEN = Problem("name_taken", _("Another batch has this name."), field="name")
NOT_EMPTY = Problem(
    "batch_not_empty", _("This batch has copies."), _("Move them to another batch first, or keep it under a new name.")
)


def save_batch(
    *, batch_id: int | None = None, values: Mapping[str, Any], by: User | None, address: str | None = None
) -> Batch:
    """Enters a batch, or corrects the one named. Refused for a name that another batch has."""
    try:
        with act("save_batch", by=by, address=address):
            batch = Batch.objects.select_for_update().get(pk=batch_id) if batch_id else Batch()
            for column in COLUMNS:
                setattr(batch, column, values[column])
            batch.save()
            return batch
    except IntegrityError as error:
        if violated(error) != "batch_name_unique":
            raise
        raise Refused([NAME_TAKEN]) from error


def delete_batch(*, batch_id: int, by: User | None, address: str | None = None) -> None:
    """Deletes a batch in which nothing came. Refused while copies, or anything else, name it."""
    with act("delete_batch", by=by, address=address):
        try:
            Batch.objects.get(pk=batch_id).delete()
        except ProtectedError as error:
            raise Refused([NOT_EMPTY]) from error
