"""The librarian's September: the next year entered, the last grade let go, the new roster applied; by mouse."""

import random
from datetime import date

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from library_site.models import Role
from readers.models import Reader, SchoolYear
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.sheets import write_sheet
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "reading-2026"


@pytest.fixture
def librarian(db):
    """A school whose running year is the last one entered; two classes in their last year, two that go on."""
    make_school()
    this_year = date.today().year - (date.today().month < 9)
    make_school_year(this_year - 1)
    make_school_year(this_year)
    for grade, names in ((6, "甲乙丙"), (4, "丁戊己")):
        for number in (1, 2):
            for name in names:
                school_class = make_class(this_year - grade + 1, number)
                make_reader(f"{name}{number}", number="", school_class=school_class, since=date(this_year, 9, 1))
    user = make_user(Role.LIBRARIAN)
    user.set_password(PASSWORD)
    user.save()
    user.year = this_year
    return user


def work():
    """What the worker would do."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        app.tasks[job.task_name](**job.args)
    with transaction.atomic():
        ProcrastinateJob.objects.all().delete()


def test_september_by_mouse(new_page, librarian, tmp_path):
    page = new_page(librarian)
    page.goto("/readers/years/")
    page.get_by_role("link", name="录入下一学年").click()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存").wait_for()
    assert SchoolYear.objects.filter(start_year=librarian.year + 1).exists()

    page.goto("/leaving/")
    page.get_by_role("link", name="年级毕业办理").click()
    page.get_by_role("button", name="为已结清的学生办理离校").click()
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text("已办理 6 人").wait_for()
    assert Reader.objects.filter(status="left").count() == 6

    rows = [[f"四({number})班", f"{name}{3 - number}"] for number in (1, 2) for name in "丁戊己"]
    random.Random(1).shuffle(rows)
    page.goto("/imports/new/roster/")
    page.locator("input[type=file]").set_input_files(write_sheet(tmp_path, ["班级", "姓名"], *rows))
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="检查数据").click()
    page.wait_for_url("**/imports/*/")
    work()
    page.reload()
    page.get_by_text("重新分班：").wait_for()
    page.get_by_role("button", name="导入", exact=True).click()
    page.wait_for_url("**/imports/*/")
    work()
    page.reload()
    page.get_by_role("button", name="撤销本次导入").wait_for()
