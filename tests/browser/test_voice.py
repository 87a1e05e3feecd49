"""What readers say, from paper into the browser by keys alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from activities.models import Suggestion, SurveyAnswer
from library_site.models import Role
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.factories.voice import make_survey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(new_page) -> Page:
    make_school()
    make_school_year()
    return new_page(make_user(Role.LIBRARIAN))


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def slips(page: Page) -> None:
    page.goto("/suggestions/slips/")
    expect(page.locator("form[data-slip]")).to_have_attribute("data-ready", "yes")
    expect(page.locator("#id_who")).to_be_focused()


def test_slip_is_entered_by_keys_and_the_next_can_begin(office):
    reader = make_reader("王小明", school_class=make_class(), pinyin="wangxiaoming", initials="wxm")
    slips(office)
    office.keyboard.type("wxm")
    expect(office.locator("#who-found input")).to_be_checked()
    keys(office, "Enter", "Enter")  # no ISBN on the slip
    expect(office.locator("#id_name")).to_be_focused()
    office.keyboard.type("草房子")
    keys(office, "Enter", "Enter", "Enter")
    expect(office.locator(".notice.is-ok")).to_contain_text("草房子")
    expect(office.locator("#id_who")).to_be_focused()
    row = Suggestion.objects.get()
    assert (row.name, row.reader) == ("草房子", reader)


def test_one_of_several_is_chosen_by_the_arrow(office):
    school_class = make_class()
    _first, second = (make_reader("王芳", number=f"S{number}", school_class=school_class) for number in (1, 2))
    slips(office)
    office.keyboard.type("王芳")
    expect(office.locator("#who-found input")).to_have_count(2)
    keys(office, "ArrowDown", "ArrowDown", "Enter", "Enter")
    expect(office.locator("#id_name")).to_be_focused()
    office.keyboard.type("童年")
    keys(office, "Enter", "Enter", "Enter")
    expect(office.locator(".notice.is-ok")).to_contain_text("童年")
    assert Suggestion.objects.get().reader == second


def test_sheets_of_a_survey_are_keyed_in_by_digits(office):
    today = timezone.localdate()
    survey = make_survey(
        ("single", ["甲", "乙", "丙"]),
        ("several", ["丁", "戊"]),
        ("scale", []),
        opens_on=today,
        closes_on=today + timedelta(days=1),
    )
    for _sheet in range(2):
        office.goto(f"/surveys/{survey.pk}/paper/")
        expect(office.locator("#sheet")).to_have_attribute("data-ready", "yes")
        keys(office, "2", "1", "2", "Enter", "5", "Enter")  # six keys a sheet
        expect(office.locator("button", has_text="撤销上一份")).to_be_visible()
    first, second, third = survey.questions.order_by("position").values_list("pk", flat=True)
    expected = {str(first): 1, str(second): [0, 1], str(third): 5}
    assert list(SurveyAnswer.objects.values_list("answers", "is_paper")) == [(expected, True)] * 2
