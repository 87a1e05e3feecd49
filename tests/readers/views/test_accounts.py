import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from library_site.models import Role, User
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "reading-2026"
CODE = re.compile(r"slip-code\">([2-9b-z]{4}-[2-9b-z]{4})<")


@pytest.fixture(autouse=True)
def school(time_machine):
    time_machine.move_to("2026-10-12T12:20:00+08:00")
    make_school()
    make_school_year()


def logged_in(*roles):
    user = make_user(*roles)
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


def account_url(user):
    return reverse("accounts:account", args=[user.pk])


def test_list_shows_the_librarian_accounts_of_pupils_only():
    pupil, teacher = make_user(Role.STUDENT, username="pupil1"), make_user(Role.TEACHER, username="teacher1")
    page = logged_in(Role.LIBRARIAN).get(reverse("accounts:accounts"))
    assert [row for row, _class in page.context["lines"]] == [pupil]
    everything = logged_in(Role.ADMINISTRATOR).get(reverse("accounts:accounts"))
    assert {pupil, teacher} < {row for row, _class in everything.context["lines"]}


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"q": "Ling"}, "ling"), ({"q": "王"}, "wang"), ({"role": "teacher"}, "wang"), ({"state": "closed"}, "ling")],
)
def test_list_finds_by_account_name_role_and_state(asked, found):
    make_user(Role.STUDENT, username="ling", name="凌小花")
    User.objects.filter(username="ling").update(is_active=False)
    make_user(Role.TEACHER, username="wang", name="王老师")
    lines = logged_in(Role.ADMINISTRATOR).get(reverse("accounts:accounts"), asked).context["lines"]
    assert [row.username for row, _class in lines] == [found]


def test_list_costs_the_same_for_one_account_and_three(django_assert_num_queries):
    client, school_class = logged_in(Role.ADMINISTRATOR), make_class()
    client.get(reverse("accounts:accounts"))
    for _account in range(3):
        account = make_user(Role.STUDENT)
        make_reader(school_class=school_class, account=account)
        with django_assert_num_queries(5):
            client.get(reverse("accounts:accounts"))


@pytest.mark.parametrize("name", ["accounts:account", "accounts:reset"])
def test_account_of_staff_does_not_exist_for_the_librarian(name):
    client, teacher = logged_in(Role.LIBRARIAN), make_user(Role.TEACHER)
    url = reverse(name, args=[teacher.pk])
    answer = client.post(url, {"confirm_password": PASSWORD, "name": "x", "roles": ["student"]})
    assert answer.status_code == 404
    teacher.refresh_from_db()
    assert teacher.roles == [Role.TEACHER]


def test_librarian_resets_a_pupil_after_giving_the_password():
    client, pupil = logged_in(Role.LIBRARIAN), make_user(Role.STUDENT)
    url = reverse("accounts:reset", args=[pupil.pk])
    assert client.post(url).templates[0].name == "account/confirm.html"
    pupil.refresh_from_db()
    assert pupil.code_until is None
    sheet = client.post(url, {"confirm_password": PASSWORD})
    code = CODE.search(sheet.content.decode())[1]
    pupil.refresh_from_db()
    assert pupil.check_password(code)
    assert "no-store" in sheet.headers["Cache-Control"]


def test_roles_sent_along_are_not_taken_from_the_librarian():
    """A form that was tampered with: roles that the page did not offer."""
    client, pupil = logged_in(Role.LIBRARIAN), make_user(Role.STUDENT)
    values = {"name": "x", "roles": ["student", "administrator"], "is_active": "on", "confirm_password": PASSWORD}
    assert client.post(account_url(pupil), values).status_code == 422
    values |= {"roles": ["student"], "is_superuser": "on", "password": "x", "username": "other", "code_until": ""}
    assert client.post(account_url(pupil), values).status_code == 302
    before = pupil.username, pupil.password
    pupil.refresh_from_db()
    assert (pupil.username, pupil.password, pupil.roles) == (*before, ["student"])


def test_closed_account_is_logged_out_at_once():
    admin, pupil = logged_in(Role.ADMINISTRATOR), make_user(Role.STUDENT)
    theirs = Client()
    theirs.force_login(pupil, backend="library_site.authentication.AccountBackend")
    assert theirs.get(reverse("home")).status_code == 200
    answer = admin.post(account_url(pupil), {"name": "x", "roles": ["student"], "confirm_password": PASSWORD})
    assert answer.status_code == 302
    assert theirs.get(reverse("home")).status_code == 302


def test_new_account_shows_its_code_once():
    client = logged_in(Role.ADMINISTRATOR)
    reader = make_reader("赵老师", category="teacher", number="T01")
    values = {"username": "Zhao", "name": "赵老师", "roles": ["teacher"], "person": "T01"}
    assert client.post(reverse("accounts:new"), values).status_code == 422  # capital letters
    sheet = client.post(reverse("accounts:new"), values | {"username": "zhao"})
    reader.refresh_from_db()
    assert reader.account.check_password(CODE.search(sheet.content.decode())[1])
    assert CODE.search(client.get(account_url(reader.account)).content.decode()) is None


def test_account_name_that_is_taken_is_told_at_its_field():
    make_user(Role.STUDENT, username="zhao")
    values = {"username": "zhao", "name": "赵", "roles": ["student"]}
    form = logged_in(Role.LIBRARIAN).post(reverse("accounts:new"), values).context["form"]
    assert set(form.errors) == {"username"}


def test_whole_class_gets_a_sheet_and_logs_in_with_it():
    school_class = make_class()
    for number in range(1, 4):
        make_reader(school_class=school_class, number=f"100{number}")
    url = reverse("accounts:class_codes", args=[school_class.pk])
    librarian = logged_in(Role.LIBRARIAN)
    assert librarian.get(url).context["waiting"] == 3
    codes = CODE.findall(librarian.post(url).content.decode())
    assert len(codes) == 3

    pupil = Client()
    login = {"username": "1002", "password": codes[1].upper()}
    assert pupil.post(reverse("login"), login).headers["Location"] == reverse("home")
    assert pupil.get(reverse("home")).headers["Location"] == reverse("first_password")
    fragment = pupil.get(reverse("home"), headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (401, reverse("first_password"))
    new = {"new_password1": "yuedu-88", "new_password2": "yuedu-88"}
    assert pupil.post(reverse("first_password"), new).headers["Location"] == reverse("home")
    assert pupil.get(reverse("home")).status_code == 200
    assert Client().post(reverse("login"), login).status_code == 200  # the code is used up
    assert librarian.get(reverse("accounts:classes")).context["rows"][0].passwords == 1
    assert len(CODE.findall(librarian.post(url).content.decode())) == 2


@pytest.mark.parametrize(("host", "shown"), [("10.0.0.5:8000", True), ("127.0.0.1:8000", False), ("localhost", False)])
def test_slip_names_the_address_only_if_others_can_use_it(settings, host, shown):
    settings.ALLOWED_HOSTS = ["*"]
    reader = make_reader(number="1001")
    url = reverse("accounts:for_reader", args=[reader.pk])
    sheet = logged_in(Role.LIBRARIAN).post(url, headers={"Host": host}).content.decode()
    assert (f"http://{host}/" in sheet) is shown


def test_code_ends_and_only_who_has_it_is_told(time_machine):
    reader = make_reader(school_class=make_class(), number="1001")
    sheet = logged_in(Role.LIBRARIAN).post(reverse("accounts:for_reader", args=[reader.pk]))
    code = CODE.search(sheet.content.decode())[1]
    time_machine.move_to("2026-11-12T12:20:00+08:00")
    ended = Client().post(reverse("login"), {"username": "1001", "password": code}).context["form"]
    wrong = Client().post(reverse("login"), {"username": "1001", "password": "23456789"}).context["form"]
    assert ended.has_error("__all__", "code_ended")
    assert wrong.has_error("__all__", "invalid_login")


@pytest.mark.parametrize(("roles", "length", "taken"), [(["student"], 8, True), (["teacher"], 8, False)])
def test_pupils_may_have_a_shorter_password_than_staff(roles, length, taken):
    user = make_user(*roles)
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    new = "yuedu-88"[:length]
    client.post(reverse("password"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    user.refresh_from_db()
    assert user.check_password(new) is taken


@pytest.mark.parametrize(
    ("roles", "person", "days"),
    [
        (["helper"], False, 180),
        (["helper", "student"], True, None),
        (["student"], True, None),
        (["librarian"], True, 14),
    ],
)
def test_login_lasts_as_long_as_the_computer_is_ones_own(roles, person, days):
    user = make_user(*roles, username="someone")
    user.set_password(PASSWORD)
    user.save()
    if person:
        make_reader(account=user)
    client = Client()
    client.post(reverse("login"), {"username": "someone", "password": PASSWORD})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == (days * 24 * 3600 if days else "")


def test_reader_without_a_number_is_told_on_the_readers_page():
    reader = make_reader(number="")
    answer = logged_in(Role.LIBRARIAN).post(reverse("accounts:for_reader", args=[reader.pk]), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
