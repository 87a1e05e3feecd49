"""Closing a semester, and what later corrections do not change."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from catalog.models import Copy
from circulation.models import Loan
from library_site.models import Role
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from readers.models import SchoolClass
from reports.jobs import close_semesters
from reports.models import EnteredFigure, ReportOptions, Snapshot
from reports.operations.snapshots import close_due_semesters, close_semester
from reports.queries.class_table import rows_of
from reports.queries.semester_figures import shown_figures
from reports.queries.snapshots import differences, snapshot_of
from tests.factories.calendar import make_semester
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db(transaction=True)
SPRING = date(2026, 4, 8)
LATER = timezone.make_aware(datetime(2026, 8, 1, 12))
TODAY = LATER.date()


def lend(day: date = SPRING, **fields) -> Loan:
    at = timezone.make_aware(datetime.combine(day, time(12)))
    fields = {"lent_at": at, "returned_at": at + timedelta(days=3), **fields}
    return make_loan(**fields)


@pytest.fixture
def semester():
    """The spring of 2026, with one loan in a class of two."""
    make_school_year(2026)
    row = make_semester(2, 2025)
    school_class = make_class()
    lend(reader=make_reader(school_class=school_class), school_class=school_class)
    make_reader(school_class=school_class)
    return row


@pytest.fixture
def librarian(db):
    return make_user(Role.LIBRARIAN)


def close(semester, by=None, reason="", at=LATER) -> Snapshot:
    return close_semester(semester_id=semester.pk, reason=reason, by=by, at=at, reference=current_reference())


def shown(semester, code: str = "books_per_student"):
    return shown_figures(semester, reference=current_reference(), today=TODAY)[code]


def different(semester) -> dict[str, tuple]:
    found = differences(semester, reference=current_reference(), today=TODAY)
    return {row.spec.code: (row.kept and row.kept.value, row.now and row.now.value) for row in found}


def test_closed_semester_shows_what_was_kept_and_a_recount_the_difference(semester, librarian):
    assert (shown(semester).value, shown(semester).is_closed) == (Decimal("0.50"), False)
    before = shown_figures(semester, reference=current_reference(), today=TODAY)
    snapshot = close(semester, librarian)
    after = shown_figures(semester, reference=current_reference(), today=TODAY)
    assert {code: row.value for code, row in after.items()} == {code: row.value for code, row in before.items()}
    assert different(semester) == {}

    Loan.objects.update(voided_at=LATER)
    lend(reader=make_reader(category="teacher"))
    assert (shown(semester).value, shown(semester).is_closed) == (Decimal("0.50"), True)
    found = different(semester)
    assert found["books_per_student"] == (Decimal("0.50"), Decimal("0.00"))
    assert found["teacher_loans"] == (0, 1)
    assert "students" not in found
    assert (snapshot.taken_by, snapshot.reason) == (librarian, "")


def test_class_table_is_kept_under_the_names_of_its_time(semester):
    snapshot = close(semester)
    SchoolClass.objects.update(number=7)
    rows = rows_of(snapshot_of(semester).tables["classes"])
    assert snapshot == snapshot_of(semester)
    assert [(row.name, row.loans, row.students) for row in rows if row.kind == "class"] == [("二(1)班", 1, 2)]


def test_closing_again_needs_a_reason_and_keeps_the_older(semester, librarian):
    first = close(semester, librarian)
    with pytest.raises(Refused) as refused:
        close(semester, librarian)
    assert [problem.code for problem in refused.value.problems] == ["reason_missing"]
    lend(reader=make_reader(category="teacher"))
    second = close(semester, librarian, "漏登了教师借阅")
    assert list(Snapshot.objects.order_by("pk")) == [first, second]
    assert shown(semester, "teacher_loans").value == 1
    assert first.figures["teacher_loans"]["value"] == "0"


def test_running_semester_cannot_be_closed(semester, librarian):
    last_evening = timezone.make_aware(datetime.combine(semester.ends_on, time(20)))
    with pytest.raises(Refused) as refused:
        close(semester, librarian, at=last_evening)
    assert [problem.code for problem in refused.value.problems] == ["semester_running"]
    assert close(semester, librarian, at=last_evening + timedelta(days=1)).pk


def test_snapshot_is_never_changed(semester):
    close(semester)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Snapshot.objects.update(figures={})


def test_formula_changed_later_leaves_the_closed_semester_its_own(semester):
    close(semester)
    ReportOptions.objects.create(pk=1, circulation_rate="borrowers")
    row = shown(semester, "circulation_rate")
    assert (row.variant, row.value, row.percent) == ("copies", Decimal("100.00"), True)
    assert different(semester) == {}


def test_book_withdrawn_or_repriced_later_changes_no_recount(semester):
    close(semester)
    Copy.objects.update(state="withdrawn", price=Decimal("99.00"))
    assert different(semester) == {}


def test_entered_figure_stands_in_place_of_the_counted_one(semester):
    EnteredFigure.objects.create(semester=semester, figure="books_per_student", value=Decimal("3.20"), note="手工统计")
    row = shown(semester)
    assert (row.value, row.figure.value, row.entered.note) == (Decimal("3.20"), Decimal("0.50"), "手工统计")


def test_semester_before_the_first_loan_knows_no_loans_but_may_have_an_entered_figure(semester):
    autumn = make_semester(1, 2025)
    EnteredFigure.objects.create(semester=autumn, figure="books_per_student", value=Decimal("2.75"), note="纸质台账")
    assert shown(autumn).value == Decimal("2.75")
    assert shown(autumn).figure is shown(autumn, "student_loans").value is shown(autumn, "visits").value is None


def test_worker_closes_what_has_been_over_for_long_enough_once(semester):
    reference = current_reference()
    early = timezone.make_aware(datetime.combine(semester.ends_on + timedelta(days=14), time(9)))
    assert close_due_semesters(at=early, reference=reference) == []
    closed = close_due_semesters(at=early + timedelta(days=1), reference=reference)
    assert [(row.semester_id, row.taken_by) for row in closed] == [(semester.pk, None)]
    assert close_due_semesters(at=early + timedelta(days=2), reference=reference) == []


def test_worker_leaves_semesters_on_paper_open(semester):
    Loan.objects.update(lent_at=LATER, returned_at=LATER)
    assert close_due_semesters(at=LATER, reference=current_reference()) == []


def test_closing_is_looked_for_every_day(semester, time_machine):
    time_machine.move_to(LATER)
    close_semesters(int(LATER.timestamp()))
    assert snapshot_of(semester) is not None
    assert ("reports.close_semesters", "") in close_semesters.blueprint.periodic_registry.periodic_tasks
