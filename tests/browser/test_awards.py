"""Awards decided by keyboard, certificates and the sheet to stamp on paper."""

from datetime import date

from django.urls import reverse
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from tests.browser.conftest import PHONE
from tests.factories.awards import make_rule
from tests.factories.challenges import make_challenge
from tests.factories.circulation import make_loan
from tests.factories.honours import make_honour
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

A4_LANDSCAPE = (842, 595)
TODAY = date.today()
START = TODAY.year if TODAY.month >= 9 else TODAY.year - 1


def school_class():
    """三(1)班 of this school year, whose semesters leave no holidays: loans are made today, whatever day that is."""
    make_school()
    year = make_school_year(START)
    year.semesters.filter(number=1).update(ends_on=date(START + 1, 2, 9))
    year.semesters.filter(number=2).update(ends_on=year.ends_on)
    return make_class(entry_year=START - 2)


def paper_of(page):
    return PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))


def test_certificates_of_a_class_are_one_a_page_across_a4(new_page, live_server):
    own = school_class()
    honours = [
        make_honour(f"学生{number}", class_name="三(1)班", school_class_id=own.pk, work="书架" * 10, teacher="李敏")
        for number in range(3)
    ]
    ids = ",".join(str(row.pk) for row in honours)
    page = new_page(make_user())
    for paper in ("", "&paper=frame"):
        page.goto(f"{reverse('certificates:print')}?honours={ids}{paper}")
        printed = paper_of(page)
        assert [tuple(round(side) for side in one.get_size()) for one in printed] == [A4_LANDSCAPE] * 3
        text = printed[0].get_textpage().get_text_range()
        assert "学生0" in text and "一等奖" in text and "2026-0001" in text


def test_sheet_to_stamp_of_forty_pupils_fits_two_pages(new_page, live_server):
    own = school_class()
    for _number in range(40):
        make_reader(school_class=own)
    challenge = make_challenge(target=10, starts_on=TODAY, ends_on=TODAY)
    page = new_page(make_user())
    page.goto(reverse("challenges:sheet", args=[challenge.pk, own.pk]))
    assert len(paper_of(page)) <= 2


def test_award_is_proposed_decided_and_announced_by_keyboard(new_page, live_server):
    own = school_class()
    for name in ("张三", "李四"):
        make_loan(reader=make_reader(name, school_class=own), school_class=own)
    make_rule(most=None)
    page = new_page(make_user())
    page.goto(reverse("awards:overview"))
    page.get_by_role("button", name="生成名单").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="公布 2 项荣誉")).to_be_visible()
    page.get_by_label("原因：李四").focus()
    page.keyboard.type("转学")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="公布 1 项荣誉")).to_be_visible()
    page.get_by_role("button", name="公布 1 项荣誉").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="奖状")).to_be_visible()


def test_board_of_the_classes_keeps_the_mean_in_sight_on_a_phone(new_page, live_server):
    own = school_class()
    make_loan(reader=make_reader(school_class=own), school_class=own)
    challenge = make_challenge(starts_on=TODAY, ends_on=TODAY)
    page = new_page(make_user(), viewport=PHONE)
    page.goto(reverse("challenges:challenge", args=[challenge.pk]))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("columnheader", name="人均")).to_be_in_viewport()
