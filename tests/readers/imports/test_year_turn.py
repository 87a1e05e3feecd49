"""Next year's roster over last year's: by names alone, through new divisions, and back again."""

from datetime import date

import pytest

from circulation.operations.leaving import undo_turn
from library_site.imports import engine
from library_site.models import ImportRow
from library_site.shared.problems import Refused
from readers.models import Card, ClassMembership, Grade, Reader, SchoolClass, Turn
from readers.rules.naming import default_grades
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.sheets import check_sheet, counts, import_sheet, problems, stage_sheet, write_sheet
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
HEADER = ["班级", "姓名"]


@pytest.fixture
def sheet(tmp_path, time_machine):
    """August 2027, before the year that begins in September."""
    time_machine.move_to("2027-08-25T04:00:00Z")
    make_school()
    make_school_year(2026)
    make_school_year(2027)
    return lambda *rows: write_sheet(tmp_path, HEADER, *rows)


def pupil(name, number, entry_year=2024, stage="primary"):
    return make_reader(name, number="", school_class=make_class(entry_year, number, stage), since=date(2026, 9, 1))


def places(*names):
    rows = ClassMembership.objects.filter(until=None, reader__name__in=names).select_related("school_class", "reader")
    return {row.reader.name: (row.school_class.stage, row.school_class.number, str(row.since)) for row in rows}


def test_roster_of_the_next_year_finds_promoted_classes_by_their_new_names(sheet):
    pupil("张三", 1), pupil("李四", 2)

    assert counts(import_sheet("roster", sheet(["四(1)班", "张三"], ["四(2)班", "李四"]))) == {"same": 2}
    assert Turn.objects.count() == 0


def test_classes_divided_anew_are_found_by_name_within_the_grade(sheet):
    for name in "甲乙丙丁":
        pupil(name * 2, 1)
    pupil("戊戊", 2)
    pupil("乙乙", 1, entry_year=2022)  # of another grade: does not confuse
    run = import_sheet(
        "roster",
        sheet(["四(1)班", "甲甲"], ["四(2)班", "乙乙"], ["四(2)班", "丙丙"], ["四(1)班", "丁丁"], ["四(2)班", "戊戊"]),
    )

    assert counts(run) == {"changed": 2, "same": 3}
    assert (run.counts["redivided"], run.counts["moves"]) == (["四(1)班"], [["四(1)班", "四(2)班", 2]])
    assert places("丙丙") == {"丙丙": ("primary", 2, "2027-09-01")}


def test_pupils_of_one_name_are_left_for_a_choice(sheet):
    first, second = pupil("张伟", 1), pupil("张伟", 2)
    rows = (["四(1)班", "王五"], ["四(2)班", "王六"], ["四(3)班", "张伟"])
    run = check_sheet("roster", sheet(*rows))
    assert problems(run)[-1] == (4, "name", "several_fit")
    assert run.counts["leavers"] == []

    row = ImportRow.objects.get(run=run, number=4)
    assert [fit["pk"] for fit in row.problems[0]["params"]["candidates"]] == [first.pk, second.pk]
    run.options["choices"] = {str(row.pk): second.pk}
    run.save()
    run = engine.check(run_id=run.pk)
    assert (counts(run)["changed"], [person["pk"] for person in run.counts["leavers"]]) == (1, [first.pk])
    engine.apply(run_id=run.pk, by=None)
    assert ClassMembership.objects.get(reader=second, until=None).school_class.number == 3
    assert ClassMembership.objects.get(reader=first, until=None).school_class.number == 1


def test_one_of_two_who_stays_in_the_class_is_left_for_a_choice_too(sheet):
    pupil("张伟", 1), pupil("张伟", 1)

    run = check_sheet("roster", sheet(["四(1)班", "张伟"]))
    assert problems(run) == [(2, "name", "several_fit")]

    row = ImportRow.objects.get(run=run, number=2)
    run.options["choices"] = {str(row.pk): 0}
    run.save()
    assert counts(engine.check(run_id=run.pk)) == {"new": 1}


@pytest.mark.parametrize(("system", "entry", "name"), [("6-3", 2021, "七(2)班"), ("5-4", 2022, "六(2)班")])
def test_step_to_junior_middle_school_is_found_by_name(sheet, system, entry, name):
    make_school(stages=["primary", "junior"], system=system)
    Grade.objects.all().delete()
    Grade.objects.bulk_create(
        Grade(stage=stage, position=position, name=own)
        for stage, position, own in default_grades(["primary", "junior"], system)
    )
    pupil("张三", 1, entry_year=entry)

    assert counts(import_sheet("roster", sheet([name, "张三"]))) == {"changed": 1}
    assert places("张三") == {"张三": ("junior", 2, "2027-09-01")}


def test_roster_of_the_whole_school_proposes_who_is_past_the_last_year(sheet):
    graduate, stays = pupil("毕业", 1, entry_year=2021), pupil("在校", 1, entry_year=2022)
    rows = [["六(1)班", "在校"], *[[f"{grade}(1)班", f"{grade}生"] for grade in "一二三四五"]]
    run = check_sheet("roster", sheet(*rows))

    assert [person["pk"] for person in run.counts["leavers"]] == [graduate.pk]
    assert stays.status == "active"
    part = check_sheet("roster", sheet(*rows[:2]))
    assert part.counts["leavers"] == []


def test_leavers_hand_in_their_cards(sheet):
    gone = make_reader("走了", number="", school_class=make_class(2024, 1), card="C9")
    import_sheet("roster", sheet(["四(1)班", "张三"]), leavers=[gone.pk])

    gone.refresh_from_db()
    assert (gone.status, gone.left_on, Card.objects.get().status) == ("left", date(2027, 9, 1), "returned")


def snapshot():
    models = (Reader, ClassMembership, Card, SchoolClass)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_import_is_taken_back_as_one(sheet):
    pupil("甲甲", 1), pupil("乙乙", 1)
    gone = make_reader("走了", number="", school_class=make_class(2024, 1), card="C9")
    before = snapshot()
    run = import_sheet(
        "roster",
        sheet(["四(1)班", "甲甲"], ["四(2)班", "乙乙"], ["四(1)班", "新生"]),
        leavers=[gone.pk], give_cards=True, by=make_user(),
    )  # fmt: skip
    turn = Turn.objects.get(run=run)
    assert (turn.day, turn.by.name, turn.readers.count()) == (date(2027, 9, 1), run.by.name, 4)

    undo_turn(turn_id=turn.pk, by=None, at=turn.at)
    assert snapshot() == before


def test_import_with_another_on_top_cannot_be_taken_back(sheet):
    pupil("甲甲", 1)
    import_sheet("roster", sheet(["四(2)班", "甲甲"], ["四(1)班", "新生"]))
    import_sheet("roster", sheet(["四(3)班", "乙乙"]))
    first, second = Turn.objects.order_by("pk")

    with pytest.raises(Refused) as refused:
        undo_turn(turn_id=first.pk, by=None, at=first.at)
    assert [problem.code for problem in refused.value.problems] == ["later_roster"]
    undo_turn(turn_id=second.pk, by=None, at=second.at)
    undo_turn(turn_id=first.pk, by=None, at=first.at)
    assert list(Reader.objects.values_list("name", flat=True)) == ["甲甲"]


def test_newcomer_with_an_account_cannot_be_taken_back(sheet):
    run = import_sheet("roster", sheet(["四(1)班", "新生"]))
    Reader.objects.update(account=make_user("student"))

    with pytest.raises(Refused) as refused:
        undo_turn(turn_id=Turn.objects.get(run=run).pk, by=None, at=run.applied_at)
    assert [problem.code for problem in refused.value.problems] == ["used_since"]


def test_name_changes_and_namesakes_stand_in_the_plan(sheet, tmp_path):
    make_reader("王小明", number="7", school_class=make_class(2024, 1))
    path = write_sheet(
        tmp_path, ["学号", *HEADER], ["7", "四(1)班", "王晓明"], ["8", "四(1)班", "李伟"], ["9", "四(1)班", "李伟"]
    )
    run = engine.check(run_id=stage_sheet("roster", path).pk)

    assert run.counts["renamed"] == [["四(1)班", "王小明", "王晓明"]]
    assert run.counts["namesakes"] == [["四(1)班", "李伟", 2]]
