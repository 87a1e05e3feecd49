"""Registering a class by keys, a week of lessons down one column, and the page of an activity on a phone."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from activities.models import ActivityRegistration, ActivitySession
from library_site.models import Role
from readers.models import ClassTeacher
from tests.browser.conftest import PHONE
from tests.factories.activities import make_activity
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

TODAY = timezone.localdate()
WEEKS = timedelta(days=21)


def school():
    """A school whose third grade is there today."""
    make_school()
    year = make_school_year(TODAY.year - (TODAY.month < 9))
    return make_class(year.start_year - 2, 1), make_class(year.start_year - 2, 2)


def running(**fields):
    return make_activity(starts_on=TODAY - WEEKS, ends_on=TODAY + WEEKS, **fields)


def test_class_teacher_ticks_pupils_by_initials_and_by_arrows(new_page):
    one, _two = school()
    activity = running(registration="person")
    names = (("王小明", "wxm"), ("李想", "lx"), ("王小美", "wxm"), ("赵一", "zy"))
    pupils = [make_reader(name, initials=initials, school_class=one) for name, initials in names]
    me = make_reader(category="teacher", account=make_user(Role.TEACHER))
    ClassTeacher.objects.create(reader=me, school_class=one, since=TODAY - WEEKS)
    page = new_page(me.account)
    page.goto(reverse("activities:of_class", args=[activity.pk, one.pk]))
    page.wait_for_selector("[data-listens]")
    find = page.get_by_label("姓名、拼音首字母或学号")
    expect(find).to_be_focused()

    for text in ("wxm", "wxm", "lx"):  # the second time the first one that is not ticked yet
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(find).to_have_value("")
    expect(page.locator("[data-ticks-count]")).to_have_text("3")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")  # the first one is taken off again, and the next is at hand
    expect(page.locator("[data-ticks-count]")).to_have_text("2")
    page.keyboard.press("End")
    page.get_by_role("button", name="保存").press("Enter")
    page.wait_for_url(f"**{reverse('activities:people', args=[activity.pk])}")
    now = ActivityRegistration.objects.filter(cancelled_at=None).values_list("reader__name", flat=True)
    assert set(now) == {pupils[1].name, pupils[2].name}


def test_week_of_lessons_is_entered_down_the_column(new_page):
    one, two = school()
    lesson = running(shape="lesson")
    for school_class in (one, two):
        make_reader(school_class=school_class)
    page = new_page(make_user(Role.LIBRARIAN))
    page.goto(reverse("activities:week", args=[lesson.pk]))
    page.wait_for_selector("[data-down-listens]")
    page.get_by_label("主题").fill("怎样找到一本书")
    page.locator(f"#id_held-{one.pk}").focus()
    for _class in (one, two):
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="保存本周")).to_be_focused()
    first = page.locator(f"#id_present-{one.pk}")
    first.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("41")
    page.keyboard.press("Enter")
    page.keyboard.type("39")  # what stood there was chosen
    page.get_by_role("button", name="保存本周").click()
    expect(page.locator("#messages")).to_contain_text("已登记 2 次")
    rows = dict(ActivitySession.objects.values_list("school_class", "present"))
    assert rows == {one.pk: 41, two.pk: 39}


def test_pupil_registers_on_a_phone_and_nothing_is_wider_than_it(new_page):
    one, _two = school()
    activity = running(registration="person", most=5, plan="一行\n两行", place="图书馆")
    me = make_reader(school_class=one, account=make_user(Role.STUDENT))
    page = new_page(me.account, viewport=PHONE)
    page.goto(reverse("activities:activity", args=[activity.pk]))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="报名", exact=True).click()
    expect(page.get_by_text("剩余 4 个名额")).to_be_visible()
    expect(page.get_by_role("button", name="取消报名")).to_be_visible()
