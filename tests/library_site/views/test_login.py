import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang(db):
    make_school()
    user = make_user("librarian", username="wang")
    user.set_password("reading-2026")
    user.save()
    return user


def log_in(client, password="reading-2026", username="wang", **more):
    return client.post(reverse("login"), {"username": username, "password": password, **more})


def test_login_takes_the_account_in_any_case(client, wang):
    assert log_in(client, username=" Wang").headers["Location"] == reverse("home")


def test_login_leads_back_to_the_page_that_was_asked_for(client, wang):
    desk = reverse("circulation:desk")
    asked = client.get(desk).headers["Location"]
    assert f'name="next" value="{desk}"' in client.get(asked).content.decode()
    assert log_in(client, next=desk).headers["Location"] == desk


def test_login_never_leads_to_another_site(client, wang):
    assert log_in(client, next="//evil.example/").headers["Location"] == reverse("home")


def test_wrong_password_is_told_without_saying_which_was_wrong(client, wang):
    wrong_password = log_in(client, "nothing").context["form"]
    wrong_account = log_in(client, username="nobody").context["form"]
    assert wrong_password.errors == wrong_account.errors
    assert len(wrong_password.non_field_errors()) == 1
    assert wrong_password.fields["password"].widget.attrs["autofocus"] is True


def test_closed_account_cannot_log_in(client, wang):
    wang.is_active = False
    wang.save()
    assert log_in(client).status_code == 200


def test_too_many_wrong_passwords_lock_the_account_for_that_address_only(client, wang):
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        answer = log_in(client, "nothing")
    assert answer.status_code == 429
    assert "15" in answer.content.decode()
    assert log_in(client).status_code == 429
    elsewhere = client.post(reverse("login"), {"username": "wang", "password": "reading-2026"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_logged_in_person_is_not_asked_again(client, wang):
    client.force_login(wang)
    assert client.get(reverse("login")).headers["Location"] == reverse("home")


def test_logout_is_by_post_only(client, wang):
    client.force_login(wang)
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).headers["Location"] == reverse("login")
    assert client.get(reverse("home")).status_code == 302
