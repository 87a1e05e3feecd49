from django.urls import reverse
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from library_site.models import Role
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user


def test_glance_draws_its_chart(new_page, live_server):
    make_school()
    make_school_year(2025)
    make_school_year(2026)
    school_class = make_class()
    make_loan(reader=make_reader(school_class=school_class), school_class=school_class)
    page = new_page(make_user(Role.PRINCIPAL))
    page.goto(reverse("semester_report:report"))
    expect(page.locator(".chart canvas")).to_be_visible()
    expect(page.locator(".chart")).to_have_attribute("aria-label", "各班人均借书册数")
    expect(page.get_by_role("row", name="合计")).to_contain_text("100.00%")


def test_glance_of_thirty_six_classes_prints_on_one_page(new_page, live_server):
    make_school()
    make_school_year(2025)
    make_school_year(2026)
    for number in range(1, 7):
        for entry_year in range(2021, 2027):
            make_reader(school_class=make_class(entry_year, number))
    page = new_page(make_user(Role.PRINCIPAL))
    page.goto(reverse("semester_report:report"))
    expect(page.locator("tr.is-class")).to_have_count(36)
    assert len(PdfDocument(page.pdf(prefer_css_page_size=True))) == 1
