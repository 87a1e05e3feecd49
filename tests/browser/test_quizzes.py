"""A quiz in a real browser: a class keyed in from paper, and a pupil who answers it."""

import re

import pytest
from playwright.sync_api import Page, expect

from activities.models import Attempt
from library_site.models import Role
from tests.factories.quizzes import make_question, make_quiz
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quiz(db):
    """A paper of three questions that is open today, and three pupils of 三(1)班."""
    make_school()
    make_school_year(2026)
    one, two, judged = make_question(), make_question(kind="several", right=[0, 2]), make_question(kind="yes_no")
    hours = {"opens_at": "2020-01-01 08:00+08:00", "closes_at": "2100-01-01 08:00+08:00"}
    row = make_quiz(one, two, judged, minutes=240, **hours)
    for name in ("张三丰", "李四光", "王小明"):
        make_reader(name, school_class=make_class(2024, 1))
    return row


def points() -> list[int | None]:
    return list(Attempt.objects.order_by("reader__number").values_list("points", flat=True))


def keying(new_page, quiz) -> Page:
    page = new_page(make_user())
    page.goto(f"/quizzes/{quiz.pk}/class/{make_class(2024, 1).pk}/key-in/")
    expect(page.locator("#keying")).to_have_attribute("data-ready", "yes")
    return page


def test_class_is_keyed_in_by_keys_alone_and_a_slip_is_put_right(new_page, quiz):
    page = keying(new_page, quiz)
    for key in ("b", "a", "c", "Space", "b", "Enter"):  # all right
        page.keyboard.press(key)
    expect(page.locator("#keying-who")).to_have_text("2 李四光")
    for key in ("a", "Backspace", "b", "-", "a", "Enter"):  # a slip taken back, no answer, wrong
        page.keyboard.press(key)
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    expect(page.locator("#keying-hint")).to_contain_text("2")  # two are empty: nothing is saved yet
    expect(page.locator("#keying-who")).to_have_text("3 王小明")
    page.keyboard.press("Enter")
    expect(page.locator("td[data-cell=points]:not(:empty)")).to_have_count(3)
    assert points() == [3, 1, 1]

    for key in ("2", "Enter", "Backspace", "b", "Enter"):  # by number back to the second pupil
        page.keyboard.press(key)
    expect(page.locator("tr[data-number='2'] td[data-cell=points]")).to_have_text("2")
    assert points() == [3, 2, 1]


def test_answers_that_could_not_be_saved_are_kept_in_the_window(new_page, quiz, console_errors):
    page = keying(new_page, quiz)
    page.keyboard.press("b")
    page.keyboard.press("a")
    page.reload()
    expect(page.locator("#keying")).to_have_attribute("data-ready", "yes")
    expect(page.locator("#keying-boxes .keying-letter")).to_have_text(["B", "A", "·"])
    assert points() == []


def test_pupil_answers_and_what_was_chosen_is_saved_by_itself(new_page, quiz):
    pupil = make_reader("赵小兰", school_class=make_class(2024, 1), account=make_user(Role.STUDENT))
    page = new_page(pupil.account)
    page.goto("/quizzes/mine/")
    page.locator("form[action*='/begin/'] button").click()
    expect(page.locator("#take")).to_have_attribute("data-ready", "yes")
    page.locator("fieldset").nth(0).locator("input").nth(1).check()
    expect(page.locator("#take-saved")).not_to_be_empty()
    page.reload()
    expect(page.locator("fieldset").nth(0).locator("input").nth(1)).to_be_checked()
    expect(page.locator("#take")).to_have_attribute("data-ready", "yes")
    hand_in = page.locator("#take > button")
    hand_in.click()
    expect(page.locator("#take-hint")).to_contain_text("2")  # two without an answer
    hand_in.click()
    page.wait_for_url(re.compile("/result/"))
    assert points() == [1]
