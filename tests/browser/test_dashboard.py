from django.urls import reverse
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from library_site.models import Role
from tests.browser.conftest import PHONE
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user


def open_dashboard(new_page, **more):
    make_school()
    make_school_year(2025)
    make_school_year(2026)
    school_class = make_class()
    make_loan(reader=make_reader(school_class=school_class), school_class=school_class)
    page = new_page(make_user(Role.PRINCIPAL), **more)
    page.goto(reverse("reports:dashboard"))
    return page


def test_charts_are_drawn_and_their_numbers_unfold(new_page, live_server):
    page = open_dashboard(new_page)
    expect(page.locator(".chart canvas").first).to_be_visible()
    expect(page.locator("[data-chart=dashboard-leaders]")).to_have_attribute("aria-label", "借书最多的班级")
    leaders = page.locator("figure").filter(has_text="借书最多的班级")
    expect(leaders.get_by_role("row", name="1. 三(1)班")).not_to_be_visible()
    leaders.get_by_text("图中数据").click()
    expect(leaders.get_by_role("row", name="1. 三(1)班")).to_be_visible()


def test_numbers_of_the_charts_are_on_paper(new_page, live_server):
    page = open_dashboard(new_page)
    expect(page.locator(".chart canvas").first).to_be_visible()
    paper = PdfDocument(page.pdf(prefer_css_page_size=True))
    text = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    assert "1.三(1)班" in "".join(text.split())
    assert len(paper) <= 3


def test_phone_shows_the_charts_within_its_width(new_page, live_server):
    page = open_dashboard(new_page, viewport=PHONE)
    expect(page.locator(".chart canvas").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
