"""Counting visits in a real browser: scanner and keyboard only."""

import pytest
from django.templatetags.static import static
from playwright.sync_api import Page, expect

from circulation.models import Visit
from library_site.models import Role
from tests.browser.scanner import scan
from tests.factories.circulation import make_opening_hours
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def door(new_page) -> Page:
    make_school()
    make_school_year()
    make_opening_hours()
    for name, card in (("王小明", "K0001"), ("王小红", "K0002"), ("李华", "K0003")):
        make_reader(name, school_class=make_class(), card=card)
    page = new_page(make_user(Role.HELPER))
    page.goto("/visits/")
    expect(page.locator("#visits")).to_have_attribute("data-ready", "yes")
    return page


def expect_tone(page: Page, tone: str) -> None:
    expect(page.locator("#visits")).to_have_attribute("data-tone", tone)


@pytest.mark.parametrize("method", ["off", "pinyin", "full", "caps"])
def test_cards_count_under_every_input_method_and_a_double_read_once(door, method):
    scan(door, "K0001", method=method)
    expect_tone(door, "counted")
    scan(door, "K0001", method=method)
    expect(door.locator("#hint")).to_be_visible()
    scan(door, "K0002", method=method)
    expect(door.locator("#answer")).to_contain_text("王小红")
    assert Visit.objects.count() == 2


def test_class_counts_by_keys_and_scanning_goes_on(door):
    door.locator("#class").select_option(label="三(1)班")
    door.keyboard.press("F2")
    expect(door.locator("#heads")).to_have_value("3")
    door.keyboard.type("2")
    door.keyboard.press("Enter")
    expect_tone(door, "counted")
    expect(door.locator("#scan")).to_be_focused()
    scan(door, "K0003")  # came with the class
    expect_tone(door, "again")
    assert list(Visit.objects.values_list("kind", "heads")) == [("class", 2)]


def test_name_leads_to_a_choice_by_one_key_and_the_last_is_taken_back(door):
    door.keyboard.type("王小")
    door.keyboard.press("Enter")
    expect_tone(door, "notice")
    door.keyboard.press("2")
    expect_tone(door, "counted")
    door.keyboard.press("F8")
    expect(door.locator("#answer")).to_contain_text("已撤销")
    door.keyboard.press("F8")
    assert Visit.objects.filter(voided_at=None).count() == 0
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("clock", "turn"),
    [("11:59", None), ("12:00", "a"), ("12:10", "a"), ("12:45", "a"), ("12:50", "b"), ("13:30", None), ("14:00", "c")],
)
def test_page_knows_by_its_own_clock_whose_turn_it_is(door, clock, turn):
    """From ten minutes before; who is there goes before who comes, borrowing before reading, other days are nothing."""
    found = door.evaluate(
        """async ([address, clock]) => {
          const { turnNow } = await import(address);
          const turn = (name, day, from, until, borrows) => ({ dataset: { name, day, from, until, borrows } });
          const turns = [
            turn("x", "2026-10-13", "12:00", "13:00", "1"), turn("a", "2026-10-12", "12:10", "12:50", "1"),
            turn("b", "2026-10-12", "12:50", "13:30", "1"), turn("r", "2026-10-12", "14:00", "14:40", ""),
            turn("c", "2026-10-12", "14:00", "14:40", "1"),
          ];
          return turnNow(turns, new Date(`2026-10-12T${clock}:00`))?.dataset.name ?? null;
        }""",
        [static("js/timetable/turns.js"), clock],
    )
    assert found == turn
