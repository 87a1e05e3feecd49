"""What the school sets for activities: its kinds and its options."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityKind, ActivityOptions
from activities.rules.given_kinds import GIVEN
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated

SAME_NAME = Problem("kind_same_name", _("There is a kind of this name."), field="name")
SHAPE_IN_USE = Problem(
    "kind_shape_in_use",
    _("There are activities of this kind: its shape stays."),
    _("Make another kind."),
    field="shape",
)


def load_kinds() -> int:
    """Gives a school without any kinds the usual ones; returns how many. Kinds of its own are left alone."""
    with transaction.atomic():
        if ActivityKind.objects.exists():
            return 0
        rows = [ActivityKind(name=name, shape=shape, position=n) for n, (name, shape) in enumerate(GIVEN, start=1)]
        return len(ActivityKind.objects.bulk_create(rows))


def save_kind(
    *, kind_id: int | None = None, name: str, shape: str, is_retired: bool, by: User | None,
    address: str | None = None,
) -> ActivityKind:  # fmt: skip
    """Enters a kind at the end, or changes one.

    Refused (`Refused`) for a name that another has, and for another shape where activities have this kind.
    """
    try:
        with act("save_activity_kind", by=by, address=address):
            kind = ActivityKind.objects.select_for_update().get(pk=kind_id) if kind_id else _last_kind()
            if kind.pk and kind.shape != shape and Activity.objects.filter(kind=kind).exists():
                raise Refused([SHAPE_IN_USE])
            kind.name, kind.shape, kind.is_retired = name, shape, is_retired
            kind.save()
            return kind
    except IntegrityError as error:
        if violated(error) != "activity_kind_unique":
            raise
        raise Refused([SAME_NAME]) from error


def _last_kind() -> ActivityKind:
    last = ActivityKind.objects.order_by("-position").first()
    return ActivityKind(position=last.position + 1 if last else 1)


def move_kind_up(*, kind_id: int, by: User | None, address: str | None = None) -> None:
    """The kind changes places with the one before it; the first stays where it is."""
    with act("move_activity_kind", by=by, address=address):
        rows = list(ActivityKind.objects.select_for_update().order_by("position", "pk"))
        place = next(n for n, row in enumerate(rows) if row.pk == kind_id)
        if place:
            rows[place - 1], rows[place] = rows[place], rows[place - 1]
        for position, row in enumerate(rows, start=1):
            row.position = position
        ActivityKind.objects.bulk_update(rows, ["position"])


def change_activity_options(*, values: Mapping[str, Any], by: User | None, address: str | None = None) -> None:
    """Writes the named options into the one row, which is made at the first change."""
    with act("change_activity_options", by=by, address=address):
        options = ActivityOptions.objects.select_for_update().first() or ActivityOptions(pk=1)
        for name, value in values.items():
            setattr(options, name, value)
        options.save()
