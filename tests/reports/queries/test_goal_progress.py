from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.db.models import F
from django.utils import timezone

from circulation.models import Loan
from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.models import Goal
from reports.queries.semester_report import semester_report
from tests.factories.circulation import make_loan, make_opening_hours
from tests.factories.readers import make_class, make_reader, make_school_year

pytestmark = pytest.mark.django_db
TODAY = date(2027, 7, 20)


@pytest.fixture
def spring() -> Semester:
    """Two classes of two pupils each: in the autumn one book, in March and in May one book each by 三(1)班."""
    make_school_year(2026)
    third, fourth = make_class(2024), make_class(2023)
    readers = [make_reader(school_class=third), make_reader(school_class=third)]
    for _number in range(2):
        make_reader(school_class=fourth)
    for day, reader in ((date(2026, 10, 12), 0), (date(2027, 3, 8), 0), (date(2027, 5, 10), 1)):
        at = timezone.make_aware(datetime.combine(day, time(12)))
        make_loan(reader=readers[reader], school_class=third, lent_at=at, returned_at=at)
    return Semester.objects.select_related("school_year").get(starts_on=date(2027, 2, 10))


def goal(figure: str, target: str, per: str = "semester", **fields: object) -> None:
    Goal.objects.create(figure=figure, target=target, per=per, from_year=2026, **fields)


def reached(semester: Semester, figure: str, *, today: date = TODAY) -> list[tuple[Decimal | None, bool | None]]:
    report = semester_report(semester, reference=current_reference(), today=today)
    return [(beside.value, beside.is_reached) for beside in report.cards[figure].goals]


def test_goal_of_the_semester_is_measured_by_the_figure_itself(spring):
    goal("books_per_student", "0.5")
    assert reached(spring, "books_per_student") == [(Decimal("0.50"), True)]


def test_goal_of_the_year_counts_both_semesters(spring):
    goal("books_per_student", "1", per="year")
    assert reached(spring, "books_per_student") == [(Decimal("0.75"), False)]


def test_year_whose_first_semester_is_on_paper_is_not_known_by_its_half(spring):
    Loan.objects.filter(lent_at__year=2026).update(voided_at=F("lent_at"))
    goal("books_per_student", "1", per="year")
    assert reached(spring, "books_per_student") == [(None, None)]


def test_goal_of_the_year_is_not_missed_while_the_second_semester_is_to_come(spring):
    goal("books_per_student", "1", per="year")
    autumn = Semester.objects.select_related("school_year").get(starts_on=date(2026, 9, 1))
    report = semester_report(autumn, reference=current_reference(), today=TODAY)
    (beside,) = report.cards["books_per_student"].goals
    assert (beside.value, beside.is_reached, beside.is_running) == (Decimal("0.25"), False, True)


def test_goal_for_grades_is_measured_by_their_pupils(spring):
    third = {"stage": "primary", "from_position": 3, "to_position": 3}
    goal("borrowing_rate", "100", **third)
    goal("borrowing_rate", "100")
    assert reached(spring, "borrowing_rate") == [(Decimal("50.00"), False), (Decimal("100.00"), True)]


def test_goal_of_a_month_is_the_mean_of_months_with_open_days(spring):
    make_opening_hours()
    goal("borrowing_rate", "10", per="month")
    goal("student_loans", "1", per="month")
    # Six months: February to July.
    assert reached(spring, "borrowing_rate") == [(Decimal("8.33"), False)]
    assert reached(spring, "student_loans") == [(Decimal("0.33"), False)]


def test_goal_of_a_week_is_the_mean_of_the_weeks_that_are_over(spring):
    """What was lent in the week that still runs would be shared out among the weeks before it."""
    make_opening_hours()
    goal("student_loans", "1", per="week")
    third = {"stage": "primary", "from_position": 3, "to_position": 3}
    goal("student_loans", "1", per="week", **third)
    # On Monday 8 March, the day of the first loan, four weeks are over (the first began in the middle); a week later,
    # five are. The day before the second week there is none.
    monday = date(2027, 3, 8)
    assert reached(spring, "student_loans", today=monday) == [(Decimal("0.00"), False)] * 2
    assert reached(spring, "student_loans", today=date(2027, 3, 15)) == [(Decimal("0.20"), False)] * 2
    assert reached(spring, "student_loans", today=date(2027, 2, 12)) == [(None, None)] * 2


def test_goal_of_a_week_in_a_semester_that_is_over_counts_its_last_week(spring):
    make_opening_hours()
    goal("student_loans", "1", per="week")
    weeks = (date(2027, 7, 10) - date(2027, 2, 8)).days // 7 + 1
    assert reached(spring, "student_loans") == [((Decimal(2) / weeks).quantize(Decimal("0.01")), False)]


def test_goal_of_another_formula_is_measured_by_its_own(spring):
    goal("circulation_rate", "1", variant="borrowers")
    goal("circulation_rate", "50", variant="copies_lent")
    assert reached(spring, "circulation_rate") == [(Decimal("1.00"), True), (Decimal("66.67"), True)]


def test_distinct_copies_of_a_month_are_not_guessed(spring):
    make_opening_hours()
    goal("circulation_rate", "50", variant="copies_lent", per="month")
    assert reached(spring, "circulation_rate") == [(None, None)]


def test_semester_before_the_first_loan_reaches_nothing_known():
    make_school_year(2026)
    goal("books_per_student", "1")
    goal("borrowing_rate", "1", per="week")
    semester = Semester.objects.select_related("school_year").get(starts_on=date(2027, 2, 10))
    assert reached(semester, "books_per_student") == [(None, None)]
    assert reached(semester, "borrowing_rate") == [(None, None)]
