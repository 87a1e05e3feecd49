"""A stack of paper cards entered by keys alone, and a note that saves itself."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from activities.models import ReadingNote
from library_site.models import Role
from readers.models import ClassTeacher
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pupils():
    make_school()
    make_school_year(2026)
    names = [("张三", "zhangsan", "zs"), ("李四", "lisi", "ls"), ("王五", "wangwu", "ww")]
    rows = [
        make_reader(name, school_class=make_class(), pinyin=pinyin, initials=initials)
        for name, pinyin, initials in names
    ]
    make_loan(reader=rows[0], copy=make_copy(title=make_title("西游记")))
    return rows


def teacher():
    reader = make_reader("陈老师", category="teacher", account=make_user(Role.TEACHER))
    ClassTeacher.objects.create(reader=reader, school_class=make_class(), since=date(2026, 9, 1))
    return reader.account


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def test_cards_are_entered_by_keys_and_stay_after_a_reload(new_page, pupils):
    page = new_page(teacher())
    page.goto(f"/notes/classes/{make_class().pk}/cards/")
    page.locator("[data-cards][data-listens]").wait_for(state="attached")

    keys(page, "1", "a", "Enter")  # the first of the list, with the book that is out
    keys(page, "2", "Enter")
    keys(page, "Backspace", "3", "Enter")  # the card before gets another mark
    keys(page, "Escape", "w", "w", "Enter", "/")
    page.keyboard.insert_text("城南旧事")
    keys(page, "Enter")
    expect(page.locator(".card-chip.is-kept")).to_have_count(3)

    rows = ReadingNote.objects.order_by("pk").values_list("reader__name", "mark", "title__name", "book")
    marks = ["优", "中", ""]
    books = [("西游记", ""), (None, ""), (None, "城南旧事")]
    expected = [(pupil.name, mark, *book) for pupil, mark, book in zip(pupils, marks, books, strict=True)]
    assert list(rows) == expected
    page.reload()
    expect(page.locator(".card-chip.is-kept")).to_have_count(3)


def test_note_saves_itself_and_is_the_same_one_when_it_is_handed_in(new_page, pupils):
    pupil = make_reader("赵六", school_class=make_class(), account=make_user(Role.STUDENT))
    page = new_page(pupil.account)
    page.goto("/notes/new/")
    page.locator("[data-note][data-listens]").wait_for(state="attached")

    page.fill("[name=book]", "西游记")
    page.fill("[name=text]", "孙悟空真了不起。")
    expect(page.locator("[data-saved]")).to_contain_text("已自动保存")
    assert ReadingNote.objects.get().state == "draft"
    page.locator("[name=hand_in]").click()
    page.wait_for_url("**/notes/")

    note = ReadingNote.objects.get()
    assert (note.state, note.text, note.reader) == ("handed_in", "孙悟空真了不起。", pupil)
