"""Class tables and reading records on a phone and on paper."""

from datetime import date

from django.urls import reverse
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from library_site.models import Role
from tests.browser.conftest import PHONE
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

PUPILS = 45


def large_class():
    """Forty-five pupils of this school year's third grade, one of whom has a book."""
    make_school()
    today = date.today()
    year = today.year if today.month >= 9 else today.year - 1
    make_school_year(year - 1)
    make_school_year(year)
    school_class = make_class(entry_year=year - 2)
    pupils = [make_reader(school_class=school_class) for _number in range(PUPILS)]
    make_loan(reader=pupils[0], school_class=school_class)
    return school_class


def test_class_table_on_a_phone_keeps_the_class_in_sight(new_page, live_server):
    large_class()
    page = new_page(make_user(Role.PRINCIPAL), viewport=PHONE)
    page.goto(reverse("class_report:table"))
    expect(page.locator(".chart canvas")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    frame = page.locator("#class-table .table-frame")
    frame.evaluate("frame => { frame.scrollLeft = frame.scrollWidth; }")
    expect(page.get_by_role("link", name="三(1)班")).to_be_in_viewport()


def test_months_of_a_class_are_reached_from_the_table_by_keyboard(new_page, live_server):
    large_class()
    page = new_page(make_user(Role.PRINCIPAL))
    page.goto(reverse("class_report:table"))
    page.get_by_role("link", name="三(1)班").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("三(1)班分月情况")


def test_record_of_a_large_class_fits_one_page(new_page, live_server):
    school_class = large_class()
    page = new_page(make_user())
    page.goto(reverse("pupil_records:record", args=[school_class.pk]))
    paper = PdfDocument(page.pdf(prefer_css_page_size=True))
    text = paper[0].get_textpage().get_text_range()
    assert len(paper) == 1
    assert "班主任" in text
