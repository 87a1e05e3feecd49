import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from library_site.menu import menu_for
from library_site.shared.reference import current_reference
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


def request_of(user, path):
    request = RequestFactory().get(path)
    request.user, request.reference, request.resolver_match = user, current_reference(), resolve(path)
    return request


def test_menu_shows_what_the_role_may_open():
    make_school()
    desk = reverse("circulation:desk")
    assert desk in {item.url for item in menu_for(request_of(make_user("helper"), "/"))}
    assert desk not in {item.url for item in menu_for(request_of(make_user("student"), "/"))}


def test_only_the_nearest_entry_above_a_page_is_active():
    make_school()
    below_desk = reverse("circulation:out")
    items = menu_for(request_of(make_user("helper"), below_desk))
    assert [item.url for item in items if item.active] == [below_desk]
    assert [item.url for item in items if item.current] == [below_desk]


def test_page_below_an_entry_marks_it_active_but_not_current():
    make_school()
    board = reverse("circulation:board", args=[1])
    items = menu_for(request_of(make_user("librarian"), board))
    assert [(item.url, item.current) for item in items if item.active] == [(reverse("circulation:desk"), False)]


@pytest.mark.parametrize(
    ("page", "entry"), [("labels:labels", "records:hub"), ("clc:tree", "records:hub"), ("imports:overview", "settings")]
)
def test_page_with_an_address_of_its_own_marks_the_entry_it_belongs_to(page, entry):
    make_school()
    items = menu_for(request_of(make_user("librarian"), reverse(page)))
    assert [(item.url, item.current) for item in items if item.active] == [(reverse(entry), False)]


def test_who_has_what_stands_in_the_menu_of_those_who_have_no_page_above_it():
    make_school()
    out, hub = reverse("circulation:out"), reverse("lending:hub")
    assert {out, hub} & {item.url for item in menu_for(request_of(make_user("librarian"), "/"))} == {hub}
    assert {out, hub} & {item.url for item in menu_for(request_of(make_user("teacher"), "/"))} == {out}
