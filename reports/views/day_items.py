"""What of the work plan and of room care waits, as lines of the librarian's day."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circulation.views.day_items import Item
from library_site.http import SchoolRequest
from reports.queries.care import reminded
from reports.queries.plans import due_items


def month_items(request: SchoolRequest, today: date) -> list[Item]:
    """Items of the plan that are due, and room care that nobody has entered this month. At most two statements."""
    semester, number = due_items(request.reference, today)
    lines: list[Item] = []
    if semester is not None and number:
        url = reverse("plans:plan", args=[semester.pk])
        lines.append(Item("plan", _due(number), "info", "list-check", url))
    if kinds := reminded(request.reference, today):
        text = _("Room care not entered this month: %(kinds)s") % {"kinds": _listed(kinds)}
        lines.append(Item("care", text, "quiet", "shield-check", reverse("care:register")))
    return lines


def _due(number: int) -> str:
    words = ngettext(
        "%(count)d item of the work plan is due this month.", "%(count)d items of the work plan are due this month.",
        number,
    )  # fmt: skip
    return words % {"count": number}


def _listed(kinds: Any) -> str:
    return _(", ").join(str(kind.label) for kind in kinds)
