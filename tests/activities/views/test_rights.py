"""Who sees and edits an activity: the page answers 404 to everybody else."""

import pytest
from django.urls import reverse

from activities.models import Activity
from activities.views.rights import may_edit
from library_site.models import Role
from tests.factories.activities import make_activity
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    make_school()
    make_school_year(2026)
    return make_class()


def status(client, activity, user=None):
    client.logout()
    if user is not None:
        client.force_login(user)
    return client.get(reverse("activities:activity", args=[activity.pk])).status_code


def test_published_activity_is_seen_by_strangers_and_pupils(school, client):
    row = make_activity()
    assert [status(client, row), status(client, row, make_user(Role.STUDENT))] == [200, 200]


def test_stranger_is_led_to_the_login_where_the_school_closed_its_pages(school, client):
    make_school(public_search=False)
    assert status(client, make_activity()) == 302


@pytest.mark.parametrize("state", [Activity.State.DRAFT, Activity.State.CANCELLED])
def test_what_is_not_published_exists_for_editors_and_principal_only(school, client, state):
    me = make_reader(category="teacher", account=make_user(Role.TEACHER))
    row = make_activity(published=False, state=state, responsible=me)
    others = [None, make_user(Role.STUDENT), make_user(Role.TEACHER), make_user(Role.HELPER)]
    assert [status(client, row, user) for user in others] == [404] * 4
    insiders = [me.account, make_user(Role.LIBRARIAN), make_user(Role.PRINCIPAL)]
    assert [status(client, row, user) for user in insiders] == [200] * 3


def test_who_answers_for_a_festival_edits_its_parts(school, rf):
    me = make_reader(category="teacher", account=make_user(Role.TEACHER))
    part = make_activity(parent=make_activity(shape="festival", responsible=me))
    request = rf.get("/")
    for user, expected in ((me.account, True), (make_user(Role.TEACHER), False), (make_user(Role.LIBRARIAN), True)):
        request.user = user
        assert may_edit(request, part) is expected
