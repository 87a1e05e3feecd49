"""The inspection folder: its choice, its parts, and the document."""

import re
from datetime import date, datetime
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from library_site.models import Role
from readers.models import Meeting
from reports.models import WorkPlan
from reports.rules.inspection import KEYS
from tests.factories.reports import make_care, make_item
from tests.factories.site import make_school, make_user
from tests.reports.papers import DAY, PUPIL, fill, make_semester

pytestmark = pytest.mark.django_db
CHOOSE, FOLDER, WORD = (reverse(f"inspection:{name}") for name in ("choose", "folder", "word"))


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(datetime.fromisoformat("2026-11-20T12:00:00+08:00"), tick=False):
        yield


@pytest.fixture
def semester():
    make_school(name="和平小学")
    return make_semester()


@pytest.fixture
def principal(client, semester):
    client.force_login(make_user(Role.PRINCIPAL))
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def part(answer, key: str) -> str:
    """What one part of the folder says."""
    found = re.search(
        rf'<section class="sheet paper folder-part" id="{key}".*?</section>', answer.content.decode(), re.S
    )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def test_every_part_can_be_chosen_and_is_at_first(principal):
    page = principal.get(CHOOSE).content.decode()

    assert re.findall(r'name="part" value="(\w+)" id="part-\w+" checked', page) == list(KEYS)


def test_folder_begins_with_contents_in_the_order_of_the_parts(principal, semester):
    fill(semester)
    text = text_of(principal.get(FOLDER))

    assert "和平小学 图书馆工作台账 2026–2027学年 目录 序号 内容 页数 备注 1 领导小组" in text
    assert text.index("18 馆舍保洁与防护登记") < text.index("1 领导小组 图书馆工作领导小组共1人。")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("group", "王校长 副校长"),
        ("rules", "借阅制度 2025-09-01 未确认 1 2026-10-08 借阅制度 爱护图书。"),
        ("plans", "指导思想 以读书促成长 工作目标完成情况"),
        ("plans", "2026年10月 新书上架 李老师"),
        ("summaries", "【借阅与服务】 本学期外借图书1册次"),
        ("figures", "生均借书册数 0.50 学生外借册数 ÷ 在校学生数: 1 ÷ 2"),
        ("classes", "三(1)班 1 2 0.50 1 50.00% 1 0 —"),
        ("months", "2026年10月 1 0 0 0 0 1 1 0 0.00 1"),
        ("visits", "三(1)班 2 1 0 1"),
        ("holdings", "I 1 1 28.00"),
        ("standards", "馆藏册数 ≥ 40 册 1 39 册 未达标"),
        ("accessions", "2026-10-08 2026年秋季 新华书店 1 1 28.00"),
        ("activities", "2026-10-08 朗诵会 朗诵比赛 40 0 0"),
        ("honours", "2026-10-08 朗诵会 一等奖 校级 1"),
        ("booklists", "2026-10-08 三年级书目"),
        ("helpers", "三(1)班 1 0"),
        ("meetings", "新学期工作会 2026-10-08 · 其他会议 布置新书上架。"),
        ("development", "2026-10-08 培训 李老师 分类编目培训"),
        ("care", "2026-10-08 防火 全部馆室 李老师 灭火器在有效期内"),
    ],
)
def test_part_has_what_was_recorded(principal, semester, key, words):
    fill(semester)

    assert words in part(principal.get(FOLDER), key)


def test_no_pupil_is_named(principal, semester):
    fill(semester)

    assert PUPIL not in text_of(principal.get(FOLDER))


def test_part_without_records_says_so(principal):
    answer = principal.get(FOLDER, {"part": ["plans", "meetings"]})

    assert "1 工作计划 本部分没有记录。" in part(answer, "plans")
    assert "2 会议记录 本部分没有记录。" in part(answer, "meetings")


def test_only_chosen_parts_are_printed_and_numbered(principal, semester):
    fill(semester)
    answer = principal.get(FOLDER, {"part": ["care", "group", "nonsense"]})

    assert re.findall(r'class="sheet paper folder-part" id="(\w+)"', answer.content.decode()) == ["group", "care"]
    assert "2 馆舍保洁与防护登记" in part(answer, "care")


def test_folder_of_another_year(principal, semester):
    fill(semester)
    answer = principal.get(FOLDER, {"year": "2025", "part": ["care", "group"]})

    assert "2025–2026学年" in text_of(answer)
    assert "本部分没有记录。" in part(answer, "care")
    assert "王校长" in part(answer, "group")


def test_every_part_can_be_signed(principal):
    assert principal.get(FOLDER).content.decode().count("分管领导：") == len(KEYS) + 1


def test_document_has_the_same_parts(principal, semester):
    fill(semester)
    answer = principal.get(WORD)
    made = Document(BytesIO(b"".join(answer.streaming_content)))
    titles = [row.text for row in made.paragraphs if row.style.name == "Heading 1"]

    assert [row.cells[1].text for row in made.tables[0].rows[1:]] == titles
    assert len(titles) == len(KEYS)
    assert "灭火器在有效期内" in [cell.text for table in made.tables for row in table.rows for cell in row.cells]


def test_without_years_there_is_no_folder(client):
    make_school()
    client.force_login(make_user(Role.LIBRARIAN))

    assert "还没有录入学期" in text_of(client.get(CHOOSE))
    assert client.get(FOLDER).status_code == 404


@pytest.mark.parametrize("role", Role.values)
def test_folder_is_for_librarian_and_principal(client, semester, role):
    client.force_login(make_user(role))
    expected = 200 if role in (Role.LIBRARIAN, Role.PRINCIPAL) else 403

    assert [client.get(address).status_code for address in (CHOOSE, FOLDER, WORD)] == [expected] * 3


def test_statements_do_not_grow_with_the_records(principal, semester):
    fill(semester)
    principal.get(FOLDER)
    with CaptureQueriesContext(connection) as one:
        principal.get(FOLDER)
    for number in range(2):
        make_care("dust", on=DAY, found=str(number))
        Meeting.objects.create(kind="other", title=f"例会{number}", held_on=DAY)
        make_item(WorkPlan.objects.get(), date(2026, 11, 1))
    with CaptureQueriesContext(connection) as more:
        principal.get(FOLDER)

    assert len(more) == len(one)
