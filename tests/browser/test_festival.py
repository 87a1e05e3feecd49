"""A contest by hand: a pile photographed at once and named by keys, judged by keys and by touch, prizes and results."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity, Entry, Result, Score
from library_site.models import Role
from library_site.shared.pinyin import pinyin_of_name
from readers.models import ClassTeacher
from tests.browser.conftest import PHONE
from tests.factories.entries import make_contest, make_entry, make_judge, make_prizes, make_score
from tests.factories.files import picture_bytes
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
# How many photographs of the strip have no name yet.
WAITING = """left => {
  const names = [...document.querySelectorAll(".naming-strip li span")].map((span) => span.textContent);
  return names.length === 4 && names.filter((name) => name === "待认领").length === left;
}"""
NAMES = ("张三丰", "李四光", "王小明", "赵一曼")


@pytest.fixture
def contest() -> Activity:
    make_school()
    today = timezone.localdate()
    make_school_year(today.year - (today.month < 9))
    return make_contest(starts_on=today - timedelta(days=3), ends_on=today + timedelta(days=3))


@pytest.fixture
def pupils(contest):
    """Pupils of a class of today's third grade, found by their initials."""
    school_class = make_class(timezone.localdate().year - (timezone.localdate().month < 9) - 2)
    found = []
    for name in NAMES:
        pinyin, initials = pinyin_of_name(name)
        found.append(make_reader(name, school_class=school_class, pinyin=pinyin, initials=initials))
    return found


@pytest.fixture
def teacher(contest, pupils):
    account = make_user(Role.TEACHER)
    ClassTeacher.objects.create(
        reader=make_reader(category="teacher", account=account), school_class=_class_of(pupils), since=date(2020, 9, 1)
    )
    return account


def _class_of(pupils):
    return pupils[0].memberships.get().school_class


def _photographs(number: int) -> list[dict]:
    return [
        {"name": f"{place}.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes((900, 700))}
        for place in range(number)
    ]


def test_pile_is_photographed_at_once_and_named_by_initials(new_page, contest, pupils, teacher):
    page = new_page(teacher)
    page.goto(reverse("entries:photos", args=[contest.pk, _class_of(pupils).pk]))
    page.wait_for_selector(".file-drop[data-ready]")
    with page.expect_file_chooser() as chooser:
        page.click(".file-drop button")
    chooser.value.set_files(_photographs(4))
    page.wait_for_selector(".naming-strip li:nth-child(4)")
    page.wait_for_selector("[data-naming][data-ready]")

    for keys, left in (("zs", 3), ("ls", 2), ("+", 1), ("wxm", 0)):
        page.wait_for_selector("[data-naming][data-ready]")
        page.keyboard.type(keys)
        if keys != "+":
            page.wait_for_selector("button.is-marked")
            page.keyboard.press("Tab")
            page.keyboard.type(f"作品{left}")
            page.keyboard.press("Enter")
        page.wait_for_function(WAITING, arg=left)

    pages = {row.reader.name: (row.name, row.files.count()) for row in Entry.objects.select_related("reader")}
    assert pages == {"张三丰": ("作品3", 1), "李四光": ("作品2", 2), "王小明": ("作品0", 1)}


def test_names_are_ticked_by_keys_and_a_slip_is_taken_off(new_page, contest, pupils, teacher):
    page = new_page(teacher)
    page.goto(reverse("entries:tick", args=[contest.pk, _class_of(pupils).pk]))
    page.wait_for_selector("[data-ticks][data-ready]")

    for keys in ("zsf", "lsg", "lsg", "zym"):
        page.keyboard.type(keys)
        page.wait_for_selector("li.is-marked")
        page.keyboard.press("Enter")
    page.click("button:has-text('保存')")
    page.wait_for_selector(".messages")

    assert set(Entry.objects.values_list("reader__name", flat=True)) == {"张三丰", "赵一曼"}


def test_draft_saves_itself_and_is_handed_in(new_page, contest, pupils):
    pupils[0].account = make_user(Role.STUDENT)
    pupils[0].save()
    page = new_page(pupils[0].account)
    page.goto(reverse("entries:own", args=[contest.pk]))
    page.wait_for_selector("[data-autosave][data-ready]")

    page.fill("[name=text]", "那天我打开了一本书")
    page.wait_for_function("() => document.querySelector('[data-saved]').textContent.includes('草稿已保存')")
    assert Entry.objects.get().text == "那天我打开了一本书"
    page.click("[name=hand_in]")
    page.wait_for_selector("text=提交")

    assert Entry.objects.get().state == "handed_in"


def test_works_are_judged_by_keys_and_by_touch(new_page, contest, pupils):
    judge = make_judge(contest)
    for pupil in pupils[:3]:
        make_entry(contest, pupil, files=1)

    page = new_page(judge.account)
    page.goto(reverse("judging:start", args=[contest.pk]))
    page.wait_for_selector("[data-score][data-ready]")
    page.keyboard.type("91.5")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2/")
    page.wait_for_selector("[data-score][data-ready]")
    page.keyboard.press("PageDown")
    page.wait_for_url("**/3/")

    phone = new_page(judge.account, viewport=PHONE)
    phone.goto(reverse("judging:work", args=[contest.pk, 2]))
    phone.wait_for_selector("[data-score][data-ready]")
    phone.click("[data-chip='85']")
    phone.click("[data-score] button.btn-primary")
    phone.wait_for_url("**/3/")

    assert dict(Score.objects.values_list("entry__number", "value")) == {1: 91.5, 2: 85}


def test_prizes_are_dealt_a_tie_settled_and_results_published(new_page, contest, pupils):
    judge = make_judge(contest)
    for pupil, value in zip(pupils, (95, 80, 80, 60), strict=True):
        make_score(make_entry(contest, pupil), judge, value)
    make_prizes(contest, 一等奖=1, 二等奖=1)

    page = new_page(make_user())
    page.goto(reverse("results:scores", args=[contest.pk]))
    page.click("button:has-text('按得分分配奖项')")
    page.wait_for_selector("text=请人工评定")
    row = page.locator("tr", has_text="王小明")
    row.locator("summary").click()
    row.locator("select").select_option(label="二等奖")
    row.locator("[name=reason]").fill("评委合议")
    row.locator("button").click()
    page.wait_for_selector("tr:has-text('王小明') >> text=评委合议")
    page.click("button:has-text('公布')")
    page.wait_for_selector("text=已公布")

    assert set(Result.objects.values_list("reader__name", flat=True)) == {"张三丰", "王小明"}
    stranger = new_page()
    stranger.goto(reverse("results:board", args=[contest.pk]))
    assert "王**" in stranger.inner_text(".honour-board") and "王小明" not in stranger.content()
