"""Who registered for an activity, as a table to keep."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy

from activities.models import Activity
from activities.queries.registration import Line
from library_site.shared.spreadsheets import Column, Table


def registered_table(activity: Activity, lines: Sequence[Line]) -> Table[Line]:
    """One line per person, class or group."""
    columns: list[Column[Line]] = [
        Column(gettext_lazy("Class"), lambda row: row.class_name, 12),
        Column(gettext_lazy("school number"), lambda row: row.number, 14),
        Column(gettext_lazy("Name"), lambda row: row.name, 16),
        Column(gettext_lazy("people"), lambda row: row.people, 8),
        Column(gettext_lazy("registered"), lambda row: timezone.localdate(row.at), 12),
    ]
    return Table(activity.name, columns, lines, act="export.registrations")
