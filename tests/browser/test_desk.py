"""The desk in a real browser: scans come out right whatever the input method does, and the focus is never lost."""

import pytest
from playwright.sync_api import Page, expect

from circulation.models import CirculationEvent, Loan
from circulation.models.loans import OPEN
from library_site.models import Role
from tests.browser.scanner import scan
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def helper():
    make_school(desk_quiet_seconds=60)
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=2)
    return make_user(Role.HELPER)


@pytest.fixture
def reader(helper):
    return make_reader("王小明", school_class=make_class(2024, 1), card="C0000001", number="20240101", initials="wxm")


@pytest.fixture
def desk(new_page, helper, reader) -> Page:
    page = new_page(helper)
    page.goto("/desk/")
    expect(page.locator("#desk")).to_have_attribute("data-ready", "yes")
    return page


def expect_tone(page: Page, tone: str) -> None:
    expect(page.locator("#desk")).to_have_attribute("data-tone", tone)


@pytest.mark.parametrize("method", ["off", "pinyin", "full", "caps"])
def test_scan_is_right_under_every_input_method(desk, reader, method):
    copy = make_copy("ABX00017")
    scan(desk, "C0000001", method=method)
    expect_tone(desk, "opened")
    expect(desk.locator("#panel")).to_contain_text("王小明")
    expect(desk.locator("#scan")).to_have_value("")
    scan(desk, "ABX00017", method=method)
    expect_tone(desk, "lent")
    expect(desk.locator("#scan")).to_have_value("")
    expect(desk.locator("#scan")).to_be_focused()
    assert Loan.objects.get().copy == copy


def test_enter_that_chooses_a_word_of_the_input_method_submits_nothing(desk):
    session = desk.context.new_cdp_session(desk)
    session.send("Input.imeSetComposition", {"text": "wang", "selectionStart": 4, "selectionEnd": 4})
    enter = {"type": "rawKeyDown", "code": "Enter", "key": "Process", "windowsVirtualKeyCode": 229}
    session.send("Input.dispatchKeyEvent", enter)
    session.send("Input.insertText", {"text": "王小"})
    expect(desk.locator("#scan")).to_have_value("王小")
    expect_tone(desk, "idle")
    desk.keyboard.press("Enter")
    expect_tone(desk, "opened")
    expect(desk.locator("#panel")).to_contain_text("王小明")


def test_same_barcode_within_two_seconds_is_a_double_read(desk):
    make_copy("10000001")
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    scan(desk, "10000001")
    scan(desk, "10000001")
    expect(desk.locator("#hint")).not_to_be_empty()
    expect_tone(desk, "lent")
    assert Loan.objects.filter(OPEN).count() == 1
    assert CirculationEvent.objects.count() == 1


def test_escape_and_quiet_close_the_reader(new_page, helper, reader):
    make_school(desk_quiet_seconds=3)
    page = new_page(helper)
    page.goto("/desk/")
    scan(page, "C0000001")
    expect(page.locator("#panel")).to_contain_text("王小明")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_empty()
    page.wait_for_timeout(2100)  # past the time in which the same card is a double read
    scan(page, "C0000001")
    expect(page.locator("#panel")).to_contain_text("王小明")
    expect(page.locator("#panel")).to_be_empty(timeout=6000)
    expect_tone(page, "idle")


def test_focus_returns_to_the_box_after_clicks_and_refusals(desk):
    scan(desk, "99999999")
    expect_tone(desk, "refused")
    expect(desk.locator("#scan")).to_be_focused()
    desk.locator("#answer").click()
    expect(desk.locator("#scan")).to_be_focused()
    desk.evaluate("document.activeElement.blur()")
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    expect(desk.locator("#scan")).to_be_focused()


def test_question_is_answered_by_one_key_and_a_scan_is_no_answer(desk, reader):
    make_reader("王小红", school_class=make_class(2024, 1), card="C0000002", number="20240102")
    make_copy("10000001")
    desk.keyboard.type("王小")
    desk.keyboard.press("Enter")
    expect_tone(desk, "notice")
    scan(desk, "10000001")  # begins with the digit that would answer
    expect(desk.locator("#panel")).to_be_empty()
    desk.keyboard.type("王小")
    desk.wait_for_timeout(2100)
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-key='1']")).to_be_visible()
    desk.keyboard.press("1")
    expect_tone(desk, "opened")
    expect(desk.locator("#panel")).to_contain_text("王小明")


def test_second_enter_of_a_scanner_does_not_accept_an_offer(desk, reader, helper):
    from tests.factories.desk import lend

    copy, holder = make_copy("10000001"), make_reader("李华")
    lend(copy, holder, helper)
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    scan(desk, "10000001")
    desk.keyboard.press("Enter")
    expect_tone(desk, "returned")
    assert Loan.objects.filter(OPEN).count() == 0
    desk.wait_for_timeout(500)
    desk.keyboard.press("Enter")
    expect_tone(desk, "lent")
    assert Loan.objects.get(OPEN).reader == reader


def test_keys_undo_and_renew(desk, reader):
    make_copy("10000001")
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    scan(desk, "10000001")
    expect_tone(desk, "lent")
    desk.keyboard.press("F9")
    expect(desk.locator("#feed li").first).to_have_attribute("data-kind", "renewal")
    desk.keyboard.press("F8")
    expect(desk.locator("#feed li").first).to_have_attribute("data-kind", "undo")
    desk.keyboard.press("F8")
    expect(desk.locator("#feed li")).to_have_count(4)
    expect(desk.locator("#panel")).not_to_contain_text("10000001")
    assert Loan.objects.filter(OPEN).count() == 0


def test_scan_survives_a_lost_connection_and_counts_once(desk, console_errors):
    make_copy("10000001")
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    desk.context.set_offline(True)
    scan(desk, "10000001")
    expect_tone(desk, "notice")
    desk.context.set_offline(False)
    expect_tone(desk, "lent")
    assert CirculationEvent.objects.count() == 1
    console_errors.clear()  # the browser's own words about the lost connection


def test_board_is_driven_by_numbers_and_arrows(new_page, helper, reader):
    school_class = make_class(2024, 1)
    other = make_reader("张三", school_class=school_class, number="20240102")
    make_copy("10000001", title=make_title("夏洛的网"))
    page = new_page(helper)
    page.goto(f"/desk/class/{school_class.pk}/")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator(f"#reader-{other.pk}")).to_have_class("is-chosen")
    scan(page, "10000001")
    expect(page.locator(f"#reader-{other.pk}")).to_contain_text("夏洛的网")
    page.keyboard.press("ArrowUp")
    expect(page.locator(f"#reader-{reader.pk}")).to_have_class("is-chosen")
    page.wait_for_timeout(2100)
    scan(page, "10000001")
    expect(page.locator(f"#reader-{other.pk} .board-cell")).not_to_contain_text("夏洛的网")
    assert Loan.objects.filter(OPEN).count() == 0


def test_scan_that_begins_before_the_page_is_ready_loses_no_key(desk):
    code = desk.evaluate(
        """async () => {
            const { BurstReader } = await import("/static/js/desk/keys.js");
            const burst = new BurstReader({ value: "8" }); // the first key came before the script
            let at = performance.now();
            for (const digit of "0000486") burst.press({ code: `Digit${digit}`, timeStamp: (at += 8), target: {} });
            return burst.take({ timeStamp: at + 8 });
        }"""
    )
    assert code == "80000486"
