"""The demo's goals, what it still has on paper, and its closed semesters."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.models import EnteredFigure, Goal
from reports.operations.snapshots import close_semester
from reports.queries.settings import report_options
from reports.queries.snapshots import due_for_closing

# (figure, formula, period, from grade, to grade, goal, note)
GOALS = (
    ("books_per_student", "", "semester", None, None, "8", "学校图书馆工作计划"),
    ("books_per_student", "", "year", None, None, "16", "学校图书馆工作计划"),
    ("books_per_student", "", "semester", 3, 6, "10", "语文组课外阅读要求"),
    ("borrowing_rate", "", "semester", None, None, "100", "人人进馆借书"),
    ("borrowing_rate", "", "week", None, None, "90", "每周一次图书馆课"),
    ("circulation_rate", "copies", "semester", None, None, "80", "照搬上级要求，待商定"),
    ("card_coverage", "", "semester", None, None, "100", ""),
    ("additions_per_student", "", "year", None, None, "1", "规程要求"),
)
PAPER, REGISTER = "纸质借阅登记本", "阅览室纸质登记簿"
# Of the semester before the first loan in the system.
ON_PAPER = {
    "books_per_student": "7.85",
    "borrowing_rate": "86.46",
    "student_loans": "3768",
    "borrowers": "415",
    "visits": "8920",
}


def write_goals(today: date, *, by: int) -> None:
    """Goals from the year before on, and figures of semesters that were counted on paper."""
    semesters = list(Semester.objects.filter(ends_on__lt=today).order_by("starts_on").select_related("school_year"))
    if not semesters:
        return
    first_year = semesters[0].school_year.start_year
    Goal.objects.bulk_create(
        Goal(
            figure=figure, variant=variant, per=per, stage="primary" if first else "", from_position=first,
            to_position=last, target=Decimal(target), from_year=first_year, note=note,
        )
        for figure, variant, per, first, last, target, note in GOALS
    )  # fmt: skip
    _enter(semesters[-1], {"visits": "9764"}, REGISTER, by)
    if len(semesters) > 1:
        _enter(semesters[-2], ON_PAPER, PAPER, by)


def close_semesters(today: date) -> None:
    """Closes the semesters that are long over, each on the day on which the job would have done it."""
    reference = current_reference()
    after = report_options(reference).snapshot_after_days
    for semester in due_for_closing(reference, today=today, after_days=after):
        day = semester.ends_on + timedelta(days=after + 1)
        at = timezone.make_aware(datetime.combine(day, time(2)))
        close_semester(semester_id=semester.pk, reason="", by=None, at=at, reference=reference)


def _enter(semester: Semester, figures: dict[str, str], note: str, by: int) -> None:
    EnteredFigure.objects.bulk_create(
        EnteredFigure(semester=semester, figure=code, value=Decimal(value), note=note, by_id=by)
        for code, value in figures.items()
    )
