import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from catalog.models import ClcClass, Title
from catalog.operations.search_index import index_titles
from tests.browser.conftest import PHONE
from tests.factories.catalog import make_copy, make_title
from tests.factories.site import make_school


@pytest.fixture
def books(live_server):
    make_school()
    for name in ["三国演义", "三国志", "西游记"]:
        make_copy(title=make_title(name, clc_number="I242.4"))
    index_titles()


def names(page: Page):
    return page.locator(".hit-name")


def test_hits_follow_the_typing(page, books):
    page.goto(reverse("catalog:search"))
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("sgyy")
    expect(names(page)).to_have_text(["三国演义"])
    expect(page.locator("#q")).to_be_focused()
    expect(page).to_have_url(re.compile("q=sgyy"))


def test_letters_in_the_candidate_window_are_no_question(page, books):
    asked = []
    page.on("request", lambda request: "q=" in request.url and asked.append(request.url))
    page.goto(reverse("catalog:search"))
    keyboard = page.context.new_cdp_session(page)
    for letters in ["s", "sa", "san", "san g", "san guo"]:
        keyboard.send("Input.imeSetComposition", {"text": letters, "selectionStart": 0, "selectionEnd": len(letters)})
    page.wait_for_timeout(600)  # twice the pause after which a question is asked
    assert asked == []
    keyboard.send("Input.insertText", {"text": "三国"})
    expect(names(page)).to_have_count(2)


def test_filter_and_order_stay_while_typing_goes_on(page, books):
    make_copy(title=make_title("三国演义教案", audience="teacher"))
    index_titles()
    page.goto(reverse("catalog:search") + "?q=三国")
    page.get_by_role("navigation", name="缩小检索结果").get_by_role("link", name="教师").click()
    expect(names(page)).to_have_text(["三国演义教案"])
    page.locator("#search-sort").select_option("shelf")
    expect(page).to_have_url(re.compile("sort=shelf"))
    page.locator("#q").fill("三国演义")
    expect(page).to_have_url(re.compile("q=(%[0-9A-F]{2}){12}&audience=teacher&sort=shelf"))
    expect(names(page)).to_have_text(["三国演义教案"])
    page.get_by_role("link", name="取消此限定").click()
    expect(names(page)).to_have_count(2)


def test_home_leads_by_pictures_to_books_on_a_phone(new_page, books):
    ClcClass.objects.create(code="I", name="文学", level=1)
    Title.objects.update(main_class="I")
    page = new_page(viewport=PHONE)
    page.goto(reverse("catalog:search"))
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_role("link", name="I 文学").click()
    expect(names(page)).to_have_count(3)
    names(page).first.click()
    expect(page.get_by_role("heading", name="架上相邻")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_search_works_on_a_phone_without_login_and_without_scripts(browser, live_server, books):
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(reverse("catalog:search"))
    page.locator("#q").fill("三国演义")
    page.locator("#q").press("Enter")
    expect(names(page)).to_have_text(["三国演义"])
    expect(page.locator(".hit-copies")).to_contain_text("1")
    names(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("三国演义")
    context.close()


def test_search_fits_a_phone(new_page, books):
    page = new_page(viewport=PHONE)
    page.goto(reverse("catalog:search") + "?q=三国")
    expect(names(page)).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
