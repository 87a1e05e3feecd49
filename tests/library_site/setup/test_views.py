import pytest
from django.urls import reverse

from library_site.models import School
from tests.factories.setup import first_start_data
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["home", "login", "style"])
def test_before_set_up_every_page_leads_to_the_guide(client, name):
    assert client.get(reverse(name)).headers["Location"] == reverse("first_start")


def test_guide_sets_up_logs_in_and_leads_home(client):
    answer = client.post(reverse("first_start"), first_start_data(), follow=True)
    assert answer.redirect_chain == [(reverse("home"), 302)]
    assert "王老师" in answer.content.decode()


def test_guide_with_a_wrong_value_keeps_what_was_typed_and_saves_nothing(client):
    answer = client.post(reverse("first_start"), first_start_data(password_again="other"))
    page = answer.content.decode()
    assert 'value="青松实验小学"' in page
    assert "reading-2026" not in page
    assert not School.objects.exists()


def test_guide_is_gone_once_the_school_is_set_up(client):
    make_school()
    client.force_login(make_user("administrator"))
    assert client.get(reverse("first_start")).status_code == 404
    assert client.post(reverse("first_start"), first_start_data()).status_code == 404
