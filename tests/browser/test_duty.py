"""Signing in for duty at the desk, by key and by card."""

import pytest
from playwright.sync_api import Page, expect

from circulation.models import CirculationEvent
from library_site.models import Role
from tests.browser.scanner import scan
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def helper():
    """The desk's own account, a pupil to lend to, and the keeper 值小日 with the card H0000001."""
    make_school(desk_quiet_seconds=60)
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=2)
    make_reader("王小明", school_class=make_class(2024, 1), card="C0000001")
    return make_user(Role.HELPER)


@pytest.fixture
def keeper(helper):
    return make_reader("值小日", card="H0000001", account=make_user(Role.CLASS_KEEPER))


@pytest.fixture
def desk(new_page, helper, keeper) -> Page:
    page = new_page(helper)
    page.goto("/desk/")
    expect(page.locator("#desk")).to_have_attribute("data-ready", "yes")
    return page


def test_card_after_f7_signs_in_and_the_next_scan_is_a_scan_again(desk, keeper):
    copy = make_copy("ABX00017")
    desk.keyboard.press("F7")
    expect(desk.locator("#hint")).not_to_be_empty()
    scan(desk, "H0000001")
    expect(desk.locator("#duty")).to_contain_text("值小日")
    scan(desk, "C0000001")
    expect(desk.locator("#panel")).to_contain_text("王小明")
    scan(desk, copy.barcode)
    expect(desk.locator("#desk")).to_have_attribute("data-tone", "lent")
    assert CirculationEvent.objects.get().on_duty == keeper


def test_escape_leaves_and_the_card_opens_its_reader(desk):
    desk.locator("[data-duty]").click()
    desk.keyboard.press("Escape")
    expect(desk.locator("#hint")).to_be_empty()
    scan(desk, "H0000001")
    expect(desk.locator("#panel")).to_contain_text("值小日")
    expect(desk.locator("#duty")).not_to_contain_text("值小日")
