"""The form for a new title and what other libraries know: by scanner, by choice, and without a network."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from catalog.models import MarcRecord, Title
from library_site.models import Role
from tests.factories.catalog import make_server
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.usefixtures("nothing_rests")


@pytest.fixture
def form(new_page) -> Page:
    make_school()
    return new_page(make_user(Role.LIBRARIAN))


def scan(page: Page, isbn: str) -> None:
    page.goto(reverse("records:new"))
    expect(page.locator("#id_isbn")).to_be_focused()
    page.keyboard.type(isbn)
    page.keyboard.press("Enter")


def test_scanned_isbn_fills_the_form_and_keeps_the_record(form, library_server):
    make_server(url=f"{library_server}marc21")

    scan(form, "9787534612343")
    expect(form.locator("#id_name")).to_have_value("草房子")
    expect(form.locator("#id_clc_number")).to_have_value("I287.45")
    form.locator("button[name=then][value='']").click()

    expect(form).to_have_url(re.compile("/catalogue/"))
    assert MarcRecord.objects.get(title=Title.objects.get()).format == "marc21"


def test_what_was_typed_stays(form, library_server):
    make_server(url=f"{library_server}marc21")
    form.goto(reverse("records:new"))
    form.locator("#id_author").fill("我写的")

    form.locator("#id_isbn").fill("9787534612343")
    form.locator("#id_isbn").press("Enter")

    expect(form.locator("#id_name")).to_have_value("草房子")
    expect(form.locator("#id_author")).to_have_value("我写的")


def test_one_of_several_is_chosen_and_its_isbn_checked(form, library_server):
    make_server(url=f"{library_server}marc21")
    Title.objects.create(name="Harry Potter and the chamber of secrets", isbn="9780747538493")
    form.goto(reverse("records:new"))
    form.locator("#id_name").fill("harry potter")
    form.locator(".copying button").click()

    form.locator("[data-copy]").nth(1).click()

    expect(form.locator("#id_name")).to_have_value("Harry Potter and the chamber of secrets")
    expect(form.locator("#isbn-answer [data-known]")).to_be_visible()
    expect(form.locator("[data-copy]")).to_have_count(2)


def test_form_is_usable_where_no_server_answers(form):
    make_server("不通", url="http://127.0.0.1:1/")

    scan(form, "9787534612343")
    expect(form.locator("#copying-hits")).to_contain_text("不通")
    expect(form.locator("#id_name")).to_be_focused()
    form.keyboard.type("草房子")
    form.locator("button[name=then][value='']").click()

    expect(form).to_have_url(re.compile("/catalogue/"))
    assert Title.objects.get().isbn == "9787534612343"
