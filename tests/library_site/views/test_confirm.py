"""Dangerous acts ask for the password; tried on a view of the test's own, whatever acts the product has."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from library_site.urls import urlpatterns as site_urls
from library_site.views.confirm import FRESH_SECONDS, confirms_password
from tests.factories.site import make_school, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
PASSWORD = "reading-2026"


@confirms_password
def erase(request):
    return HttpResponse(",".join(request.POST.getlist("what")) or "form")


urlpatterns = [path("erase/", erase, name="home"), *site_urls]


@pytest.fixture
def client():
    make_school()
    user = make_user("librarian", username="wang")
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


def post(client, **fields):
    return client.post("/erase/", fields)


def test_act_is_held_back_until_the_password_is_right(client):
    asked = post(client, what=["a", "b"])
    assert asked.templates[0].name == "account/confirm.html"
    assert asked.context["carried"] == [("what", "a"), ("what", "b")]
    assert post(client, what=["a", "b"], confirm_password="guess").status_code == 403
    assert post(client, what=["a", "b"], confirm_password=PASSWORD).content == b"a,b"


def test_password_holds_for_ten_minutes_and_no_longer(client, time_machine):
    time_machine.move_to("2026-10-12T12:00:00+08:00", tick=False)
    post(client, what="a", confirm_password=PASSWORD)
    time_machine.shift(FRESH_SECONDS - 1)
    assert post(client, what="b").content == b"b"
    time_machine.shift(1)
    assert "carried" in post(client, what="c").context


def test_password_given_in_one_session_is_no_good_in_another(client):
    post(client, what="a", confirm_password=PASSWORD)
    other = Client()
    other.force_login(make_user("librarian"), backend="library_site.authentication.AccountBackend")
    assert "carried" in post(other, what="b").context


def test_password_of_somebody_else_is_wrong(client):
    other = make_user("administrator")
    other.set_password("other-words-2026")
    other.save()
    assert post(client, what="a", confirm_password="other-words-2026").status_code == 403


def test_page_itself_is_shown_without_asking(client):
    assert client.get("/erase/").content == b"form"


def test_file_is_chosen_again_after_the_password(client):
    asked = post(client, file=SimpleUploadedFile("a.txt", b"x"))
    assert asked.context["carried"] == [("confirm_again", "1")]
    answer = post(client, confirm_again="1", confirm_password=PASSWORD)
    assert answer.headers["Location"] == "/erase/"
    assert post(client, what="a").content == b"a"


def test_guessing_locks_as_at_login(client):
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        answer = post(client, what="a", confirm_password="guess")
    assert answer.status_code == 429
    assert post(client, what="a", confirm_password=PASSWORD).status_code == 429
