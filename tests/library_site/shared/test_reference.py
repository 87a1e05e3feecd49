import threading

import pytest
from django.db import connection, transaction

from library_site.models import School
from library_site.queries import school
from library_site.shared.reference import current_reference
from tests.factories.site import make_school


class Undo(Exception):
    """Rolls a transaction back."""


def in_thread(act):
    """Runs `act` in a thread with a connection of its own, and returns what it returned."""
    found = []

    def run():
        try:
            found.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def shown_name():
    return school(current_reference()).name


def test_reference_loads_once_while_nothing_changes(db, django_assert_num_queries):
    make_school()
    shown_name()

    with django_assert_num_queries(1):
        assert shown_name() == "实验小学"


def test_reference_is_new_after_a_change(db):
    make_school(name="旧名")
    assert shown_name() == "旧名"

    School.objects.update(name="新名")

    assert shown_name() == "新名"


def test_reference_before_the_first_start_remembers_nothing(db):
    assert school(current_reference()) is None
    before = current_reference()

    make_school()

    assert school(before) is not None


def test_reference_of_a_request_stays_as_it_began(db):
    make_school(name="旧名")
    of_request = current_reference()
    assert school(of_request).name == "旧名"

    School.objects.update(name="新名")

    assert school(of_request).name == "旧名"


def test_reference_forgets_what_a_rolled_back_act_saw(transactional_db):
    make_school(name="旧名")
    of_request = current_reference()

    with pytest.raises(Undo), transaction.atomic():
        School.objects.update(name="未生效")
        assert school(of_request).name == "未生效"
        assert shown_name() == "未生效"
        raise Undo

    assert school(of_request).name == "旧名"
    assert shown_name() == "旧名"


def test_reference_of_another_thread_does_not_see_an_unfinished_act(transactional_db):
    make_school(name="旧名")

    with transaction.atomic():
        School.objects.update(name="新名")
        assert shown_name() == "新名"
        assert in_thread(shown_name) == "旧名"
        assert shown_name() == "新名"

    assert in_thread(shown_name) == "新名"
    assert shown_name() == "新名"


def test_reference_of_many_threads_agrees_after_each_change(transactional_db):
    make_school(name="第0次")

    for turn in range(1, 6):
        School.objects.update(name=f"第{turn}次")
        assert {in_thread(shown_name), in_thread(shown_name), shown_name()} == {f"第{turn}次"}
