"""Classifying by keyboard: the queue, the picker, re-classing."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from catalog.models import Title
from catalog.operations.search_index import index_titles
from tests.browser.conftest import PHONE
from tests.factories.catalog import make_title
from tests.factories.classification import make_classification
from tests.factories.site import make_school, make_user


@pytest.fixture
def staff(live_server):
    make_school()
    make_classification()
    return make_user("librarian")


@pytest.fixture
def waiting(staff):
    """Three titles without a class; the library knows their authors."""
    make_title("草房子", author="甲某", clc_number="I287.45", clc_class_id="I287.45", main_class="I", book_number="1")
    make_title("算法", author="乙某", clc_number="TP3", clc_class_id="TP3", main_class="T", book_number="1")
    titles = [make_title(name, author=author) for name, author in [("青铜", "甲某"), ("编程", "乙某"), ("无名", "")]]
    index_titles()
    return titles


def numbers(titles):
    return [Title.objects.get(pk=title.pk).call_number for title in titles]


def done(page):
    return page.locator(".queue-number")


def test_enter_accepts_a_digit_chooses_and_f8_takes_back(new_page, staff, waiting):
    page = new_page(staff)
    page.goto(reverse("clc:queue"))
    expect(page.locator(".queue-row.is-active .queue-name")).to_have_text("青铜")
    expect(page.locator(".queue-row.is-active")).to_be_focused()
    expect(page.locator(".queue-row.is-active .queue-choice .code").first).to_have_text("I287.45")

    page.keyboard.press("Enter")
    expect(page.locator(".queue-row.is-active .queue-name")).to_have_text("编程")
    page.keyboard.press("2")
    expect(done(page)).to_have_count(2)
    assert numbers(waiting)[0] == "I287.45/2"

    page.keyboard.press("F8")
    expect(done(page)).to_have_count(1)
    expect(page.locator(".queue-row.is-active .queue-name")).to_have_text("编程")
    page.keyboard.press("1")
    expect(done(page)).to_have_count(2)
    assert numbers(waiting) == ["I287.45/2", "TP3/2", ""]


def test_letters_find_a_class_and_two_enters_take_it(new_page, staff, waiting):
    page = new_page(staff)
    page.goto(reverse("clc:queue"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    page.keyboard.type("etwx")
    expect(page.get_by_role("option", selected=True)).to_have_attribute("data-value", "I28")
    page.keyboard.press("Enter")
    expect(page.locator(".queue-row.is-active [role=combobox]")).to_have_value("I28")
    page.keyboard.press("Enter")

    expect(done(page)).to_have_text(["I28/1"])
    assert numbers(waiting) == ["", "", "I28/1"]


def test_title_that_somebody_else_classified_comes_back_with_the_reason(new_page, staff, waiting, console_errors):
    page = new_page(staff)
    page.goto(reverse("clc:queue"))
    Title.objects.filter(pk=waiting[0].pk).update(clc_number="K", book_number="9", main_class="K")

    page.keyboard.press("Enter")

    expect(page.locator(".queue-problem")).to_contain_text("K/9")
    assert numbers(waiting)[0] == "K/9"
    console_errors.clear()  # the browser lists the refused request


def test_when_all_are_done_the_next_titles_come(new_page, staff, waiting):
    page = new_page(staff)
    page.goto(reverse("clc:queue"))
    for _title in waiting:
        page.keyboard.press("Enter")

    expect(page.get_by_text("所有图书都已分类")).to_be_visible()


def test_class_is_given_to_a_batch_by_keyboard(new_page, staff):
    title = make_title("甲", clc_number="I24", book_number="3", clc_class_id="I24", main_class="I")
    page = new_page(staff)
    page.goto(reverse("clc:class", args=["I24"]))
    page.get_by_label("甲").check()
    page.get_by_role("button", name="给选中的图书改类").press("Enter")

    # What is filled in before the picker listens is never looked up.
    expect(page.get_by_label("新类号")).to_have_attribute("role", "combobox")
    page.get_by_label("新类号").fill("I287.4")
    expect(page.locator(".picker-meaning").first).to_contain_text("I287.4 小说")
    page.get_by_label("新类号").press("Enter")
    page.get_by_role("button", name="给 1 种图书改号").press("Enter")

    expect(page).to_have_url(re.compile(r"/clc/reclassings/\d+/"))
    assert numbers([title]) == ["I287.4/1"]


def test_branches_of_the_tree_open_on_demand(new_page, staff):
    page = new_page(staff)
    page.goto(reverse("clc:tree"))
    page.locator("summary", has_text="工业技术").press("Enter")

    expect(page.locator(".clc-branches .clc-branches .clc-code")).to_have_text(["TP"])


@pytest.mark.parametrize("name", ["clc:tree", "clc:queue", "clc:reclassings"])
def test_pages_fit_a_phone(new_page, staff, waiting, name):
    page = new_page(staff, viewport=PHONE)
    page.goto(reverse(name))
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
