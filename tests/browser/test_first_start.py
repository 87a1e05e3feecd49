from django.urls import reverse
from playwright.sync_api import Page, expect

from library_site.models import School
from tests.browser.conftest import PHONE


def test_whole_first_start_by_keyboard(page: Page):
    page.goto("/")
    expect(page).to_have_url(f"{page.url.split('/start')[0]}{reverse('first_start')}")
    tab_to(page, "name")
    page.keyboard.type("青松实验学校")
    page.keyboard.press("Tab")  # primary, ticked
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # junior middle as well
    expect(page.get_by_label("九年级")).to_be_visible()
    expect(page.get_by_label("高一")).to_be_hidden()
    tab_to(page, "person")
    for text in ("王老师", "wang", "reading-2026", "reading-2026"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    tab_to(page, "grade_1")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("王老师")
    assert School.objects.get().stages == ["primary", "junior"]


def test_wrong_value_brings_the_keyboard_to_its_field(page: Page):
    page.goto(reverse("first_start"))
    values = {"name": "青松小学", "person": "王老师", "username": "wang"}
    for name, value in {**values, "password": "1234567890", "password_again": "1234567890"}.items():
        page.locator(f"[name={name}]").fill(value)
    page.keyboard.press("Enter")
    expect(page.locator("[name=password]")).to_be_focused()
    expect(page.locator("#id_password_error")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("青松小学")


def test_guide_fits_a_phone(new_page):
    page = new_page(viewport=PHONE)
    page.goto(reverse("first_start"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the field has the focus; fails when the keyboard does not reach it."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"{name} is not reached by Tab")
