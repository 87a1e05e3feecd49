"""Pupils log in by school number or card, if their grade does."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from library_site.models import Role, User
from readers.models import Card, Grade
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "reading-2026"
THIRD = {"stage": "primary", "position": 3}


@pytest.fixture(autouse=True)
def school(time_machine):
    time_machine.move_to("2026-10-12T12:20:00+08:00")
    make_school()
    make_school_year()


def account(*roles, **fields):
    user = make_user(*roles, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def pupil_of_third(*roles, **fields):
    return make_reader(school_class=make_class(), account=account(*(roles or (Role.STUDENT,))), **fields)


def log_in(username, password=PASSWORD):
    client = Client()
    return client, client.post(reverse("login"), {"username": username, "password": password})


def close_third():
    Grade.objects.filter(**THIRD).update(self_service=False)


@pytest.mark.parametrize("typed", ["S2024007", "s2024007", " S2024007 ", "C0007", "c0007", "Ｃ０００７"])
def test_login_takes_school_number_and_card(typed):
    reader = pupil_of_third(number="S2024007", card="C0007")
    client, answer = log_in(typed)
    assert answer.headers["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(reader.account_id)


def test_dead_card_opens_nothing():
    reader = pupil_of_third(card="C0007")
    Card.objects.filter(reader=reader).update(status="lost", ended_on="2026-10-01")
    assert log_in("C0007")[1].status_code == 200


def test_accounts_own_name_goes_before_anothers_number():
    named = account(Role.STUDENT, username="2024007")
    pupil_of_third(number="2024007")
    assert log_in("2024007")[0].session["_auth_user_id"] == str(named.pk)


def test_guesses_by_name_number_and_card_count_together():
    reader = pupil_of_third(number="S2024007", card="C0007")
    names = [reader.account.username, "S2024007", "C0007"]
    for number in range(settings.AXES_FAILURE_LIMIT):
        _client, answer = log_in(names[number % 3], "guess")
    assert answer.status_code == 429
    assert log_in("C0007")[1].status_code == 429


def test_pupil_of_a_closed_grade_does_not_log_in():
    reader = pupil_of_third()
    close_third()
    client, answer = log_in(reader.number)
    assert answer.status_code == 200
    assert len(answer.context["form"].non_field_errors()) == 1
    assert "_auth_user_id" not in client.session


def test_wrong_password_does_not_tell_that_the_grade_is_closed():
    reader = pupil_of_third()
    close_third()
    closed = log_in(reader.number, "guess")[1].context["form"].errors
    assert closed == log_in("nobody", "guess")[1].context["form"].errors


def test_session_ends_when_the_grade_is_closed():
    reader = pupil_of_third()
    client, _answer = log_in(reader.number)
    assert client.get(reverse("home")).status_code == 200
    close_third()
    assert client.get(reverse("home")).headers["Location"] == reverse("login")
    assert "_auth_user_id" not in client.session
    client, _answer = log_in(pupil_of_third(Role.HELPER).account.username)
    assert client.get(reverse("home")).status_code == 200


def test_fragment_of_a_closed_grade_leads_to_the_login_page():
    client, _answer = log_in(pupil_of_third().number)
    close_third()
    answer = client.get(reverse("home"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, reverse("login"))


@pytest.mark.parametrize("entry_year", [2023, 2025])
def test_other_grades_log_in(entry_year):
    reader = make_reader(school_class=make_class(entry_year), account=account(Role.STUDENT))
    close_third()
    assert log_in(reader.number)[1].status_code == 302


@pytest.mark.parametrize("roles", [[Role.STUDENT, Role.HELPER], [Role.STUDENT, Role.CLASS_KEEPER], [Role.TEACHER]])
def test_who_serves_or_teaches_logs_in_whatever_the_grade(roles):
    reader = pupil_of_third(*roles)
    close_third()
    assert log_in(reader.number)[1].status_code == 302


def test_closed_grades_cost_staff_no_statement(django_assert_num_queries):
    client = Client()
    client.force_login(make_user(Role.LIBRARIAN), backend="library_site.authentication.AccountBackend")
    client.get(reverse("password"))
    with django_assert_num_queries(3):  # session, account, settings token
        client.get(reverse("password"))
    close_third()
    client.get(reverse("password"))
    with django_assert_num_queries(3):
        client.get(reverse("password"))


def test_page_closes_and_opens_grades():
    librarian = Client()
    librarian.force_login(account(Role.LIBRARIAN), backend="library_site.authentication.AccountBackend")
    page = reverse("accounts:self_service")
    everybody = {f"{grade.stage}_{grade.position}": "on" for grade in Grade.objects.all()}
    librarian.post(page, {name: "on" for name in everybody if name != "primary_3"})
    assert list(Grade.objects.filter(self_service=False).values("stage", "position")) == [THIRD]
    assert "primary_3" in librarian.get(page).content.decode()
    librarian.post(page, everybody)
    assert not Grade.objects.filter(self_service=False).exists()


def test_sheet_of_codes_is_not_offered_to_a_closed_grade():
    pupil_of_third()
    make_reader(school_class=make_class())
    close_third()
    librarian = Client()
    librarian.force_login(account(Role.LIBRARIAN), backend="library_site.authentication.AccountBackend")
    page = librarian.get(reverse("accounts:class_codes", args=[make_class().pk]))
    assert page.context["closed"]
    assert reverse("accounts:self_service") in page.content.decode()
    assert User.objects.filter(code_until__isnull=False).count() == 0
