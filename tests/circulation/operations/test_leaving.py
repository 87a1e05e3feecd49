"""A grade leaves in one go, but nobody with a book; and the whole of it can be taken back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from circulation.operations.leaving import leave, undo_turn
from circulation.queries.balances import owed
from circulation.queries.leaving import gone_with_books, leavers_of, leaving_grades
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from readers.models import Card, ClassMembership, ClassTeacher, Reader, Turn, TurnReader
from readers.operations.move_class import move_class
from tests.factories.catalog import make_copy
from tests.factories.charges import make_charge
from tests.factories.desk import lend, take_back
from tests.factories.readers import make_class, make_reader

pytestmark = pytest.mark.django_db
DAY = date(2027, 7, 11)


@pytest.fixture
def grade(library):
    """六(1)班 of the year 2026: one pupil with nothing out, one with a book."""
    library.grade = make_class(2021, 1)
    library.clear = make_reader("甲", school_class=library.grade, card="C1")
    library.holder = make_reader("乙", school_class=library.grade, card="C2")
    library.copy = make_copy("B1")
    lend(library.copy, library.holder, library.librarian)
    library.at = library.noon + timedelta(days=260)
    library.everybody = [library.clear.pk, library.holder.pk]
    return library


def graduate(grade, **fields):
    fields = {"leaving": grade.everybody, "by": grade.librarian, **fields}
    return leave(kind=Turn.Kind.GRADUATION, day=DAY, at=grade.at, **fields)


def statuses(grade):
    return list(Reader.objects.filter(pk__in=grade.everybody).order_by("pk").values_list("status", "left_on"))


def refusal(act, **fields):
    with pytest.raises(Refused) as refused:
        act(**fields)
    return [problem.code for problem in refused.value.problems]


def test_graduation_lets_go_who_has_nothing_and_keeps_who_has_a_book(grade):
    graduate(grade)

    assert statuses(grade) == [("left", DAY), ("active", None)]
    card = Card.objects.get(reader=grade.clear)
    assert (card.status, card.ended_on) == ("returned", grade.at.date())
    assert ClassMembership.objects.get(reader=grade.clear).until == DAY
    assert Card.objects.get(reader=grade.holder).status == "valid"
    assert ClassMembership.objects.get(reader=grade.holder).until is None


def test_graduation_lets_the_rest_go_when_their_books_are_back(grade):
    graduate(grade)
    assert refusal(graduate, grade=grade) == ["nobody_leaves"]

    take_back(grade.copy, grade.librarian, at=grade.at)
    graduate(grade)
    assert statuses(grade) == [("left", DAY), ("left", DAY)]


def test_exception_needs_a_reason_and_the_librarian(grade):
    reasons = {grade.holder.pk: "家长已赔书"}
    graduate(grade, reasons=reasons, by=grade.helper)
    assert statuses(grade)[1] == ("active", None)

    turn = graduate(grade, reasons=reasons)
    assert statuses(grade)[1] == ("left", DAY)
    assert [row.reason for row in TurnReader.objects.filter(turn=turn)] == ["家长已赔书"]
    assert [(group.name, len(group.lines)) for group in gone_with_books(current_reference(), DAY)] == [("六(1)班", 1)]


def test_primary_graduate_who_stays_moves_into_the_junior_entry_class(grade):
    entry = make_class(2027, 2, "junior")
    graduate(grade, leaving=[grade.clear.pk], staying={grade.holder.pk: entry.pk}, stays_from=date(2027, 9, 1))

    stays = ClassMembership.objects.filter(reader=grade.holder).order_by("since")
    assert [(row.school_class_id, row.until) for row in stays] == [(grade.grade.pk, date(2027, 9, 1)), (entry.pk, None)]
    assert statuses(grade)[1] == ("active", None)


def test_undo_puts_everybody_back(grade):
    before = list(ClassMembership.objects.order_by("pk").values()), list(Card.objects.order_by("pk").values())
    turn = graduate(grade, reasons={grade.holder.pk: "转学"})
    undo_turn(turn_id=turn.pk, by=grade.librarian, at=grade.at)

    assert statuses(grade) == [("active", None), ("active", None)]
    assert before == (list(ClassMembership.objects.order_by("pk").values()), list(Card.objects.order_by("pk").values()))
    assert refusal(undo_turn, turn_id=turn.pk, by=None, at=grade.at) == ["undone"]


def test_undo_is_refused_once_somebody_was_changed_or_borrowed_since(grade):
    entry = make_class(2026, 2, "junior")
    turn = graduate(grade, leaving=[], staying={grade.holder.pk: entry.pk}, stays_from=grade.noon.date())
    take_back(grade.copy, grade.librarian, at=grade.at)
    lend(grade.copy, grade.holder, grade.librarian, at=grade.at + timedelta(hours=1))
    assert refusal(undo_turn, turn_id=turn.pk, by=None, at=grade.at) == ["lent_since"]

    move_class(
        reader_id=grade.holder.pk, class_id=make_class(2026, 3, "junior").pk, since=DAY, today=DAY, by=grade.librarian
    )
    assert refusal(undo_turn, turn_id=turn.pk, by=None, at=grade.at) == ["changed_since", "lent_since"]


def test_grades_that_leave_are_the_last_ones_and_past_ones_with_pupils(grade):
    make_reader(school_class=make_class(2024, 1))
    rows = leaving_grades(current_reference(), date(2027, 6, 20))
    assert [(row.entry_year, row.name, row.past, row.pupils, row.not_clear) for row in rows] == [
        (2021, "六", False, 2, 1)
    ]

    pupils = leavers_of([grade.grade.pk], DAY, current_reference())[grade.grade.pk]
    assert [(pupil.reader.name, pupil.clear) for pupil in pupils] == [("甲", True), ("乙", False)]


def test_teacher_who_leaves_no_longer_leads_the_class_until_it_is_taken_back(grade):
    teacher = make_reader(category="teacher")
    ClassTeacher.objects.create(school_class=grade.grade, reader=teacher, since=grade.noon.date())
    turn = leave(kind=Turn.Kind.LEAVING, leaving=[teacher.pk], day=DAY, by=grade.librarian, at=grade.at)
    assert ClassTeacher.objects.get().until == DAY

    undo_turn(turn_id=turn.pk, by=grade.librarian, at=grade.at)
    assert ClassTeacher.objects.get().until is None


def test_undo_is_refused_once_another_teacher_leads_the_class(grade):
    teacher = make_reader(category="teacher")
    ClassTeacher.objects.create(school_class=grade.grade, reader=teacher, since=grade.noon.date())
    turn = leave(kind=Turn.Kind.LEAVING, leaving=[teacher.pk], day=DAY, by=grade.librarian, at=grade.at)
    ClassTeacher.objects.create(school_class=grade.grade, reader=make_reader(category="teacher"), since=DAY)

    assert refusal(undo_turn, turn_id=turn.pk, by=None, at=grade.at) == ["teacher_changed"]


@pytest.mark.cases("LV-1", "CH-15")
def test_who_owes_money_leaves_only_by_an_exception_with_its_reason(grade):
    make_charge(grade.clear, "28.00")
    assert refusal(graduate, grade=grade) == ["nobody_leaves"]
    turn = graduate(grade, reasons={grade.clear.pk: "家长会后补缴"})
    assert statuses(grade) == [("left", DAY), ("active", None)]
    assert turn.readers.get().reason == "家长会后补缴"
    assert owed([grade.clear.pk]) == {grade.clear.pk: Decimal("28.00")}


@pytest.mark.cases("LV-1")
def test_money_owed_is_shown_with_the_leavers_and_counted(grade):
    make_charge(grade.clear, "28.00")
    make_charge(grade.holder, "3.00")
    reference, today = current_reference(), date(2027, 6, 1)
    pupils = leavers_of([grade.grade.pk], today, current_reference())[grade.grade.pk]
    assert [(pupil.owed, pupil.rows, pupil.clear) for pupil in pupils] == [
        (Decimal("28.00"), 1, False),
        (Decimal("3.00"), 2, False),
    ]
    assert [row.not_clear for row in leaving_grades(reference, today)] == [2]


def test_who_left_as_owing_still_owes_after_the_turn_is_taken_back(grade):
    make_charge(grade.clear, "28.00")
    turn = graduate(grade, reasons={grade.clear.pk: "later"})
    undo_turn(turn_id=turn.pk, by=grade.librarian, at=grade.at + timedelta(hours=1))
    assert (statuses(grade)[0], owed([grade.clear.pk])) == (("active", None), {grade.clear.pk: Decimal("28.00")})
