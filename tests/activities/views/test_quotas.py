import pytest
from django.test import Client
from django.urls import reverse

from activities.models import ReadingQuota
from library_site.models import Role
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
THIRD = {"category": "student", "first": "primary-3", "last": "primary-4", "books": "6", "from_year": "2026"}


@pytest.fixture
def client():
    make_school()
    make_school_year()
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(Role.LIBRARIAN), backend="library_site.authentication.AccountBackend")
    return client


def save(client, quota=None, **values):
    url = reverse("quotas:quota", args=[quota.pk]) if quota else reverse("quotas:new")
    return client.post(url, THIRD | values)


def test_amount_is_set_corrected_and_removed(client):
    assert save(client, notes="8").status_code == 302
    row = ReadingQuota.objects.get()
    assert (row.stage, row.from_position, row.to_position, row.books, row.notes) == ("primary", 3, 4, 6, 8)
    save(client, row, books="10", notes="")
    row.refresh_from_db()
    assert (row.books, row.notes) == (10, None)
    assert "10" in client.get(reverse("quotas:quotas")).content.decode()
    client.post(reverse("quotas:remove", args=[row.pk]))
    assert not ReadingQuota.objects.exists()


def test_same_grades_and_year_twice_are_refused(client):
    save(client)

    answer = save(client, books="9")

    assert answer.status_code == 422
    assert "There is an amount for these grades from that year on." in answer.content.decode()
    assert ReadingQuota.objects.get().books == 6


@pytest.mark.parametrize(
    "values", [{"books": "", "notes": ""}, {"books": "-1"}, {"from_year": "1900"}, {"last": "primary-1"}]
)
def test_amount_that_says_nothing_is_refused(client, values):
    assert save(client, **values).status_code == 422
    assert not ReadingQuota.objects.exists()


def test_amount_for_teachers_is_of_no_grade(client):
    save(client, category="teacher")

    assert ReadingQuota.objects.get().stage == ""
