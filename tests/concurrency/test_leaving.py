"""Two people let the same grade go, or a desk lends to one of them in the same moment."""

import threading
from datetime import date

import pytest
from django.db import connection

from circulation.models import Loan
from circulation.operations.leaving import leave, undo_turn
from library_site.shared.problems import Refused
from readers.models import ClassMembership, Reader, Turn, TurnReader
from readers.operations.move_class import move_class
from tests.circulation.conftest import NOON, library  # noqa: F401
from tests.factories.catalog import make_copy
from tests.factories.desk import lend
from tests.factories.readers import make_class, make_reader

pytestmark = pytest.mark.django_db(transaction=True)


def race(*acts):
    """Runs the acts at once; returns how each ended: True, or its refusal."""
    line, ends = threading.Barrier(len(acts)), {}

    def run(number, act):
        try:
            line.wait(timeout=30)
            act()
            ends[number] = True
        except Refused as refused:
            ends[number] = refused.problems[0].code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [ends[number] for number in range(len(acts))]


def graduate(pupils, by):
    leave(kind="graduation", leaving=[pupil.pk for pupil in pupils], day=date(2027, 7, 11), by=by, at=NOON)


def test_two_librarians_let_a_grade_go_once(library):  # noqa: F811
    pupils = [make_reader(school_class=make_class(2021, 1), card=f"C{number}") for number in range(30)]

    ends = race(*[lambda: graduate(pupils, library.librarian)] * 2)

    assert sorted(map(str, ends)) == ["True", "nobody_leaves"]
    assert (Turn.objects.count(), TurnReader.objects.count()) == (1, 30)


def test_turn_is_taken_back_once(library):  # noqa: F811
    pupils = [make_reader(school_class=make_class(2021, 1)) for _number in range(5)]
    graduate(pupils, library.librarian)
    turn = Turn.objects.get()

    ends = race(*[lambda: undo_turn(turn_id=turn.pk, by=library.librarian, at=NOON)] * 2)

    assert sorted(map(str, ends)) == ["True", "undone"]
    assert ClassMembership.objects.filter(until=None).count() == 5


def test_two_moves_of_one_pupil_leave_one_class(library):  # noqa: F811
    pupil, day = make_reader(school_class=make_class(2024, 1)), NOON.date()
    classes = [make_class(2024, number).pk for number in (2, 3)]

    race(
        *[
            lambda pk=pk: move_class(reader_id=pupil.pk, class_id=pk, since=day, today=day, by=library.librarian)
            for pk in classes
        ]
    )

    assert ClassMembership.objects.get(reader=pupil, until=None).school_class_id in classes
    assert ClassMembership.objects.filter(reader=pupil).count() == 2


def test_pupil_leaves_or_borrows_but_not_both(library):  # noqa: F811
    for number in range(10):
        pupil, copy = make_reader(school_class=make_class(2021, 1)), make_copy(f"R{number}")
        ends = race(lambda: graduate([pupil], library.librarian), lambda: lend(copy, pupil, library.helper))  # noqa: B023

        has_left = Reader.objects.get(pk=pupil.pk).status == "left"
        assert (has_left, Loan.objects.filter(reader=pupil).exists()) in [(True, False), (False, True)]
        assert sorted(map(str, ends))[0] == "True"
