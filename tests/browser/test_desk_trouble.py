"""The desk when answers are slow or never come, and keys are pressed meanwhile: no child gets another's book."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from circulation.models import CirculationEvent, Loan
from circulation.models.loans import OPEN
from library_site.models import Role
from tests.browser.scanner import scan
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import lend
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# Holds the answers of the desk back, or loses them, as a bad network does: `waiting` holds those held back.
NETWORK = """
window.network = {mode: "on", waiting: []};
const real = window.fetch;
window.fetch = async (...request) => {
  const {mode} = window.network;
  if (mode === "refused") return new Response("", {status: 500});
  const answer = await real(...request);
  if (mode === "lost") return new Response("", {status: 500});
  if (mode === "slow") await new Promise((go) => window.network.waiting.push(go));
  return answer;
};
"""


class Network:
    """What happens to answers: "on", "slow" (until `release`), "lost" (done, unheard), "refused" (not done)."""

    def __init__(self, page: Page):
        self.page = page

    def is_now(self, mode: str) -> None:
        self.page.evaluate("mode => { window.network.mode = mode }", mode)

    def wait_for_held(self, number: int = 1) -> None:
        self.page.wait_for_function("number => window.network.waiting.length === number", arg=number)

    def release(self) -> None:
        self.page.evaluate("() => { network.mode = 'on'; network.waiting.splice(0).forEach((go) => go()) }")


@pytest.fixture
def librarian():
    make_school(desk_quiet_seconds=60)
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=2, max_renewals=5)
    return make_user(Role.LIBRARIAN)


@pytest.fixture
def readers(librarian):
    school_class = make_class(2024, 1)
    return [
        make_reader("王小明", school_class=school_class, card="C0000001", number="20240101"),
        make_reader("李小华", school_class=school_class, card="C0000002", number="20240102"),
    ]


def open_desk(new_page, user, address="/desk/") -> Page:
    page = new_page(user)
    page.add_init_script(NETWORK)
    page.goto(address)
    expect(page.locator("#desk")).to_have_attribute("data-ready", "yes")
    return page


@pytest.fixture
def desk(new_page, librarian, readers) -> Page:
    return open_desk(new_page, librarian)


@pytest.fixture
def network(desk) -> Network:
    return Network(desk)


def expect_tone(page: Page, tone: str) -> None:
    expect(page.locator("#desk")).to_have_attribute("data-tone", tone, timeout=20_000)


def test_escape_closes_the_reader_whose_card_is_still_on_its_way(desk, network):
    make_copy("10000001")
    network.is_now("slow")
    scan(desk, "C0000001")
    network.wait_for_held()
    desk.keyboard.press("Escape")
    scan(desk, "10000001")
    network.release()
    expect_tone(desk, "notice")
    expect(desk.locator("#panel")).to_be_empty()
    assert not Loan.objects.exists()


def test_reader_does_not_close_by_itself_under_a_scan(new_page, librarian, readers):
    make_school(desk_quiet_seconds=3)
    make_copy("10000001")
    make_copy("10000002")
    page = open_desk(new_page, librarian)
    network = Network(page)
    scan(page, "C0000001")
    expect_tone(page, "opened")
    network.is_now("slow")
    scan(page, "10000001")
    network.wait_for_held()
    page.wait_for_timeout(3500)  # past the quiet time
    expect(page.locator("#panel")).to_contain_text("王小明")
    network.release()
    expect_tone(page, "lent")
    expect(page.locator("#panel")).to_be_empty(timeout=6000)


def test_books_behind_a_lost_card_are_not_lent_to_the_child_before(desk, network, console_errors):
    make_copy("10000001")
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    network.is_now("refused")
    scan(desk, "C0000002")
    scan(desk, "10000001")
    expect(desk.locator("#panel")).to_be_empty(timeout=20_000)
    network.is_now("on")
    expect_tone(desk, "notice")
    assert not Loan.objects.exists()


def test_book_scanned_again_after_its_answer_was_lost_is_not_returned(desk, network, readers):
    make_copy("10000001")
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    network.is_now("lost")
    scan(desk, "10000001")
    expect_tone(desk, "refused")
    assert Loan.objects.filter(OPEN).count() == 1
    network.is_now("on")
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    scan(desk, "10000001")
    expect_tone(desk, "lent")
    assert Loan.objects.get(OPEN).reader == readers[0]
    assert CirculationEvent.objects.count() == 1


def test_renewing_all_means_the_reader_whose_card_was_scanned_before(desk, network, librarian, readers):
    for reader in readers:
        lend(make_copy(), reader, librarian, at=timezone.now())
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    network.is_now("slow")
    scan(desk, "C0000002")
    network.wait_for_held()
    desk.keyboard.press("F9")
    network.release()
    expect(desk.locator("#feed li").first).to_contain_text("李小华")
    assert list(Loan.objects.order_by("pk").values_list("reader__name", "renewals")) == [("王小明", 0), ("李小华", 1)]


def test_held_undo_key_undoes_one_act(desk):
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    for barcode in ("10000001", "10000002"):
        make_copy(barcode)
        scan(desk, barcode)
        expect_tone(desk, "lent")
    for _repeat in range(5):  # pressed again without being let go
        desk.keyboard.down("F8")
    desk.keyboard.up("F8")
    expect_tone(desk, "notice")
    scan(desk, "99999999")  # answered after whatever the key asked for
    expect_tone(desk, "refused")
    assert Loan.objects.filter(OPEN).count() == 1


def test_renew_button_pressed_twice_renews_once(desk, network, librarian, readers):
    lend(make_copy(), readers[0], librarian, at=timezone.now())
    scan(desk, "C0000001")
    network.is_now("slow")
    button = desk.locator("#panel button")
    button.click()
    button.click()
    network.wait_for_held()
    network.release()
    expect_tone(desk, "lent")
    assert Loan.objects.get().renewals == 1


def test_offer_of_the_answer_before_is_not_taken_while_a_scan_is_under_way(desk, network, librarian, readers):
    first = make_copy("10000001")
    lend(first, readers[1], librarian)
    make_copy("10000002")
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    scan(desk, "10000001")
    expect(desk.locator("[data-key='Enter']")).to_be_visible()
    network.is_now("slow")
    scan(desk, "10000002")
    network.wait_for_held()
    desk.wait_for_timeout(500)
    desk.keyboard.press("Enter")
    network.release()
    expect_tone(desk, "lent")
    assert [loan.copy.barcode for loan in Loan.objects.filter(OPEN)] == ["10000002"]


@pytest.mark.parametrize("method", ["off", "pinyin"])
def test_scan_while_the_reason_is_being_written_is_a_scan(desk, readers, method):
    for number in range(3):
        make_copy(f"1000000{number}")
    scan(desk, "C0000001")
    expect_tone(desk, "opened")
    for number in range(3):
        scan(desk, f"1000000{number}")
        expect_tone(desk, "lent" if number < 2 else "refused")
    desk.locator("#reason").click()
    desk.keyboard.type("朗诵")
    scan(desk, "C0000002", method=method)
    expect_tone(desk, "opened")
    expect(desk.locator("#panel")).to_contain_text("李小华")
    expect(desk.locator("#scan")).to_be_focused()
    expect(desk.locator("#scan")).to_have_value("")
    assert Loan.objects.filter(OPEN).count() == 2


def test_keys_of_commands_pressed_while_writing_change_nothing_written(desk):
    desk.keyboard.type("王小")
    for key in ("F2", "F9", "F8"):
        desk.keyboard.press(key)
    expect_tone(desk, "refused")  # there is nothing to undo
    expect(desk.locator("#scan")).to_have_value("王小")


def test_question_is_answered_by_a_digit_under_an_input_method(desk):
    desk.keyboard.type("小")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-key='2']")).to_be_visible()
    desk.wait_for_timeout(300)
    session = desk.context.new_cdp_session(desk)
    key = {"type": "rawKeyDown", "code": "Digit2", "key": "Process", "windowsVirtualKeyCode": 229}
    session.send("Input.dispatchKeyEvent", key)
    session.send("Input.insertText", {"text": "２"})
    expect_tone(desk, "opened")
    expect(desk.locator("#scan")).to_have_value("")


def test_signed_out_desk_shows_no_child_any_more(desk, console_errors):
    scan(desk, "C0000001")
    expect(desk.locator("#panel")).to_contain_text("王小明")
    desk.context.clear_cookies()
    scan(desk, "99999999")
    expect_tone(desk, "refused")
    expect(desk.locator("#panel")).to_be_empty()
    console_errors.clear()  # the browser's own words about the refused request


def test_arrows_pressed_faster_than_answers_come_move_row_by_row(new_page, librarian, readers):
    page = open_desk(new_page, librarian, f"/desk/class/{make_class(2024, 1).pk}/")
    network = Network(page)
    network.is_now("slow")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    network.wait_for_held()
    network.release()
    expect(page.locator(f"#reader-{readers[1].pk}")).to_have_class("is-chosen")


def test_arrows_in_the_date_field_choose_no_pupil(new_page, librarian, readers):
    page = open_desk(new_page, librarian, f"/desk/class/{make_class(2024, 1).pk}/")
    page.locator("#on").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#on")).to_be_focused()
    expect_tone(page, "idle")
