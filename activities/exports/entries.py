"""Works and results of an activity as tables to keep."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, Entry, Result
from library_site.shared.spreadsheets import Column, Table


def works_table(activity: Activity, rows: QuerySet[Entry], names: Mapping[int, str]) -> Table[Entry]:
    """The works with their writers."""
    columns: list[Column[Entry]] = [
        Column(gettext_lazy("Number"), lambda row: row.number, 8),
        Column(gettext_lazy("Class"), lambda row: names.get(row.school_class_id or 0, ""), 12),
        Column(gettext_lazy("Name"), lambda row: row.whose, 14),
        Column(gettext_lazy("title of the work"), lambda row: row.name, 30),
        Column(gettext_lazy("guided by"), lambda row: row.teacher, 14),
        Column(gettext_lazy("handed in"), _day, 12),
        Column(gettext_lazy("state"), lambda row: row.get_state_display(), 12),
        Column(gettext_lazy("reason"), lambda row: row.reason, 30),
    ]
    return Table(_("Works of %(activity)s") % {"activity": activity.name}, columns, rows, act="export.works")


def results_table(activity: Activity, rows: QuerySet[Result], names: Mapping[int, str]) -> Table[Result]:
    """Who got which prize, with names in full."""
    columns: list[Column[Result]] = [
        Column(gettext_lazy("prize"), lambda row: row.prize.name, 14),
        Column(gettext_lazy("Class"), lambda row: names.get(row.school_class_id or 0, ""), 12),
        Column(gettext_lazy("Name"), lambda row: row.whose, 14),
        Column(gettext_lazy("title of the work"), lambda row: row.entry.name if row.entry else "", 30),
        Column(gettext_lazy("guided by"), lambda row: row.entry.teacher if row.entry else "", 14),
        Column(gettext_lazy("mean score"), lambda row: row.mean, 10),
        Column(gettext_lazy("reason"), lambda row: row.reason, 30),
    ]
    return Table(_("Results of %(activity)s") % {"activity": activity.name}, columns, rows, act="export.results")


def _day(row: Entry) -> date | None:
    return timezone.localdate(row.handed_in_at) if row.handed_in_at else None
