"""Class boxes and book corners in a real browser, under a Chinese input method, without a mouse."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from circulation.models import Loan
from circulation.models.loans import OPEN
from library_site.models import Role
from readers.models import ClassTeacher
from tests.browser.scanner import scan
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_box, make_class_loan, make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school_class():
    make_school(desk_quiet_seconds=60)
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=2)
    return make_class(2024, 1)


@pytest.fixture
def box(school_class):
    return make_box("图书箱甲", school_class=school_class)


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#desk")).to_have_attribute("data-ready", "yes")
    return page


def expect_tone(page: Page, tone: str) -> None:
    expect(page.locator("#desk")).to_have_attribute("data-tone", tone)


@pytest.mark.cases("CB-1", "CB-4")
@pytest.mark.parametrize("method", ["off", "pinyin"])
def test_box_is_filled_and_emptied_by_scanning(new_page, box, method):
    for number in range(2):
        make_copy(f"ABX0000{number}", title=make_title(f"书名{number}"))
    page = opened(new_page(make_user(Role.HELPER)), f"/class-boxes/{box.pk}/?way=in")
    for number in range(2):
        scan(page, f"ABX0000{number}", method=method)
        expect(page.locator("#box-count")).to_contain_text(f"{number + 1} / 40")
    expect_tone(page, "lent")
    page.keyboard.press("F8")
    expect(page.locator("#box-count")).to_contain_text("1 / 40")
    expect(page.locator("#box-books")).not_to_contain_text("书名1")
    opened(page, f"/class-boxes/{box.pk}/?way=back")
    scan(page, "ABX00000", method=method)
    expect_tone(page, "returned")
    expect(page.locator("#box-count")).to_contain_text("0")
    assert not Loan.objects.filter(OPEN).exists()


@pytest.mark.cases("CB-7", "CB-9")
def test_class_teacher_lends_from_the_corner_by_keys_alone(new_page, box, school_class):
    user = make_user(Role.TEACHER)
    teacher = make_reader(category="teacher", account=user)
    ClassTeacher.objects.create(reader=teacher, school_class=school_class, since=date(2026, 9, 1))
    make_reader("王小明", school_class=school_class, number="1")
    for barcode, name in (("ABX00017", "夏洛的网"), ("ABX00018", "草房子")):
        make_class_loan(box, school_class, copy=make_copy(barcode, title=make_title(name)))
    page = opened(new_page(user), f"/class-boxes/corner/{school_class.pk}/")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#panel")).to_contain_text("王小明")
    scan(page, "ABX00017")
    expect(page.locator("#board")).to_contain_text("夏洛的网")
    scan(page, "ABX00018")
    expect(page.locator("#board")).to_contain_text("草房子")
    expect_tone(page, "lent")
    page.keyboard.press("Escape")
    scan(page, "ABX00017")
    expect_tone(page, "returned")
    expect(page.locator("#board")).not_to_contain_text("夏洛的网")
    assert Loan.objects.get(OPEN, kind="corner").copy.barcode == "ABX00018"
