"""The calendar by keyboard, and the loan rule that shows only what was chosen."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from circulation.models import DayOverride, LoanPolicy
from tests.browser.conftest import PHONE
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(new_page):
    make_school()
    today = localdate()
    make_school_year(today.year - (today.month < 9))
    make_opening_hours()
    make_policy("student")
    return new_page(make_user())


def test_day_is_reached_by_arrow_keys_and_closed(page):
    page.goto("/settings/calendar/")
    page.locator("a[aria-current=date]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")

    today = localdate()
    expect(page).to_have_url(re.compile(f"/day/{today.isoformat()}/"))
    page.get_by_label("闭馆", exact=True).check()
    page.get_by_label("原因").fill("停电")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/settings/calendar/"))
    assert not DayOverride.objects.get(day=today).is_open


def test_year_fits_a_phone(page):
    page.set_viewport_size(PHONE)
    for address in ("/settings/calendar/", "/settings/calendar/hours/of/", "/settings/calendar/recall/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_only_the_chosen_cost_is_asked_for(page):
    page.goto("/settings/loan-rules/new/")
    expect(page.locator("[name=fee_cap]")).to_be_hidden()
    expect(page.locator("[name=suspension_cap]")).to_be_hidden()

    page.locator("[name=overdue_cost][value=suspension]").check()
    expect(page.locator("[name=suspension_cap]")).to_be_visible()
    expect(page.locator("[name=fee_cap]")).to_be_hidden()

    page.locator("[name=category]").select_option("student")
    page.locator("[name=effective_from]").fill((localdate() + timedelta(days=1)).isoformat())
    page.locator("[name=max_loans]").fill("3")
    page.locator("[name=loan_days]").fill("14")
    page.locator("[name=loan_days]").press("Enter")

    expect(page).to_have_url(re.compile(r"/settings/loan-rules/$"))
    assert LoanPolicy.objects.get(max_loans=3).overdue_cost == "suspension"
