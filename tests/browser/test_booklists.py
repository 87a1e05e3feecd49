"""Making a booklist by keys and scanner, and posters as they come out of the printer."""

import pypdfium2
import pytest
import zxingcpp
from django.urls import reverse
from playwright.sync_api import Page, expect

from catalog.operations.search_index import index_titles
from tests.browser.conftest import PHONE
from tests.browser.scanner import scan
from tests.factories.booklists import make_item, make_list
from tests.factories.catalog import make_copy, make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ISBN = "9787020002207"
DPI, POINTS = 300, 72
A3 = (842, 1191)  # points


@pytest.fixture
def librarian():
    make_school()
    return make_user("librarian")


@pytest.fixture
def book_list():
    for name, isbn in (("昆虫记", ISBN), ("昆虫漫话", ""), ("森林报", "")):
        make_copy(title=make_title(name, isbn=isbn, clc_number="Q96"))
    index_titles()
    return make_list("科学月")


@pytest.fixture
def making(new_page, librarian, book_list) -> Page:
    page = new_page(librarian)
    page.goto(reverse("booklists:books", args=[book_list.pk]))
    expect(page.locator("html")).to_have_attribute("data-listens", "put")
    return page


def names(book_list):
    return list(book_list.items.order_by("position").values_list("name", flat=True))


def test_books_are_put_on_by_keys_alone(making, book_list):
    box = making.locator("#put-q")
    expect(box).to_be_focused()
    making.keyboard.insert_text("昆虫")
    expect(making.locator("#hits button")).to_have_count(2)
    making.keyboard.press("ArrowDown")
    making.keyboard.press("ArrowDown")
    making.keyboard.press("Escape")
    expect(box).to_be_focused()
    making.keyboard.press("ArrowDown")
    making.keyboard.press("Enter")
    expect(making.locator(".listed-book")).to_have_count(1)
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    making.keyboard.insert_text("slb")
    expect(making.locator("#hits button")).to_have_count(1)
    making.keyboard.press("ArrowDown")
    making.keyboard.press("Enter")
    expect(making.locator(".listed-book")).to_have_count(2)
    assert len(names(book_list)) == 2


@pytest.mark.parametrize("method", ["off", "caps"])
def test_scan_puts_a_book_on(making, book_list, method):
    scan(making, ISBN, method=method)

    expect(making.locator(".listed-book")).to_have_count(1)
    expect(making.locator("#put-q")).to_have_value("")
    assert names(book_list) == ["昆虫记"]


def test_reason_is_kept_and_order_changed_without_loading_the_page(making, book_list):
    for name in ("甲", "乙"):
        make_item(book_list, name=name)
    making.reload()
    expect(making.locator("html")).to_have_attribute("data-listens", "put")
    with making.expect_response("**/change/"):
        making.locator("textarea[name=reason]").first.fill("虫子的史诗")
        making.keyboard.press("Tab")
    making.get_by_role("button", name="甲", exact=False).nth(1).click()
    expect(making.locator(".listed-name").first).to_contain_text("乙")
    expect(making.locator("textarea[name=reason]").nth(1)).to_have_value("虫子的史诗")
    assert list(book_list.items.order_by("position").values_list("reason", flat=True)) == ["", "虫子的史诗"]


def test_poster_prints_on_a3_and_its_codes_lead_to_the_books(new_page, librarian, book_list, tmp_path):
    for title in (make_title(f"第{number}本", clc_number="I287", book_number=str(number)) for number in range(7)):
        make_copy(title=title)
        make_item(book_list, title, reason="很长的推荐理由" * 20)
    page = new_page(librarian)
    page.goto(
        reverse(
            "posters:posters", query={"list": book_list.pk, "per": 6, "paper": "a3", "address": "http://10.0.0.5:8000"}
        )
    )
    path = tmp_path / "posters.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    document = pypdfium2.PdfDocument(path)
    sizes = [tuple(round(side) for side in sheet.get_size()) for sheet in document]
    images = [sheet.render(scale=DPI / POINTS / 2).to_pil() for sheet in document]
    found = {code.text for image in images for code in zxingcpp.read_barcodes(image)}
    document.close()
    assert sizes == [A3, A3]
    wanted = book_list.items.values_list("title_id", flat=True)
    assert found == {f"http://10.0.0.5:8000{reverse('catalog:title', args=[key])}" for key in wanted}


@pytest.mark.parametrize("name", ["lists", "list", "books", "manage"])
def test_pages_fit_a_phone(new_page, librarian, book_list, name):
    make_item(book_list, make_title("很长的书名" * 8), reason="理由")
    page = new_page(librarian, viewport=PHONE)
    page.goto(reverse(f"booklists:{name}", args=[book_list.pk] if name in ("list", "books") else []))

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
