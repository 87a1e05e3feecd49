"""Visits, teachers' periods and missed periods as tables to keep."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circulation.queries.missed_periods import ClassPeriods
from circulation.queries.timetable import DuePeriod
from circulation.queries.visits import ClassVisits, DayVisits, TeacherVisits, VisitFigures, VisitLine
from library_site.shared.spreadsheets import Column, Table

WEEK = gettext_lazy("A week")


def periods_table(lines: Sequence[VisitLine]) -> Table[VisitLine]:
    """The register of teachers' periods."""
    columns: list[Column[VisitLine]] = [
        Column(gettext_lazy("Date"), lambda row: timezone.localdate(row.visit.at), 12),
        Column(gettext_lazy("Time"), lambda row: f"{timezone.localtime(row.visit.at):%H:%M}", 8),
        Column(gettext_lazy("Class"), lambda row: row.class_name, 12),
        Column(gettext_lazy("Teacher"), lambda row: row.name, 14),
        Column(gettext_lazy("school subject"), lambda row: row.visit.subject, 14),
        Column(gettext_lazy("what was read"), lambda row: row.visit.what, 40),
        Column(gettext_lazy("people"), lambda row: row.visit.heads, 8),
        Column(gettext_lazy("room"), _room, 16),
    ]
    return Table(_("Reading periods"), columns, lines, act="export.visits")


def _room(row: VisitLine) -> str:
    if row.visit.is_electronic:
        return _("Electronic reading room")
    return row.visit.room.name if row.visit.room else ""


def day_table(figures: VisitFigures) -> Table[DayVisits]:
    """People by day."""
    columns: list[Column[DayVisits]] = [
        Column(gettext_lazy("Date"), lambda row: row.day, 12),
        Column(gettext_lazy("By card"), lambda row: row.card, 10),
        Column(gettext_lazy("With the class"), lambda row: row.with_class, 12),
        Column(gettext_lazy("Total"), lambda row: row.total, 10),
        Column(gettext_lazy("Electronic reading room"), lambda row: row.electronic, 14),
    ]
    return Table(_("Visits by day"), columns, figures.days)


def class_table(figures: VisitFigures) -> Table[ClassVisits]:
    """People by class."""
    columns: list[Column[ClassVisits]] = [
        Column(gettext_lazy("Class"), lambda row: row.name, 12),
        Column(gettext_lazy("Students"), lambda row: row.students, 10),
        Column(gettext_lazy("By card"), lambda row: row.card, 10),
        Column(gettext_lazy("With the class"), lambda row: row.with_class, 12),
        Column(gettext_lazy("Times as a class"), lambda row: row.times, 12),
        Column(gettext_lazy("Total"), lambda row: row.people, 10),
        Column(gettext_lazy("Of each student a week"), lambda row: row.per_week, 14),
        Column(gettext_lazy("Electronic reading room"), lambda row: row.electronic, 14),
    ]
    return Table(_("Visits by class"), columns, figures.classes)


def teacher_table(figures: VisitFigures) -> Table[TeacherVisits]:
    """Periods by teacher."""
    columns: list[Column[TeacherVisits]] = [
        Column(gettext_lazy("Teacher"), lambda row: row.name, 14),
        Column(gettext_lazy("Periods"), lambda row: row.periods, 10),
        Column(WEEK, lambda row: row.per_week, 10),
        Column(gettext_lazy("people"), lambda row: row.people, 10),
    ]
    return Table(_("Periods by teacher"), columns, figures.teachers, act="export.visits")


def missed_table(rows: Sequence[ClassPeriods]) -> Table[tuple[ClassPeriods, DuePeriod]]:
    """Missed periods, one a line."""
    columns: list[Column[tuple[ClassPeriods, DuePeriod]]] = [
        Column(gettext_lazy("Class"), lambda row: row[0].name, 12),
        Column(gettext_lazy("Date"), lambda row: row[1].day, 12),
        Column(gettext_lazy("Time"), lambda row: f"{row[1].period.starts:%H:%M}–{row[1].period.ends:%H:%M}", 14),
        Column(gettext_lazy("purpose"), lambda row: row[1].period.get_purpose_display(), 10),
    ]
    return Table(_("Missed periods"), columns, ((row, one) for row in rows for one in row.missed))
