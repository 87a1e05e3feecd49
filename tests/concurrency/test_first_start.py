import threading
import time

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from library_site.models import School, User
from library_site.setup.operations import AlreadySetUp, set_up_school
from tests.factories.setup import first_start_data, first_start_form
from tests.factories.site import make_school


@pytest.mark.django_db(transaction=True)
def test_two_people_finish_at_once_one_wins_and_the_other_is_told():
    plans = []
    for number in range(2):
        form = first_start_form(name=f"学校{number}", username=f"person{number}")
        assert form.is_valid(), form.errors
        plans.append(form.plan())
    gate = threading.Barrier(2)
    outcomes: list[str] = []

    def finish(plan):
        try:
            gate.wait()
            outcomes.append(set_up_school(plan).username)
        except AlreadySetUp:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=finish, args=(plan,)) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[1] == "told"
    assert User.objects.get().username == sorted(outcomes)[0]
    assert School.objects.get().name == f"学校{sorted(outcomes)[0][-1]}"


@pytest.mark.django_db(transaction=True)
def test_page_sent_while_another_is_being_written_is_told_and_saves_nothing():
    answers = []

    def send_page():
        try:
            answers.append(Client().post(reverse("first_start"), first_start_data(), follow=True))
        finally:
            connection.close()

    thread = threading.Thread(target=send_page)
    with transaction.atomic():
        make_school(name="先到小学")
        thread.start()
        wait_until_somebody_waits_for_a_lock()
    thread.join()
    assert answers[0].redirect_chain[0] == (reverse("login"), 302)
    assert "没有保存" in answers[0].content.decode()
    assert not User.objects.exists()


def wait_until_somebody_waits_for_a_lock() -> None:
    deadline = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("nobody waits: the page was not sent or did not try to write")
