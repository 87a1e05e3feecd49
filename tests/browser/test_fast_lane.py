"""The fast lane in a real browser: keyboard and scanner only, whatever the input method and the order of scans."""

import pytest
from playwright.sync_api import Page, expect

from catalog.models import Copy, Title
from tests.browser.scanner import scan
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ISBN, OTHER, UNKNOWN = "9787544270878", "9787532125944", "9787020002207"


@pytest.fixture
def librarian():
    make_school()
    make_location()
    return make_user()


@pytest.fixture
def charlotte():
    return make_title("夏洛的网", isbn=ISBN, price="26.00")


@pytest.fixture
def lane(new_page, librarian) -> Page:
    page = new_page(librarian)
    page.goto("/fast-lane/")
    expect(page.locator("#lane")).to_have_attribute("data-ready", "yes")
    return page


def expect_tone(page: Page, tone: str) -> None:
    expect(page.locator("#lane")).to_have_attribute("data-tone", tone)


def barcodes(title: Title) -> list[str]:
    return sorted(Copy.objects.filter(title=title).values_list("barcode", flat=True))


@pytest.mark.parametrize("method", ["off", "pinyin", "full", "caps"])
def test_isbn_and_label_are_right_under_every_input_method(lane, charlotte, method):
    scan(lane, ISBN, method=method)
    expect_tone(lane, "opened")
    expect(lane.locator("#book")).to_contain_text("夏洛的网")
    scan(lane, "ABX00017", method=method)
    expect_tone(lane, "added")
    expect(lane.locator("#feed li")).to_have_count(1)
    expect(lane.locator("#scan")).to_have_value("")
    expect(lane.locator("#scan")).to_be_focused()
    assert barcodes(charlotte) == ["ABX00017"]


def test_label_before_isbn_is_understood(lane, charlotte):
    scan(lane, "A0000001")
    expect_tone(lane, "notice")
    scan(lane, ISBN)
    expect_tone(lane, "added")
    assert barcodes(charlotte) == ["A0000001"]


@pytest.mark.parametrize("method", ["off", "pinyin"])
def test_unknown_isbn_is_typed_and_its_label_scanned_in_the_field(lane, method):
    scan(lane, UNKNOWN)
    expect_tone(lane, "opened")
    expect(lane.locator("#draft-name")).to_be_focused()
    lane.keyboard.insert_text("三国演义")
    lane.keyboard.press("Enter")
    expect(lane.locator("#draft-author")).to_be_focused()
    lane.keyboard.insert_text("罗贯中")
    scan(lane, "AB000001", method=method)
    expect_tone(lane, "added")
    expect(lane.locator("#scan")).to_be_focused()
    title = Title.objects.get()
    assert (title.name, title.author, title.isbn) == ("三国演义", "罗贯中", UNKNOWN)
    assert barcodes(title) == ["AB000001"]


def test_nothing_is_left_of_a_book_that_is_dropped(lane):
    scan(lane, UNKNOWN)
    expect(lane.locator("#draft-name")).to_be_focused()
    lane.keyboard.insert_text("三国演义")
    lane.keyboard.press("Escape")
    expect(lane.locator("#book")).to_be_empty()
    expect(lane.locator("#scan")).to_be_focused()
    assert not Title.objects.exists()


def test_label_waits_for_the_title_that_is_typed(lane):
    scan(lane, "AB000001")
    expect_tone(lane, "notice")
    scan(lane, UNKNOWN)
    expect(lane.locator("#draft-name")).to_be_focused()
    lane.keyboard.insert_text("三国演义")
    for _field in range(6):
        lane.keyboard.press("Enter")
    expect_tone(lane, "added")
    assert barcodes(Title.objects.get()) == ["AB000001"]


def test_typed_title_is_chosen_by_its_digit_and_a_scan_is_no_choice(lane, charlotte):
    from catalog.operations.search_index import index_titles

    make_title("夏洛的网（注音版）", isbn=OTHER)
    index_titles()
    lane.keyboard.insert_text("夏洛")
    lane.keyboard.press("Enter")
    expect(lane.locator("[data-key='1']")).to_be_visible()
    scan(lane, "10000001")  # begins with the digit that would choose
    expect_tone(lane, "notice")
    assert not Copy.objects.exists()
    lane.keyboard.press("Escape")
    lane.keyboard.insert_text("夏洛")
    lane.wait_for_timeout(2100)
    lane.keyboard.press("Enter")
    expect(lane.locator("[data-key='1']")).to_be_visible()
    lane.keyboard.press("1")
    expect(lane.locator("#book")).to_contain_text("夏洛的网")
    scan(lane, "10000002")
    expect_tone(lane, "added")
    assert Copy.objects.get().barcode == "10000002"


def test_double_read_is_ignored_and_second_label_asks(lane, charlotte):
    scan(lane, ISBN)
    expect_tone(lane, "opened")
    scan(lane, "A0000001")
    scan(lane, "A0000001")
    expect(lane.locator("#hint")).not_to_be_empty()
    expect_tone(lane, "added")
    scan(lane, "A0000002")  # the next book, whose ISBN was forgotten
    expect_tone(lane, "notice")
    assert barcodes(charlotte) == ["A0000001"]
    lane.wait_for_timeout(500)
    lane.keyboard.press("Enter")
    expect_tone(lane, "added")
    assert barcodes(charlotte) == ["A0000001", "A0000002"]


def test_taken_label_says_by_what_and_keeps_the_book_open(lane, charlotte):
    make_copy("A0000001", title=make_title("三国演义"))
    scan(lane, ISBN)
    expect_tone(lane, "opened")
    scan(lane, "A0000001")
    expect_tone(lane, "refused")
    expect(lane.locator("#answer")).to_contain_text("三国演义")
    scan(lane, "A0000002")
    expect_tone(lane, "added")
    assert barcodes(charlotte) == ["A0000002"]


def test_undo_takes_the_last_back(lane, charlotte):
    scan(lane, ISBN)
    expect_tone(lane, "opened")
    scan(lane, "A0000001")
    expect_tone(lane, "added")
    lane.keyboard.press("F8")
    expect(lane.locator("#feed li")).to_have_count(0)
    expect_tone(lane, "notice")
    assert not Copy.objects.exists()
    assert Title.objects.count() == 1


def test_entry_survives_a_lost_connection_and_counts_once(lane, charlotte, console_errors):
    scan(lane, ISBN)
    expect_tone(lane, "opened")
    lane.context.set_offline(True)
    scan(lane, "A0000001")
    expect_tone(lane, "notice")
    lane.context.set_offline(False)
    expect_tone(lane, "added")
    expect(lane.locator("#feed li")).to_have_count(1)
    assert barcodes(charlotte) == ["A0000001"]
    console_errors.clear()  # the browser's own words about the lost connection


def test_what_is_filled_in_stays_over_a_reload(lane, charlotte):
    room = make_location("三楼")
    lane.reload()
    lane.locator("#lane-location").select_option(str(room.pk))
    lane.locator("#lane-source").select_option("donation")
    scan(lane, ISBN)
    expect_tone(lane, "opened")
    scan(lane, "A0000001")
    expect_tone(lane, "added")
    lane.reload()
    expect(lane.locator("#lane-location")).to_have_value(str(room.pk))
    expect(lane.locator("#feed li")).to_have_count(1)
    copy = Copy.objects.get()
    assert (copy.location, copy.source) == (room, "donation")
