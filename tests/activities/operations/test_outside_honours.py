"""Prizes entered by hand: lists as people write them, and what cannot be entered."""

from datetime import date

import pytest

from activities.models import Honour
from activities.operations.outside_honours import enter_honours
from activities.queries.winners import winners
from library_site.shared.reference import current_reference
from readers.models import ClassMembership
from tests.factories.honours import DAY, NOW
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def school():
    make_school()
    make_school_year(2025)
    make_school_year()


def read(text, award="一等奖", on=DAY):
    return winners(text, award=award, occasion="市读书节", on=on, reference=current_reference())


def states(text, **asked):
    return [row.state for row in read(text, **asked)]


def enter(text, *, as_written=False, **values):
    asked = {"occasion": "市读书节", "award": "一等奖", "level": "city", "awarded_on": DAY, "teacher": "", **values}
    return enter_honours(
        text=text, activity_id=None, as_written=as_written, reference=current_reference(), by=None, at=NOW, **asked
    )


@pytest.mark.parametrize(
    ("text", "name", "class_name", "award", "work"),
    [
        ("三(1)班 张三 二等奖 《我的 一天》", "张三", "三(1)班", "二等奖", "我的 一天"),
        ("三1\t张三", "张三", "三(1)班", "一等奖", ""),
        ("张三，特等奖", "张三", "三(1)班", "特等奖", ""),
        ("三(1)班：张三《秋》", "张三", "三(1)班", "一等奖", "秋"),
        ("三(1)班 优秀组织奖班级", "优秀组织奖班级", "三(1)班", "一等奖", ""),
        ("三(1)班", "三(1)班", "", "一等奖", ""),
        ("王芳", "王芳", "", "一等奖", ""),
        ("外校学生", "外校学生", "", "一等奖", ""),
    ],
)
def test_line_is_read_however_it_is_written(text, name, class_name, award, work):
    make_reader("张三", school_class=make_class())
    make_reader("王芳", category="teacher")
    row = read(text)[0]
    assert (row.name, row.class_name, row.line.award, row.line.work) == (name, class_name, award, work)


def test_lines_say_what_keeps_them_from_being_entered():
    make_reader("张三", school_class=make_class(2024, 1))
    make_reader("张三", school_class=make_class(2024, 2))
    assert states("三(1)班 张三\n张三\n三(3)班 张三\n李四") == ["found", "several", "unknown", "unknown"]
    assert states("三(1)班 张三", award="") == ["no_award"]


def test_pupil_counts_in_the_class_of_the_day():
    before, now = make_class(2024, 1), make_class(2024, 2)
    reader = make_reader("张三", school_class=now, since=date(2026, 9, 1))
    ClassMembership.objects.create(reader=reader, school_class=before, since=date(2025, 9, 1), until=date(2026, 9, 1))
    row = read("二(1)班 张三", on=date(2026, 5, 1))[0]
    assert (row.state, row.reader_id, row.class_name) == ("found", reader.pk, "二(1)班")


def test_nothing_is_entered_while_a_line_cannot_be():
    make_reader("张三", school_class=make_class())
    assert enter("三(1)班 张三\n三(1)班 李四") == []
    assert not Honour.objects.exists()
    assert [row.name for row in enter("三(1)班 张三\n三(1)班 李四", as_written=True)] == ["张三", "李四"]


def test_the_same_list_again_enters_nothing_twice():
    reader = make_reader("张三", school_class=make_class())
    first = enter("三(1)班 张三\n三(1)班 张三")
    assert [(row.reader_id, row.number, row.level) for row in first] == [(reader.pk, "", "city")]
    assert enter("三(1)班 张三") == []
    assert len(enter("三(1)班 张三 二等奖")) == 1


def test_prize_of_the_school_gets_a_number():
    make_reader("王芳", category="teacher")
    assert [row.number for row in enter("王芳", level="school")] == ["2026-0001"]
