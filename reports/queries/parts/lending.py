"""Lending and visits: figures, the weeks, the classes, what came late or was lost, missed periods, the months."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from circulation.queries.visits import visit_figures
from library_site.shared.charts import Chart, Series
from readers.models import Semester
from reports.queries.class_table import CLASS, GRADE, OTHER, TOTAL, ClassRow
from reports.queries.parts.frame import Frame
from reports.queries.trends import TrendRow, by_week
from reports.queries.worklog import work_of
from reports.rules.figures import Period, monday_of
from reports.rules.numbers import written
from reports.rules.papers import Block, Cell, Grid, Picture, Sentence, joined
from reports.rules.worklog import Work, by_month, total_of

BY_CLASS = "lent-by-class"
LENDING = (
    "all_loans",
    "student_loans",
    "teacher_loans",
    "books_per_student",
    "circulation_rate",
    "utilisation",
    "borrowing_rate",
    "weekly_borrowing_rate",
    "loans_per_student_month",
    "card_coverage",
    "visits",
    "visits_per_student",
)


def weeks(this: Period, before: Period | None) -> list[Block]:
    """The loans of each week beside those of the semester before, as a chart; a week of the term is one place.

    The week that still runs is left out, as on the dashboard: beside whole weeks it would look like a fall.
    """
    rows = [row for row in by_week(this) if not this.running or row.first != monday_of(this.until)]
    earlier = by_week(before) if before else []
    if not any(row.all_loans for row in rows):
        return []
    names = [str(number) for number in range(1, max(len(rows), len(earlier)) + 1)]
    series = [Series(_("This semester"), _loans(rows, len(names)))]
    if any(row.all_loans for row in earlier):
        series.append(Series(_("Last semester"), _loans(earlier, len(names))))
    title = _("Loans by week of the semester")
    return [Picture(Chart("weeks", "line", title, names, series, heading=_("Week")))]


def _loans(rows: Sequence[TrendRow], length: int) -> list[int | None]:
    found = [row.all_loans for row in rows]
    return found + [None] * (length - len(found))


def months(frame: Frame) -> list[Block]:
    """The work of each month, as the work log adds it up."""
    rows = by_month(work_of(frame.period, reference=frame.reference), frame.period.months())
    if all(row.work.is_nothing for row in rows):
        return []
    head = [_("Month"), _("Lent"), _("Returned"), _("Renewed"), _("Lent in a class's name"), _("Used in the room")]
    head += [_("Visits"), _("New copies"), _("Books mended"), _("Cash (yuan)"), _("Room care")]
    lines = [_work(date_format(row.first, "YEAR_MONTH_FORMAT"), row.work) for row in rows]
    lines.append(_work(_("Total"), total_of(row.work for row in rows)))
    return [Grid(head, lines, _("Work log by month"), (4, *[2] * (len(head) - 1)), total=True)]


def _work(name: str, work: Work) -> list[Cell]:
    counted = (work.lent, work.returned, work.renewed, work.class_lent, work.in_room, work.visits)
    return [name, *counted, work.new_copies, work.mended, work.cash, work.care]


def class_grid(rows: Sequence[ClassRow], *, in_full: bool) -> list[Block]:
    """The class table as schools publish it; `in_full` with what stands beside the loans."""
    shown = [row for row in rows if row.kind in (CLASS, GRADE, OTHER, TOTAL)]
    if not any(row.loans for row in shown):
        return []
    head = [_("Class"), _("Books lent"), pgettext("number", "Readers"), _("Books per reader")]
    head += [_("Students who borrowed"), _("Borrowing rate")]
    lines = [_class_line(row) for row in shown]
    if in_full:
        head += [_("Late"), _("Lost"), _("Missed periods")]
        lines = [[*line, row.late, row.lost, _missed(row)] for line, row in zip(lines, shown, strict=True)]
    caption = _("Loans by class")
    return [
        Grid(head, lines, caption, (3, *[2] * (len(head) - 1)), total=True, right=frozenset({5, 8}), ident=BY_CLASS)
    ]


def _class_line(row: ClassRow) -> list[Cell]:
    rate = written(row.rate, unit="%") if row.rate is not None else None
    return [name_of(row), row.loans, row.students, row.per_student, row.borrowers, rate]


def name_of(row: ClassRow) -> str:
    """What the row is called in the first column."""
    if row.kind == CLASS:
        return row.name
    if row.kind == GRADE:
        return _("Grade %(grade)s in all") % {"grade": row.grade}
    return _("No class of that year") if row.kind == OTHER else _("Total")


def _missed(row: ClassRow) -> str | None:
    return f"{row.missed}/{row.due}" if row.due else None


def class_chart(rows: Sequence[ClassRow]) -> list[Block]:
    """Books per student of each class."""
    classes = [row for row in rows if row.kind == CLASS]
    if not any(row.loans for row in classes):
        return []
    values = [row.per_student for row in classes]
    title, names = _("Books per student by class"), [row.name for row in classes]
    return [
        Picture(Chart("classes", "bar", title, names, [Series(_("Books per student"), values)], heading=_("Class")))
    ]


def visits(semester: Semester, frame: Frame) -> list[Block]:
    """Visits of a semester by class, and teachers' periods as a number."""
    found = visit_figures(semester, frame.reference, frame.today)
    if not found.people and not found.electronic:
        return []
    words = _("%(people)s people came to the reading rooms, %(electronic)s to the electronic one.") % {
        "people": written(found.people, whole=True),
        "electronic": written(found.electronic, whole=True),
    }
    if found.periods:
        periods = {"count": written(found.periods, whole=True)}
        words = joined(words, _("Teachers held %(count)s periods there.") % periods)
    head = [_("Class"), _("Students"), _("By card"), _("With the class"), _("Total")]
    lines: list[list[Cell]] = [
        [row.name, row.students, row.card, row.with_class, row.people] for row in found.classes if row.people
    ]
    if found.others:
        lines.append([_("Teachers and others"), "", "", "", found.others])
    lines.append([_("Total"), found.students, "", "", found.people])
    return [Sentence(words), Grid(head, lines, _("Visits by class"), (3, 2, 2, 2, 2), total=True)]


def teachers_periods(semester: Semester, frame: Frame) -> list[Block]:
    """How many periods teachers held in the library with their classes."""
    found = visit_figures(semester, frame.reference, frame.today)
    if not found.periods:
        return []
    words = _("Teachers held %(count)s periods in the library with their classes, for %(people)s people in all.")
    people = sum(row.people for row in found.teachers)
    return [Sentence(words % {"count": written(found.periods, whole=True), "people": written(people, whole=True)})]
