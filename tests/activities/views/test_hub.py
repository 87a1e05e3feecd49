import pytest
from django.urls import reverse

from activities.views.hub import ENTRIES
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


def test_every_tile_of_reading_activities_leads_somebody_somewhere(client):
    make_school()
    pages = []
    for roles in (["librarian"], ["student", "teacher"], ["principal"]):
        client.force_login(make_user(*roles))
        pages.append(client.get(reverse("reading:hub")).content.decode())
    names = [entry.name for _title, entries in ENTRIES for entry in entries]
    assert [name for name in names if not any(f'href="{reverse(name)}"' in page for page in pages)] == []


def test_group_without_a_page_for_the_role_is_left_out(client):
    make_school()
    client.force_login(make_user("student"))
    groups = client.get(reverse("reading:hub")).context["groups"]
    assert all(items for _title, items in groups)
