import threading

import pytest
from django.db import connection

from library_site.models import School, User
from library_site.setup.operations import AlreadySetUp, set_up_school
from tests.factories.setup import first_start_form


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
