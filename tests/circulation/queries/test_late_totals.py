"""Late and lost books by class, and what one reader has outstanding."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from circulation.models import CirculationEvent
from circulation.queries.clearance import outstanding_of
from circulation.queries.late_totals import _TOLD, class_totals, lateness
from library_site.shared.reference import current_reference
from readers.models import Semester
from readers.queries.classes import classes_on
from tests.factories.catalog import make_title
from tests.factories.charges import make_charge
from tests.factories.circulation import make_box, make_class_loan, make_loan
from tests.factories.desk import NOON
from tests.factories.readers import make_class, make_reader
from tests.factories.reservations import make_reservation


def totals():
    classes = classes_on(current_reference(), NOON.date())
    return {row.name: row for row in class_totals(Semester.objects.get(number=1), classes, now=NOON)}


def lent(school_class, days_ago=20, **fields):
    at = NOON - timedelta(days=days_ago)
    return make_loan(school_class=school_class, lent_at=at, due_on=at.date() + timedelta(days=7), **fields)


def report(loan, kind, **fields):
    return CirculationEvent.objects.create(kind=kind, at=NOON, loan=loan, copy=loan.copy, **fields)


@pytest.mark.cases("OV-7")
def test_totals_of_late_overdue_and_lost_by_class(library):
    own = library.school_class
    lent(own, returned_at=NOON - timedelta(days=15))
    lent(own, returned_at=NOON - timedelta(days=1))
    lent(own)
    report(lent(own), "lost")
    make_class(2024, 2)

    row = totals()["三(1)班"]
    assert (row.lent, row.late, row.overdue, row.lost, row.late_rate) == (4, 1, 1, 1, Decimal("50.00"))
    assert (totals()["三(2)班"].lent, totals()["三(2)班"].late_rate) == (0, None)


def test_book_brought_on_its_due_day_in_the_evening_is_not_late(library):
    loan = lent(library.school_class)
    loan.returned_at = NOON - timedelta(days=13) + timedelta(hours=10)
    loan.save()
    assert totals()["三(1)班"].late == 0


@pytest.mark.cases("OV-7")
def test_lost_book_that_is_found_or_taken_back_counts_as_lost_no_more(library):
    found, undone = lent(library.school_class), lent(library.school_class)
    report(found, "lost")
    report(found, "found")
    report(undone, "undo", undoes=report(undone, "lost"))
    assert totals()["三(1)班"].lost == 0


def test_boxes_use_in_the_room_and_other_semesters_do_not_count(library):
    own = library.school_class
    lent(own, kind="room")
    make_class_loan(make_box(), own, lent_at=NOON - timedelta(days=20), due_on=date(2026, 10, 1))
    lent(own, days_ago=60)
    assert totals()["三(1)班"].lent == 0


@pytest.mark.cases("OV-8")
def test_outstanding_names_books_money_and_reservations(library):
    reader, clear = make_reader(), make_reader()
    make_loan(reader=reader, lent_at=NOON)
    make_charge(reader, "12.50")
    make_reservation(make_title("红岩"), reader)

    found = outstanding_of([reader.pk, clear.pk], NOON.date(), current_reference())
    assert (len(found[reader.pk].lines), found[reader.pk].owed) == (1, Decimal("12.50"))
    assert found[reader.pk].reservations == ["红岩"]
    assert (found[reader.pk].is_clear, found[clear.pk].is_clear) == (False, True)


def test_late_and_lost_loans_are_found_without_reading_the_others(library):
    """The indexes are about the same days as the question, in the school's time zone."""
    values = {"begins": NOON, "ends": NOON + timedelta(days=1), "today": NOON.date(), "classes": [1]}
    values["zone"] = timezone.get_current_timezone_name()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("DROP INDEX loan_lent_at, event_at")  # on empty tables any index will do
        cursor.execute(f"EXPLAIN {_TOLD}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "loan_late" in plan
    assert "event_lost" in plan


def slow_recount(loans, reports, today):
    """The same by hand: {class: [late, overdue, lost]}."""
    found = {}
    for loan in loans:
        if loan.voided_at or loan.kind not in ("reader", "corner"):
            continue
        counts = found.setdefault(loan.school_class_id, [0, 0, 0])
        told = reports.get(loan.pk, [])
        if told and told[-1] == "lost":
            counts[2] += 1
        elif loan.returned_at:
            counts[0] += timezone.localtime(loan.returned_at).date() > loan.due_on
        else:
            counts[1] += loan.due_on < today
    return found


@pytest.mark.parametrize("seed", range(20))
def test_lateness_of_random_loans_is_that_of_a_slow_recount(library, seed):
    pick = random.Random(seed)
    classes = [library.school_class, make_class(2024, 2)]
    loans, reports = [], {}
    for _number in range(pick.randrange(1, 25)):
        at = NOON - timedelta(days=pick.randrange(20))
        back = pick.choice([None, at + timedelta(days=pick.randrange(12), hours=pick.randrange(-11, 12))])
        ended = {"returned_at": max(back, at)} if back else {}
        if pick.random() < 0.15:
            ended = {"voided_at": at}
        kind = pick.choice(["reader", "reader", "corner", "room"])
        box = {"box": make_box()} if kind == "corner" else {}
        due_on = at.date() + timedelta(days=pick.randrange(10))
        loan = make_loan(school_class=pick.choice(classes), lent_at=at, due_on=due_on, kind=kind, **box, **ended)
        loans.append(loan)
        if not ended and pick.random() < 0.4:
            lost = report(loan, "lost")
            reports[loan.pk] = ["lost"]
            match pick.choice(["", "found", "undo"]):
                case "found":
                    report(loan, "found")
                    reports[loan.pk] = ["lost", "found"]
                case "undo":
                    report(loan, "undo", undoes=lost)
                    reports[loan.pk] = []
    semester = Semester.objects.get(number=1)
    found = lateness(semester, [row.pk for row in classes], now=NOON)
    wanted = slow_recount([row for row in loans if row.lent_at.date() >= semester.starts_on], reports, NOON.date())
    assert {pk: [row.late, row.overdue, row.lost] for pk, row in found.items()} == {
        row.pk: wanted.get(row.pk, [0, 0, 0]) for row in classes
    }
