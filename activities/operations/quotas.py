"""The amounts of reading that a school asks for."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from activities.models import ReadingQuota
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated

COLUMNS = ("category", "stage", "from_position", "to_position", "books", "notes", "from_year")
TAKEN = Problem("quota_taken", _("There is an amount for these grades from that year on."), field="first")
EMPTY = Problem("quota_empty", _("Say how many books or how many notes."), field="books")
GONE = Problem("no_such_quota", _("This amount is there no longer."))


def save_quota(
    *, quota_id: int | None, values: Mapping[str, Any], by: User, address: str | None = None
) -> ReadingQuota:  # fmt: skip
    """Sets an amount (`COLUMNS`), or corrects one. Refused (`Refused`) for the same grades and year twice."""
    if values["books"] is None and values["notes"] is None:
        raise Refused([EMPTY])
    try:
        with act("save_reading_quota", by=by, address=address):
            row = ReadingQuota.objects.filter(pk=quota_id).first() if quota_id else ReadingQuota()
            if row is None:
                raise Refused([GONE])
            for name in COLUMNS:
                setattr(row, name, values[name])
            row.save()
            return row
    except IntegrityError as error:
        if violated(error) != "reading_quota_unique":
            raise
        raise Refused([TAKEN]) from error


def remove_quota(*, quota_id: int, by: User, address: str | None = None) -> None:
    """Takes an amount away, for all semesters in which it held."""
    with act("remove_reading_quota", by=by, address=address):
        for row in ReadingQuota.objects.filter(pk=quota_id):
            row.delete()
