import pytest
from django.urls import reverse

from library_site.access import ACCESS, Open, Scope, Within, scope_of
from library_site.models import Role
from library_site.views.rights import RIGHTS
from library_site.views.roles import NOT_SHOWN, rights_table
from tests.factories.site import make_school, make_user


def test_every_url_of_the_table_is_shown_once():
    in_words = [name for _title, _prefix, rights in RIGHTS for right in rights for name in right.names]
    assert len(in_words) == len(set(in_words))
    lines = [line for _title, lines in rights_table() for line in lines]
    shown_by_name = {line.text for line in lines} & set(ACCESS)
    assert set(in_words) | shown_by_name | NOT_SHOWN == set(ACCESS)


def test_urls_of_one_right_have_one_rule():
    mixed = [
        str(right.text)
        for _title, _prefix, rights in RIGHTS
        for right in rights
        if len({ACCESS[name] for name in right.names}) > 1
    ]
    assert mixed == []


def test_widest_scope_of_several_roles_holds(monkeypatch):
    rule = Within(school=frozenset({Role.LIBRARIAN}), own_class=frozenset({Role.TEACHER}))
    monkeypatch.setitem(ACCESS, "home", rule)
    assert scope_of("home", frozenset({"teacher", "librarian"})) is Scope.SCHOOL
    assert scope_of("home", frozenset({"teacher"})) is Scope.CLASS
    assert scope_of("home", frozenset({"student"})) is None


@pytest.mark.django_db
def test_page_says_for_each_role_what_the_table_says(client):
    make_school()
    client.force_login(make_user("student"))
    page = client.get(reverse("accounts:roles"))
    desk = next(line for _title, lines in page.context["modules"] for line in lines if line.text == "打开借还台")
    assert [bool(cell) for cell in desk.cells] == [role in ACCESS["circulation:desk"] for role in Role]
    assert not isinstance(ACCESS["circulation:desk"], Open)
    assert [mine for _label, mine in page.context["heads"]] == [role is Role.STUDENT for role in Role]


@pytest.mark.django_db
def test_management_page_leads_to_what_is_open(client):
    make_school()
    client.force_login(make_user("administrator"))
    page = client.get(reverse("settings")).content.decode()
    assert reverse("imports:overview") in page
    assert reverse("accounts:roles") in page
    assert reverse("options") in page
