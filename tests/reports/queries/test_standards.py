"""What a school has, beside what standards demand; and that the plan to buy meets them once the books are there."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import Copy
from circulation.models import OpeningHours
from library_site.models import School
from library_site.shared.reference import Reference, current_reference
from reports.models import EnteredFigure, Standard
from reports.operations.snapshots import close_semester
from reports.operations.standards import load_standards
from reports.queries.purchase import plan_for, what_to_buy
from reports.queries.standards import hours_a_week, measured_by, own_figures, standing
from reports.rules.standards import Known, Own
from tests.factories.calendar import make_semester
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_loan, make_opening_hours
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_school
from tests.factories.standards import make_standard

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOON = datetime.fromisoformat("2026-11-20T12:00:00+08:00")


def fresh() -> Reference:
    return current_reference()


def lines(semester=None, today=TODAY):
    [comparison] = standing(semester or make_semester(), reference=fresh(), today=today)
    return {(line.measure.code, line.subject): line for line in comparison.lines}


def make_students(number, **school_class):
    for _number in range(number):
        make_reader(school_class=make_class(**school_class))


def make_copies(number, letter="", *, title=None, **fields):
    title = title or make_title(main_class=letter, clc_number=f"{letter}1" if letter else "")
    for _number in range(number):
        make_copy(title=title, **{"acquired_on": date(2026, 9, 10), **fields})
    return title


def test_measured_by_what_was_chosen_else_by_what_fits():
    make_school(stages=["primary", "junior"])
    load_standards()
    assert [row.code for row in measured_by(fresh())] == ["cn2018-nine-year"]
    own = make_standard(("copies_held", "", "least", "1"))
    assert measured_by(fresh()) == [own]


def test_figures_stand_beside_the_demands():
    make_school()
    make_standard(
        ("holdings_per_student", "", "least", "3"),
        ("additions_per_student", "", "least", "1"),
        ("share", "I", "least", "50"),
        ("copies_of_title", "", "most", "3"),
        ("copies_held", "", "least", "6"),
    )
    make_students(3)
    make_copies(4, "I")
    make_copies(1, "Q", acquired_on=date(2025, 9, 10))
    make_copies(1, "")
    make_copies(1, "I", state="withdrawn")
    found = lines()
    assert {key: (line.own, line.gap) for key, line in found.items()} == {
        ("holdings_per_student", ""): (2, 3),
        ("copies_held", ""): (6, 0),
        ("additions_per_student", ""): (2, 0),  # what came and went this year came
        ("share", "I"): (80, 0),
        ("copies_of_title", ""): (4, 1),
    }


def test_volumes_of_a_set_are_no_copies_of_each_other():
    make_school()
    make_standard(("copies_of_title", "", "most", "2"))
    title = make_title()
    for volume in "上中下":
        make_copies(2, title=title, volume=volume)
    assert lines()["copies_of_title", ""].own == 2


@pytest.mark.parametrize(
    ("number", "audience", "counts"),
    [
        ("Z228.1", "all", True), ("H163", "student", True), ("H316", "all", True), ("I207-61", "all", True),
        ("G623.2", "teacher", True), ("G623.2", "student", False), ("I287.45", "all", False), ("H31", "all", False),
        ("K81", "teacher", False), ("", "all", False),
    ],
)  # fmt: skip
def test_reference_titles_are_known_by_their_numbers(number, audience, counts):
    make_school()
    make_standard(("reference_titles", "", "least", "1"))
    make_copies(2, title=make_title(clc_number=number, audience=audience))
    make_title(clc_number="Z1")  # without a copy
    assert lines()["reference_titles", ""].own == int(counts)


def test_opening_hours_count_what_overlaps_once():
    make_school()
    for day, opens, closes in ((0, 8, 12), (0, 11, 17), (1, 9, 10), (1, 14, 15)):
        OpeningHours.objects.create(weekday=day, opens=time(opens), closes=time(closes))
    OpeningHours.objects.create(weekday=2, opens=time(8), closes=time(20), category="teacher")
    assert hours_a_week(fresh()) == 11


def test_hours_and_periodicals_of_a_past_semester_are_not_known():
    make_school()
    make_opening_hours()
    make_standard(("opening_hours", "", "least", "40"), ("periodical_titles", "", "least", "60"))
    found = lines(make_semester(1, 2025))
    assert [(line.own, line.met) for line in found.values()] == [(None, None), (None, None)]


def test_entered_figure_stands_in_place_with_its_note():
    make_school()
    make_standard(("periodical_titles", "", "least", "60"), ("reference_titles", "", "least", "5"))
    semester = make_semester()
    for code, value in (("periodical_titles", 61), ("reference_titles", 4)):
        EnteredFigure.objects.create(semester=semester, figure=code, value=value, note="清单")
    assert [(line.own, line.gap, line.entered) for line in lines(semester).values()] == [
        (4, 1, "清单"),
        (61, 0, "清单"),
    ]


def test_holdings_entered_for_the_semester_report_hold_here_too():
    make_school()
    make_standard(("holdings_per_student", "", "least", "25"))
    make_students(4)
    semester = make_semester()
    EnteredFigure.objects.create(semester=semester, figure="holdings_per_student", value=20, note="按台账")
    line = lines(semester)["holdings_per_student", ""]
    assert (line.own, line.gap, line.entered) == (20, 20, "按台账")


def test_closed_semester_keeps_its_holdings():
    make_school()
    make_standard(("holdings_per_student", "", "least", "1"), ("share", "I", "least", "50"))
    make_students(2)
    make_copies(3, "I", acquired_on=date(2025, 10, 1))
    semester = make_semester(1, 2025)
    close_semester(semester_id=semester.pk, reason="", by=None, at=NOON, reference=fresh())
    Copy.objects.all().delete()
    found = lines(semester)
    assert found["holdings_per_student", ""].sum_text == "3 ÷ 2"
    assert found["share", "I"].sum_text == "3 ÷ 3"


def test_students_of_each_stage_have_their_own_demand():
    make_school(stages=["primary", "junior"])
    make_standard(("holdings_per_student", "primary", "least", "2"), ("holdings_per_student", "junior", "least", "4"))
    make_students(2)
    make_students(1, stage="junior", entry_year=2026)
    make_copies(5, "I")
    [line] = lines().values()
    assert (line.gap, line.value) == (3, Decimal("2.67"))


def test_plan_says_what_to_buy_and_about_what_it_costs():
    make_school()
    make_standard(("holdings_per_student", "", "least", "5"), ("share", "Q", "least", "25"))
    make_students(4)
    copies = make_copies(4, "I", price=Decimal("20.00")).copies.all()
    make_copies(2, "Q", price=Decimal("30.00"))
    make_loan(copy=copies[0], lent_at=NOON)
    plan = what_to_buy(make_semester(), reference=fresh(), today=TODAY)
    bought = {row.letter: (row.bought, row.cost) for row in plan.rows if row.bought}
    assert bought == {"I": (11, 220), "Q": (3, 90)}
    assert (plan.needed, plan.bought, plan.all_after, plan.cost) == (14, 14, 20, 310)


def test_plan_without_any_price_has_no_cost():
    make_school()
    make_standard(("copies_held", "", "least", "5"))
    make_copies(1, "I")
    plan = what_to_buy(make_semester(), reference=fresh(), today=TODAY)
    assert (plan.bought, plan.cost) == (4, None)


def test_books_that_were_bought_by_the_plan_meet_the_national_standard():
    """Not by the plan's own word: the books are entered, and the library is measured anew."""
    make_school()
    load_standards()
    make_students(12)
    for letter, number in {"A": 3, "B": 9, "G": 40, "I": 90, "Q": 20, "Z": 6}.items():
        make_copies(number, letter, acquired_on=date(2024, 9, 10))
    semester = make_semester()
    plan = what_to_buy(semester, reference=fresh(), today=TODAY)
    assert not any(line.met for line in lines(semester).values() if line.measure.code == "holdings_per_student")

    room = make_location()
    reference = plan.reference_titles
    for row in plan.rows:
        of_class = [f"{row.letter}1-61" if number < reference else f"{row.letter}1" for number in range(row.bought)]
        reference = max(0, reference - row.bought)
        for number in of_class:
            make_copy(title=make_title(main_class=row.letter, clc_number=number), location=room, acquired_on=TODAY)

    after = {key: line.met for key, line in lines(semester).items()}
    assert after.pop(("opening_hours", "")) is None
    assert after.pop(("periodical_titles", "")) is None
    assert after
    assert set(after.values()) == {True}


COPIES = st.dictionaries(st.sampled_from("ABGIJKNQTZ"), st.integers(0, 3000), min_size=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(classes=COPIES, unclassified=st.integers(0, 50), students=st.integers(1, 900), fresh_copies=st.integers(0, 90))
def test_plan_meets_the_national_and_a_local_standard_for_any_school(classes, unclassified, students, fresh_copies):
    make_both_standards()
    copies = Decimal(sum(classes.values()) + unclassified)
    known = {
        "holdings_per_student": Known(copies, students),
        "additions_per_student": Known(Decimal(fresh_copies), students),
        "copies_held": Known(copies),
        "reference_titles": Known(Decimal(7)),
    }
    own = Own(known=known, classes={**classes, "": unclassified}, sets={}, students={"primary": students})
    plan = plan_for(own, {"I": 9, "Q": 3}, {}, fresh(), Decimal(0))
    assert plan.rows is not None
    for comparison in plan.after:
        for line in comparison.lines:
            assert line.met or line.own is None, (line.measure.code, line.subject)
    assert all(row.bought >= 0 for row in plan.rows)


def make_both_standards():
    if not School.objects.exists():
        make_school()
        load_standards()
        Standard.objects.filter(code="cn2018-primary").update(applies=True)
        make_standard(("share", "I+J", "most", "60"), ("copies_held", "", "least", "500"), name="本省")


def test_own_figures_take_as_many_statements_for_many_copies_as_for_one():
    make_school()
    make_students(2)
    semester = make_semester()

    def count():
        with CaptureQueriesContext(connection) as captured:
            own_figures(semester, reference=fresh(), today=TODAY)
        return len(captured)

    make_copies(1, "I")
    count()
    once = count()
    make_copies(2, "Q")
    make_copies(2, "Z", location=make_location("阅览室"))
    count()
    assert count() == once
