"""A whole September: everybody moves up, a grade leaves, another comes, two classes are divided anew.

What was counted of past semesters is the same before and after, to the last figure.
"""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from circulation.models import BorrowerKey, Loan
from circulation.operations.leaving import leave, undo_turn
from circulation.queries.leaving import leavers_of, leaving_grades
from library_site.models import Role
from library_site.shared.reference import current_reference
from readers.models import ClassMembership, Reader, Turn
from readers.operations.move_class import move_class
from readers.operations.school_years import save_school_year
from readers.queries.classes import classes_on, semesters
from readers.rules.school_years import usual_dates
from reports.queries.class_table import class_table
from reports.queries.facts import facts_of
from reports.queries.figures import FIGURES
from reports.rules.figures import Period
from tests.factories.catalog import make_copy
from tests.factories.readers import make_class, make_school_year
from tests.factories.sheets import counts, import_sheet, write_sheet
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
GRADES, CLASSES, PUPILS = 6, 2, 40
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
SUMMER, SEPTEMBER, NOVEMBER = (date(2027, 7, 12), date(2027, 9, 6), date(2027, 11, 20))


def moment(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def fill_school():
    """480 pupils in 12 classes, without school numbers; some names occur twice, though not within one grade."""
    rng = random.Random(2026)
    names = [a + b + c for a in SURNAMES for b in GIVEN for c in "一二三四"]
    for entry_year in range(2021, 2021 + GRADES):
        rows = rng.sample(names, CLASSES * PUPILS)
        pupils = Reader.objects.bulk_create(Reader(category="student", name=name) for name in rows)
        ClassMembership.objects.bulk_create(
            ClassMembership(
                reader=pupil,
                school_class=make_class(entry_year, 1 + index % CLASSES),
                since=date(entry_year, 9, 1),
            )
            for index, pupil in enumerate(pupils)
        )


def lend_for_a_year(year):
    """Two semesters of loans; a few of them are still out in summer, among them two of the leaving grade's."""
    rng = random.Random(7)
    copies = [make_copy() for _number in range(60)]
    stays = list(ClassMembership.objects.select_related("reader"))
    keys = BorrowerKey.objects.bulk_create(BorrowerKey(reader=stay.reader, school_year=year) for stay in stays)
    key_of = {key.reader_id: key.key for key in keys}
    days = [date(2026, 9, 7) + timedelta(days=n) for n in (0, 20, 60, 110, 170, 200, 250, 300)]
    loans = [
        loan_of(stay, rng.choice(copies), moment(rng.choice(days)), key_of[stay.reader_id])
        for stay in rng.choices(stays, k=900)
    ]
    last = [stay for stay in stays if stay.school_class.entry_year == 2021][:2]
    loans += [loan_of(stay, make_copy(), moment(days[-1]), key_of[stay.reader_id], back=False) for stay in last]
    Loan.objects.bulk_create(loans)


def loan_of(stay, copy, lent_at, key, *, back=True):
    return Loan(
        copy=copy, reader=stay.reader, borrower_key=key, category="student", school_class=stay.school_class,
        lent_at=lent_at, due_on=lent_at.date() + timedelta(days=14), loan_days=14, max_renewals=1,
        returned_at=lent_at + timedelta(days=9) if back else None,
    )  # fmt: skip


@pytest.fixture
def school(db, tmp_path, time_machine):
    time_machine.move_to(moment(SUMMER))
    make_school()
    year = make_school_year(2026)
    fill_school()
    lend_for_a_year(year)
    return make_user(Role.LIBRARIAN)


def past_figures():
    """Everything that is reported of the two past semesters: facts, figures, class table."""
    reference, found = current_reference(), []
    for semester in semesters(reference)[:2]:
        facts = facts_of(
            Period.of(semester.starts_on, semester.ends_on, today=SUMMER), reference=reference, today=SUMMER
        )
        table = class_table(facts, classes_on(reference, semester.starts_on))
        found.append((facts, table, [figure(facts) for figure in FIGURES.values()]))
    return found


def next_roster():
    """Class and name alone: everybody one grade up, the fourth grade shuffled over its two classes, 80 newcomers."""
    rng = random.Random(9)
    rows = []
    stays = ClassMembership.objects.filter(until=None, school_class__entry_year__gt=2021).select_related(
        "reader", "school_class"
    )
    for stay in stays.order_by("pk"):
        entry_year, number = stay.school_class.entry_year, stay.school_class.number
        if entry_year == 2024:
            number = rng.randint(1, CLASSES)
        rows.append([f"{'一二三四五六'[2027 - entry_year]}({number})班", stay.reader.name])
    return rows + [[f"一({1 + n % CLASSES})班", f"新{GIVEN[n // 8]}{GIVEN[n % 8]}"] for n in range(80)]


def let_the_last_grade_go(librarian):
    (grade,) = leaving_grades(current_reference(), SUMMER)
    pupils = leavers_of([row.pk for row in grade.classes], SUMMER, current_reference())
    everybody = [pupil.reader.pk for rows in pupils.values() for pupil in rows]
    return leave(kind=Turn.Kind.GRADUATION, leaving=everybody, day=date(2027, 7, 11), by=librarian, at=moment(SUMMER))


def names_by_class(day):
    return {row.pk: row.name for row in classes_on(current_reference(), day)}


def test_september_changes_nothing_of_the_past(school, tmp_path, time_machine):
    before = past_figures()
    assert [facts.students for facts, _table, _figures in before] == [480, 480]
    assert sum(facts.student_loans for facts, _table, _figures in before) == 902

    graduation = let_the_last_grade_go(school)
    assert (graduation.readers.count(), Reader.objects.filter(status="left").count()) == (78, 78)
    assert past_figures() == before

    rows_of_memberships = ClassMembership.objects.count()
    save_school_year(start_year=2027, dates=usual_dates(2027), new_classes={"primary": CLASSES}, by=school)
    old, new = names_by_class(SUMMER), names_by_class(SEPTEMBER)
    up = dict(zip("一二三四五", "二三四五六", strict=True))
    assert all(new[pk] == up[name[0]] + name[1:] for pk, name in old.items() if name[0] != "六")
    assert ClassMembership.objects.count() == rows_of_memberships, "nobody is promoted by hand"

    time_machine.move_to(moment(SEPTEMBER))
    path = write_sheet(tmp_path, ["班级", "姓名"], *next_roster())
    run = import_sheet("roster", path, by=school, give_cards=True)
    assert (counts(run)["new"], counts(run).get("bad", 0), run.counts["redivided"]) == (80, 0, ["四(1)班", "四(2)班"])
    assert Reader.objects.filter(status="left").count() == 78, "nobody leaves unasked"
    assert past_figures() == before

    for pupil in Reader.objects.filter(name__startswith="新").order_by("pk")[:3]:
        stay = ClassMembership.objects.get(reader=pupil, until=None)
        other = make_class(2027, 3 - stay.school_class.number)
        move_class(reader_id=pupil.pk, class_id=other.pk, since=NOVEMBER, today=NOVEMBER, by=school)
    assert past_figures() == before
    assert Reader.objects.filter(status="active").count() == 482


def test_import_and_undo_leave_everything_as_it_was(school, tmp_path, time_machine):
    let_the_last_grade_go(school)
    save_school_year(start_year=2027, dates=usual_dates(2027), new_classes={"primary": CLASSES}, by=school)
    time_machine.move_to(moment(SEPTEMBER))
    path = write_sheet(tmp_path, ["班级", "姓名"], *next_roster())
    before = past_figures(), everything()

    run = import_sheet("roster", path, by=school, give_cards=True)
    assert everything() != before[1]
    undo_turn(turn_id=Turn.objects.get(run=run).pk, by=school, at=moment(SEPTEMBER, 13))
    assert (past_figures(), everything()) == before

    again = import_sheet("roster", path, by=school, give_cards=True)
    assert counts(again) == counts(run)
    assert past_figures() == before[0]


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Reader, ClassMembership, Loan)]
