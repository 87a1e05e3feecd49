"""Care of the rooms: how often what was done, and the lines of the register."""

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from reports.models import RoomCare
from reports.queries.parts.frame import Frame, bounded
from reports.rules.numbers import written
from reports.rules.papers import Block, Grid, Sentence


def care_in_short(frame: Frame) -> list[Block]:
    """How often each kind of care was done, and when last."""
    rows = RoomCare.objects.filter(on__range=frame.days).values_list("kind").order_by()
    found = {kind: (times, last) for kind, times, last in rows.annotate(times=Count("pk"), last=Max("on"))}
    if not found:
        return []
    times = sum(number for number, _last in found.values())
    words = _("Care of the rooms was entered %(count)s times.") % {"count": written(times, whole=True)}
    lines = [[kind.label, *found[kind.value]] for kind in RoomCare.Kind if kind.value in found]
    return [Sentence(words), Grid([_("Kind"), _("Times"), _("Last on")], lines, _("Care of the rooms"), (3, 2, 2))]


def care_register(frame: Frame) -> list[Block]:
    """The register's lines in the order of time."""
    rows = RoomCare.objects.filter(on__range=frame.days).select_related("room").order_by("on", "pk")
    found, more = bounded(rows)
    if not found:
        return []
    head = [_("Date"), _("Kind"), _("Room"), _("By whom"), _("What was found")]
    lines = [
        [row.on, row.get_kind_display(), row.room.name if row.room else _("All rooms"), row.done_by, row.found]
        for row in found
    ]
    return [Grid(head, lines, _("Register of room care"), (3, 2, 3, 2, 5)), *more]
