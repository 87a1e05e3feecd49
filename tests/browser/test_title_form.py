"""The cataloguing form by scanner and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from catalog.models import Title
from tests.browser.scanner import scan
from tests.factories.catalog import make_copy, make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ISBN = "9787534618741"


@pytest.fixture
def page(new_page):
    make_school()
    page = new_page(make_user())
    page.goto("/records/new/")
    return page


def test_scanned_isbn_of_a_held_book_leads_to_its_copies(page):
    copy = make_copy(title=make_title("草房子", isbn=ISBN))

    scan(page, ISBN)

    expect(page.locator("#isbn-answer")).to_contain_text("草房子")
    expect(page.get_by_role("link", name="添加复本")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/copies/title/{copy.title_id}/add/"))
    assert Title.objects.count() == 1


def test_new_book_is_entered_by_scanner_and_keyboard_alone(page):
    scan(page, ISBN)
    expect(page.locator("#isbn-answer")).to_contain_text("目录中还没有这本书")
    expect(page.locator("#id_name")).to_be_focused()

    page.keyboard.insert_text("草房子")
    for _field in range(3):
        page.keyboard.press("Tab")
    page.keyboard.insert_text("曹文轩")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/copies/title/\d+/add/"))
    title = Title.objects.get()
    assert (title.isbn, title.name, title.author) == (ISBN, "草房子", "曹文轩")


def test_wrong_isbn_is_said_on_leaving_the_field(page):
    page.keyboard.type("9787534618742")
    page.keyboard.press("Tab")

    expect(page.locator("#isbn-answer")).to_contain_text("校验位不符")
