"""A class of 40 at noon: each child returns one book and borrows two, by scanner and keyboard alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from circulation.models import Loan
from circulation.models.loans import OPEN
from library_site.models import Role
from tests.browser.scanner import scan
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import lend
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
CHILDREN = 40


@pytest.fixture
def helper():
    make_school(desk_quiet_seconds=60)
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=2)
    return make_user(Role.HELPER)


@pytest.fixture
def children(helper):
    """Readers with a card and one book out, two books in hand: [(card, out, wanted, wanted)]."""
    school_class, rows = make_class(2024, 1), []
    for number in range(CHILDREN):
        reader = make_reader(school_class=school_class, card=f"C{number:07d}")
        out, one, two = (make_copy(f"{kind}{number:07d}") for kind in (1, 2, 3))
        lend(out, reader, helper, at=timezone.now() - timedelta(days=3))
        rows.append((f"C{number:07d}", out.barcode, one.barcode, two.barcode))
    return rows


def counted(page: Page) -> dict[str, int]:
    """Counts what the page asks the server's views (not its files) and the keys that arrive from now on."""
    counts = {"requests": 0}

    def count(request):
        counts["requests"] += "/static/" not in request.url

    page.on("request", count)
    page.evaluate("window.keys = 0; addEventListener('keydown', () => (window.keys += 1), true)")
    return counts


def test_a_class_of_40_is_served_by_keyboard_alone(new_page, helper, children, record_property):
    page = new_page(helper)
    page.goto("/desk/")
    expect(page.locator("#desk")).to_have_attribute("data-ready", "yes")
    counts = counted(page)
    for card, out, one, two in children:
        for code, tone in [(card, "opened"), (out, "returned"), (one, "lent"), (two, "lent")]:
            scan(page, code)
            expect(page.locator("#desk")).to_have_attribute("data-tone", tone)
        expect(page.locator("#panel tbody tr")).to_have_count(2)
        expect(page.locator("#scan")).to_be_focused()
    keys = page.evaluate("window.keys")
    record_property("keys_per_child", keys / CHILDREN)
    record_property("requests_per_child", counts["requests"] / CHILDREN)
    assert counts["requests"] == 4 * CHILDREN  # a scan is one request, and nothing else asks the server
    assert keys == 4 * 9 * CHILDREN  # eight signs and Enter a scan: no key but the scanner's
    assert Loan.objects.filter(OPEN).count() == 2 * CHILDREN
    assert Loan.objects.exclude(returned_at=None).count() == CHILDREN
