from datetime import date

from django.urls import reverse
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from library_site.models import Role
from readers.models import Semester
from reports.models import EnteredFigure, Goal
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user


def make_semesters() -> None:
    make_school()
    for start_year in (2024, 2025, 2026):
        make_school_year(start_year)
    school_class = make_class()
    make_loan(reader=make_reader(school_class=school_class), school_class=school_class)


def test_whole_report_prints_on_one_page(new_page, live_server):
    make_semesters()
    Goal.objects.create(figure="books_per_student", target=4, from_year=2024)
    Goal.objects.create(figure="books_per_student", target=8, per="year", from_year=2024)
    page = new_page(make_user(Role.PRINCIPAL))
    page.goto(reverse("semester_report:report"))
    expect(page.locator("#figure-value_held")).to_be_visible()
    assert len(PdfDocument(page.pdf(prefer_css_page_size=True))) == 1


def test_figure_is_written_over_at_its_field(new_page, live_server):
    make_semesters()
    semester = Semester.objects.get(starts_on=date(2025, 9, 1))
    page = new_page(make_user(Role.LIBRARIAN))
    page.goto(f"{reverse('semester_report:report')}?semester={semester.pk}")
    page.get_by_role("link", name="手工填报：借书率").focus()
    page.keyboard.press("Enter")
    field = page.locator("#enter-borrowing_rate").get_by_label("数值（%）")
    expect(field).to_be_focused()
    field.fill("88.5")
    page.locator("#enter-borrowing_rate").get_by_label("说明").fill("纸质台账")
    page.locator("#enter-borrowing_rate").get_by_role("button", name="保存").click()
    expect(page.locator("#figure-borrowing_rate")).to_contain_text("88.50 % 手工填报")
    assert EnteredFigure.objects.get().note == "纸质台账"


def test_report_fits_a_phone(new_page, live_server):
    make_semesters()
    page = new_page(make_user(Role.PRINCIPAL))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("semester_report:report"))
    expect(page.locator("#figure-books_per_student")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
