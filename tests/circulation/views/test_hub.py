import pytest
from django.urls import reverse

from circulation.views.hub import ENTRIES
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


def test_librarian_finds_every_page_around_lending(client):
    make_school()
    client.force_login(make_user("librarian"))
    page = client.get(reverse("lending:hub")).content.decode()
    assert [entry.name for entry in ENTRIES if f'href="{reverse(entry.name)}"' not in page] == []
