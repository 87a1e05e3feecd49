import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.factories.site import make_school, make_user


def test_login_by_keyboard_leads_to_the_page_that_was_asked_for(page: Page):
    make_school()
    user = make_user("librarian", name="王老师", username="wang")
    user.set_password("reading-2026")
    user.save()
    page.goto(reverse("home"))
    page.keyboard.type("wang")
    page.keyboard.press("Tab")
    page.keyboard.type("reading-2026")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("王老师")


def test_language_switch_keeps_the_page(new_page):
    make_school()
    page = new_page(make_user("librarian"))
    page.goto(reverse("home"))
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(reverse("home"))


def test_phone_menu_opens_and_logs_out(new_page):
    make_school()
    page = new_page(make_user("librarian"), viewport=PHONE)
    page.goto(reverse("home"))
    expect(page.get_by_role("button", name="退出")).to_be_hidden()
    page.get_by_role("button", name="菜单").click()
    # Until it is wholly open the menu pushes the page down, and a press would end on another spot than it began.
    expect(page.locator("#menu")).to_have_class(re.compile(r"\bcollapse\b.*\bshow\b"))
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
