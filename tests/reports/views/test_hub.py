import pytest
from django.urls import reverse

from library_site.access import may_open
from library_site.models import Role
from reports.views.hub import ENTRIES
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.LIBRARIAN, Role.PRINCIPAL])
def test_every_report_is_found_below_the_dashboard(client, role):
    make_school()
    client.force_login(make_user(role))
    page = client.get(reverse("reports:dashboard")).content.decode()
    opened = [entry for entry in ENTRIES if may_open(entry.name, frozenset({role}), public_search=False, debug=False)]
    assert [entry.name for entry in opened if f'href="{reverse(entry.name)}"' not in page] == []
    assert len(opened) > 3


@pytest.mark.parametrize("role", Role.values)
def test_dashboard_is_for_librarian_and_principal(client, role):
    make_school()
    client.force_login(make_user(role))
    expected = 200 if role in (Role.LIBRARIAN, Role.PRINCIPAL) else 403
    assert client.get(reverse("reports:dashboard")).status_code == expected
