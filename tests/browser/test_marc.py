"""A bookseller's file comes in, and the catalogue leaves again as MARC records; by keyboard and mouse."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from catalog.models import Copy
from catalog.rules.marc import iso2709
from library_site.models import Role
from tests.browser.conftest import PHONE
from tests.factories.catalog import make_location
from tests.factories.marc import cnmarc, write_marc
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def librarian(db):
    make_school()
    make_school_year(date.today().year - (date.today().month < 9))
    make_location("流通书库")
    return make_user(Role.LIBRARIAN)


@pytest.fixture
def file(tmp_path):
    good = [
        cnmarc(
            name,
            encoding="gb18030",
            number=str(number),
            t200=[("a", name), ("f", f"{author}著")],
            t905=[("b", f"D04039{number}-{number + 1}"), ("d", "I287.45"), ("e", str(number))],
        )
        for number, name, author in ((1, "草房子", "曹文轩"), (5, "狼王梦", "沈石溪"))
    ]
    broken = cnmarc("断了的书", encoding="gb18030")[:-6] + b"\x1d"
    return write_marc(tmp_path, good[0], broken, good[1], between=b"\r\n")


def work():
    """What the worker would do."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        app.tasks[job.task_name](**job.args)
    with transaction.atomic():
        ProcrastinateJob.objects.all().delete()


def no_wider_than_the_page(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_file_of_a_bookseller_comes_in_and_leaves_again(new_page, librarian, file, tmp_path):
    page = new_page(librarian)
    page.goto("/records/")
    page.get_by_role("link", name="导入", exact=False).first.click()
    page.get_by_role("link", name="导入 MARC 数据").click()
    page.get_by_label("MARC 文件").set_input_files(str(file))
    page.get_by_role("button", name="下一步").click()

    page.get_by_label("新增馆藏的馆藏地点").fill("新书架")
    page.get_by_label("图书来源").select_option("purchase")
    page.get_by_label("图书来源").press("Tab")
    page.get_by_role("button", name="检查记录").press("Enter")
    page.wait_for_url("**/imports/*/")
    work()
    page.reload()
    page.get_by_text("最后一个字段没有结束").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载待修复的记录").click()
    assert "断了的书".encode("gb18030") in Path(download.value.path()).read_bytes()
    page.get_by_role("button", name="导入", exact=True).click()
    page.wait_for_load_state()
    work()
    page.reload()
    page.get_by_role("link", name="打印标签").wait_for()
    assert Copy.objects.filter(location__name="新书架").count() == 4

    page.goto("/marc/export/")
    page.get_by_label("条码号或 ISBN").fill("D040391")
    page.get_by_label("导出哪些书目").select_option("list")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载").click()
    data = Path(download.value.path()).read_bytes()
    (raw,) = iso2709.split_records(BytesIO(data))
    assert iso2709.decode(raw)[0]["200"]["a"] == "草房子"


@pytest.mark.parametrize("path", ["/imports/new/marc/", "/marc/export/"])
def test_pages_fit_a_phone(new_page, librarian, path):
    page = new_page(librarian, viewport=PHONE)
    page.goto(path)

    assert no_wider_than_the_page(page)
