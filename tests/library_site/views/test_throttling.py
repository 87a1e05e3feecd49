"""Guessing passwords: what stops it, whom it must not stop, and what an attacker can learn from trying."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse

from library_site import first_login
from library_site.models import User
from tests.factories.readers import make_reader
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "reading-2026"
LIMIT = settings.AXES_FAILURE_LIMIT


class CountedHasher(PBKDF2PasswordHasher):
    """Django's hasher, few rounds, noting how many were done: what an attacker with a stopwatch would measure."""

    iterations = 40_000
    rounds: list[int] = []

    def encode(self, password, salt, iterations=None):
        self.rounds.append(iterations or self.iterations)
        return super().encode(password, salt, 1)


def make_account(username, password=PASSWORD, **fields):
    user = make_user("student", username=username)
    user.set_password(password)
    User.objects.filter(pk=user.pk).update(password=user.password, **fields)
    return user


def log_in(username, password, address="192.0.2.10"):
    return Client(REMOTE_ADDR=address).post(reverse("login"), {"username": username, "password": password})


@pytest.fixture(autouse=True)
def school():
    make_school()


def test_class_behind_one_address_is_not_locked_out_by_its_mistakes():
    """45 pupils in a computer room, each wrong three times: everybody gets in."""
    for number in range(45):
        make_account(f"2024{number:02d}")
    for number in range(45):
        for _attempt in range(3):
            assert log_in(f"2024{number:02d}", "yuedu-77").status_code == 200
    answers = {log_in(f"2024{number:02d}", PASSWORD).status_code for number in range(45)}
    assert answers == {302}


def test_guessing_at_one_account_is_stopped_for_that_account_and_address_only():
    make_account("wang")
    make_account("li")
    answers = [log_in("wang", f"guess-{number}").status_code for number in range(LIMIT + 5)]
    assert answers == [200] * (LIMIT - 1) + [429] * 6
    assert log_in("wang", PASSWORD).status_code == 429
    assert log_in("li", PASSWORD).status_code == 302
    assert log_in("wang", PASSWORD, address="192.0.2.11").status_code == 302


@pytest.mark.parametrize("spelling", ["WANG", " wang", "Wang ", "ｗａｎｇ"])
def test_other_spellings_of_the_account_give_no_further_guesses(spelling):
    make_account("wang")
    for number in range(LIMIT - 1):
        log_in("wang", f"guess-{number}")
    assert log_in(spelling, "guess").status_code == 429
    assert log_in("wang", PASSWORD).status_code == 429


def test_header_that_names_another_address_gives_no_further_guesses():
    make_account("wang")
    for number in range(LIMIT):
        answer = Client(REMOTE_ADDR="192.0.2.10", headers={"X-Forwarded-For": f"198.51.100.{number}"}).post(
            reverse("login"), {"username": "wang", "password": "guess"}
        )
    assert answer.status_code == 429


def test_account_that_does_not_exist_is_locked_like_one_that_does():
    make_account("wang")
    known = [log_in("wang", "guess").status_code for _attempt in range(LIMIT + 1)]
    unknown = [log_in("nobody", "guess").status_code for _attempt in range(LIMIT + 1)]
    assert known == unknown


@pytest.fixture
def accounts():
    """One account of every kind there is, and a card number that is none."""
    make_account("own")
    make_account("closed", is_active=False)
    make_account("never")
    User.objects.filter(username="never").update(password="!unusable")
    make_account("code", password=None, code_until="2099-01-01T00:00:00Z")
    User.objects.filter(username="code").update(password=first_login.hashed("23456789"))
    make_reader(card="80000001")
    return ["own", "closed", "never", "code", "80000001", "nobody"]


def test_wrong_password_reads_alike_for_every_kind_of_account(accounts):
    pages = set()
    for username in accounts:
        answer = log_in(username, "guess")
        pages.add((answer.status_code, tuple(answer.context["form"].non_field_errors())))
    assert len(pages) == 1


def test_wrong_password_takes_as_long_for_every_kind_of_account(accounts, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountedHasher"]
    User.objects.filter(username__in=["own", "closed"]).update(password=CountedHasher().encode("x", "salt", 40_000))
    work = {}
    for username in accounts:
        CountedHasher.rounds.clear()
        log_in(username, "guess")
        work[username] = sum(CountedHasher.rounds)
    assert set(work.values()) == {CountedHasher.iterations}


def test_closed_account_reads_the_same_with_the_right_password():
    """Whoever has the password of a closed account learns no more than whoever guesses."""
    make_account("closed", is_active=False)
    right, wrong = log_in("closed", PASSWORD), log_in("closed", "guess")
    assert right.context["form"].errors == wrong.context["form"].errors
