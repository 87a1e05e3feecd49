import pypdfium2
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.factories.site import make_school, make_user

A4 = (595, 842)  # points


@pytest.fixture
def staff(transactional_db):
    make_school()
    return make_user("librarian")


def test_failed_request_in_the_background_is_told(new_page, staff, console_errors):
    page = new_page(staff)
    page.goto(reverse("home"))
    expect(page.locator("#failure")).to_be_hidden()
    page.evaluate("htmx.ajax('GET', '/no-such-page/', '#content')")
    expect(page.locator("#failure")).to_be_visible()
    expect(page.locator("[data-failure=network]")).to_be_hidden()
    page.locator("#failure-close").click()
    expect(page.locator("#failure")).to_be_hidden()
    assert any("404" in text for text in console_errors)
    console_errors.clear()


def test_skip_link_is_first_and_leads_to_the_content(new_page, staff):
    page = new_page(staff)
    page.goto(reverse("home"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_print_sheets_are_a4_each_on_a_page_of_its_own(new_page, staff, settings, tmp_path):
    settings.DEBUG = True
    page = new_page(staff)
    page.goto(reverse("style"))
    path = tmp_path / "style.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(path)
    sizes = [tuple(round(side) for side in document[number].get_size()) for number in range(len(document))]
    document.close()
    assert sizes[-1] == A4[::-1]
    assert set(sizes[:-1]) == {A4}


# Waits for the event: the page's own policy forbids the evaluation of text that repeated looking would take.
SCROLLED = """
    frame => new Promise(done => {
        if (frame.scrollLeft > 0) done();
        frame.addEventListener("scroll", () => done(), {once: true});
    })
"""


def test_wide_table_on_a_phone_scrolls_by_keyboard(new_page, staff, settings):
    settings.DEBUG = True
    page = new_page(staff, viewport=PHONE)
    page.goto(reverse("style"))
    frame = page.locator(".table-frame").first
    frame.focus()
    page.keyboard.press("ArrowRight")
    expect(frame).to_be_focused()
    frame.evaluate(SCROLLED)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
