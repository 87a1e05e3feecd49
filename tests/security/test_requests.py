"""What a hostile request gets: forged, misdirected, replayed, framed, or sent by somebody without a name."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from library_site.access import ACCESS, Open
from library_site.backup.manifest import tables_of
from library_site.backup.server import Server
from library_site.paths import BASE_DIR
from tests.factories.site import make_user
from tests.security.conftest import BACKEND, addresses

PASSWORD = "reading-2026"
OUTSIDE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"]


@pytest.fixture
def named(world):
    world.set_password(PASSWORD)
    world.save()
    return world


def log_in(client, user, **extra):
    return client.post(reverse("login"), {"username": user.username, "password": PASSWORD, **extra})


def test_every_post_without_its_token_is_refused(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world, backend=BACKEND)

    taken = {name: status for name, url in addresses({}) if (status := client.post(url).status_code) != 403}

    assert taken == {}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_methods_reach_no_view(everyone, method):
    answers = {name: everyone.generic(method, url).status_code for name, url in addresses({})}

    assert set(answers.values()) == {405}


@pytest.mark.django_db(transaction=True)
def test_looking_at_pages_changes_nothing(everyone):
    def content():
        with Server.current().connect() as connection, connection.transaction():
            return tables_of(connection)

    before = content()
    for _name, url in addresses({}):
        everyone.get(url)

    after = content()
    changed = {name for name, table in after.items() if before[name] != table}
    # Who looked at whose page, and who took a list of people away, is written down on purpose.
    assert changed <= {"readers_personlook", "library_site_listexport"}


@pytest.mark.logs_errors
def test_page_asked_for_under_another_name_is_refused(world):
    assert Client(headers={"host": "evil.example"}).get(reverse("login")).status_code == 400


def test_no_page_may_be_framed_or_guessed_at_by_type(everyone):
    for name, url in addresses({}):
        answer = everyone.get(url)
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["Referrer-Policy"] == "same-origin", name


@pytest.mark.parametrize("target", OUTSIDE)
def test_login_leads_nowhere_outside(named, target):
    assert log_in(Client(), named, next=target).headers["Location"] == reverse("home")
    address = f"{reverse('login')}?next={target}"
    answer = Client().post(address, {"username": named.username, "password": PASSWORD})
    assert answer.headers["Location"] == reverse("home")


@pytest.mark.parametrize("target", OUTSIDE)
def test_change_of_language_leads_nowhere_outside(named, target):
    answer = Client(headers={"referer": "https://evil.example/"}).post(
        reverse("set_language"), {"language": "en", "next": target}
    )

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("target", OUTSIDE)
def test_no_page_redirects_to_an_address_it_was_given(everyone, target):
    names = ("next", "url", "back", "return", "redirect", "to")
    for name, url in addresses({}):
        answer = everyone.get(url, dict.fromkeys(names, target))
        assert "evil.example" not in answer.headers.get("Location", "").split("?")[0], name
        assert not answer.headers.get("Location", "").startswith("javascript"), name


def test_session_known_before_the_login_is_worth_nothing_after(named):
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    known = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = known

    log_in(client, named)

    fixed = Client()
    fixed.cookies[settings.SESSION_COOKIE_NAME] = known
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != known
    assert fixed.get(reverse("home")).status_code == 302


def test_logout_ends_the_session_on_the_server_and_only_by_post(named):
    client = Client()
    log_in(client, named)
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value

    assert client.get(reverse("logout")).status_code == 405
    assert stolen.get(reverse("home")).status_code == 200
    client.post(reverse("logout"))

    assert stolen.get(reverse("home")).status_code == 302


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(named):
    client = Client()
    log_in(client, named)

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_who_has_no_name_or_no_right_cannot_tell_which_cards_exist(world):
    student = Client()
    student.force_login(make_user("student"), backend=BACKEND)
    closed = [name for name, rule in ACCESS.items() if name.startswith("circulation:") and rule is not Open.MEMBERS]
    for name, url in addresses({}):
        if name not in closed:
            continue
        for client in (Client(), student):
            answers = [client.post(url, {"code": code}, headers={"X-Desk": "1"}) for code in ("T0001", "T9999")]
            assert answers[0].status_code in {401, 403}, name
            assert answers[0].status_code == answers[1].status_code, name
            # Each answer has a token of its own in it.
            assert len(answers[0].content) == len(answers[1].content), name


UNDER_TLS = """
import django
django.setup()
from django.conf import settings
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
client = Client(headers={"host": "localhost"})
plain = client.get("/static/none.css")
behind = client.get("/static/none.css", headers={"x-forwarded-proto": "https"})
print(plain.status_code, plain.headers["Location"])
print(behind.status_code, behind.headers["Strict-Transport-Security"])
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE)
"""


def test_under_tls_all_is_redirected_cookies_are_secure_and_browsers_remember():
    environment = {
        **os.environ,
        "LIBRARY_TLS": "1",
        "DJANGO_SETTINGS_MODULE": "tests.settings",  # the page of the 404 needs no collected files there
        "DATABASE_URL": Server.current().url,
    }
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", UNDER_TLS], cwd=BASE_DIR, env=environment, capture_output=True, text=True
    )

    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert lines[0] == "301 https://localhost/static/none.css"
    assert lines[1].startswith("404 max-age=31536000")
    assert lines[2] == "True True True"
