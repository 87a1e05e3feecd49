"""The work plan by keyboard: an item is ticked off in its place."""

from datetime import date

from django.urls import reverse
from playwright.sync_api import expect

from library_site.models import Role
from readers.models import Semester
from tests.factories.readers import make_school_year
from tests.factories.reports import make_item, make_plan
from tests.factories.site import make_school, make_user


def test_item_is_ticked_off_and_opened_again_in_its_place(new_page, live_server):
    make_school()
    make_school_year(2026)
    semester = Semester.objects.get(starts_on=date(2026, 9, 1))
    plan = make_plan(semester)
    first, second = make_item(plan, date(2026, 9, 1), "排轮流表"), make_item(plan, date(2026, 10, 1), "读书月")
    page = new_page(make_user(Role.LIBRARIAN))
    page.goto(reverse("plans:plan", args=[semester.pk]))
    page.wait_for_function("window.htmx")
    box = page.get_by_role("button", name="完成：读书月")
    box.focus()
    page.keyboard.press("Enter")
    expect(box).to_have_attribute("aria-pressed", "true")
    expect(box).to_be_focused()
    expect(page.locator("#plan-progress")).to_contain_text("已完成 1/2 项")
    second.refresh_from_db()
    first.refresh_from_db()
    assert (first.done_on, second.done_on is None) == (None, False)
    page.keyboard.press("Enter")
    expect(box).to_have_attribute("aria-pressed", "false")
    second.refresh_from_db()
    assert second.done_on is None
