"""Counts of notes as tables to keep."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.queries.note_counts import ClassCount, PupilCount, TeacherCount
from library_site.shared.spreadsheets import Column, Table


def class_table(class_name: str, rows: Sequence[PupilCount]) -> Table[PupilCount]:
    """The pupils of a class; names pupils."""
    columns: list[Column[PupilCount]] = [
        Column(gettext_lazy("School number"), lambda row: row.reader.number, 18),
        Column(gettext_lazy("Name"), lambda row: row.reader.name, 16),
        Column(gettext_lazy("Notes"), lambda row: row.notes, 10),
        Column(gettext_lazy("Still owed"), lambda row: row.missing, 10),
        Column(gettext_lazy("Last one"), lambda row: row.last_on, 12),
    ]
    return Table(_("Reading notes %(class)s") % {"class": class_name}, columns, rows, act="export.notes")


def counts_table(rows: Sequence[ClassCount], mondays: Sequence[date]) -> Table[ClassCount]:
    """The classes by week; counts only."""
    columns: list[Column[ClassCount]] = [
        Column(gettext_lazy("Class"), lambda row: row.school_class.name, 12),
        Column(gettext_lazy("Pupils"), lambda row: row.pupils, 8),
        Column(gettext_lazy("Notes"), lambda row: row.notes, 8),
        Column(gettext_lazy("Per pupil"), lambda row: row.per_pupil, 10),
        Column(gettext_lazy("Asked for, each"), lambda row: row.asked, 10),
        Column(gettext_lazy("Reached, in per cent"), lambda row: row.reached, 10),
        *(_week(place, monday) for place, monday in enumerate(mondays)),
    ]
    return Table(_("Reading notes by class"), columns, rows)


def teachers_table(rows: Sequence[TeacherCount]) -> Table[TeacherCount]:
    """Teachers' own notes; names them."""
    columns: list[Column[TeacherCount]] = [
        Column(gettext_lazy("Name"), lambda row: row.reader.name, 16),
        Column(gettext_lazy("Notes"), lambda row: row.notes, 10),
        Column(gettext_lazy("Still owed"), lambda row: row.missing, 10),
        Column(gettext_lazy("Last one"), lambda row: row.last_on, 12),
    ]
    return Table(_("Teachers' reading notes"), columns, rows, act="export.notes")


def _week(place: int, monday: date) -> Column[ClassCount]:
    return Column(f"{monday:%m-%d}", lambda row: row.weeks[place], 8)
