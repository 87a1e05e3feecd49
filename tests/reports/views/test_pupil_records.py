"""The pupils' reading records: who reaches which, and that looks and files are recorded."""

import re
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from circulation.models import RetentionRun
from library_site.models import ListExport, Role
from readers.models import ClassTeacher, Semester
from reports.models import ReportOptions
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
OVERVIEW, PRINT = reverse("pupil_records:overview"), reverse("pupil_records:print_all")


@pytest.fixture
def school_class():
    with time_machine.travel(datetime.fromisoformat("2026-11-20T12:00:00+08:00"), tick=False):
        make_school()
        make_school_year(2026)
        own = make_class()
        reader = make_reader("赵小明", school_class=own, number="001")
        make_loan(reader=reader, school_class=own, copy=make_copy(title=make_title("稻草人")))
        make_reader("孙小刚", school_class=make_class(number=2), number="002")
        yield own


@pytest.fixture
def librarian(client, school_class):
    client.force_login(make_user())
    return client


@pytest.fixture
def teacher(client, school_class):
    account = make_user(Role.TEACHER)
    ClassTeacher.objects.create(
        reader=make_reader(category="teacher", account=account), school_class=school_class, since=date(2026, 9, 1)
    )
    client.force_login(account)
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def record(school_class) -> str:
    return reverse("pupil_records:record", args=[school_class.pk])


def book_of(answer):
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))


def test_overview_names_classes_and_no_pupil(librarian):
    text = text_of(librarian.get(OVERVIEW))
    assert "三(1)班 1" in text
    assert "赵小明" not in text
    assert not ListExport.objects.exists()


def test_record_of_a_class_is_shown_without_titles_and_the_look_is_recorded(librarian, school_class):
    text = text_of(librarian.get(record(school_class)))
    assert "001 赵小明 1" in text
    assert "稻草人" not in text
    look = ListExport.objects.get()
    assert (look.what, look.rows) == ("look.pupil_records", 1)


def test_titles_are_named_where_the_school_has_switched_that_on(librarian, school_class):
    ReportOptions.objects.create(pk=1, titles_in_records=True)
    assert "001 赵小明 1 《稻草人》" in text_of(librarian.get(record(school_class)))
    answer = librarian.get(reverse("pupil_records:export", args=[school_class.pk]))
    assert "《稻草人》" in [cell.value for row in book_of(answer).active.iter_rows() for cell in row]


def test_file_of_a_class_keeps_zeros_and_is_recorded(librarian, school_class):
    answer = librarian.get(reverse("pupil_records:export", args=[school_class.pk]))
    rows = [[cell.value for cell in row] for row in book_of(answer).active.iter_rows()]
    assert ["001", "赵小明", 1] in rows
    assert ListExport.objects.get().what == "export.pupil_records"


def test_file_and_print_of_all_classes_hold_each(librarian):
    book = book_of(librarian.get(reverse("pupil_records:export_all")))
    assert book.sheetnames == ["三(1)班", "三(2)班"]
    text = text_of(librarian.get(PRINT))
    assert "赵小明" in text
    assert "孙小刚" in text
    assert [row.rows for row in ListExport.objects.order_by("pk")] == [2, 2]


def test_class_teacher_reaches_the_own_class_only(teacher, school_class):
    text = text_of(teacher.get(OVERVIEW))
    assert "三(1)班" in text
    assert "三(2)班" not in text
    assert teacher.get(record(school_class)).status_code == 200
    assert teacher.get(record(make_class(number=2))).status_code == 404
    assert teacher.get(reverse("pupil_records:export", args=[make_class(number=2).pk])).status_code == 404
    assert teacher.get(PRINT).status_code == 403


def test_class_teacher_has_no_record_of_the_time_before(teacher, school_class):
    make_school_year(2025)
    spring = Semester.objects.get(school_year__start_year=2025, number=2)
    before = {"semester": spring.pk}
    asked = [record(school_class), reverse("pupil_records:export", args=[school_class.pk])]
    assert [teacher.get(address, before).status_code for address in asked] == [404, 404]
    assert "二(1)班" not in text_of(teacher.get(OVERVIEW, before))

    ClassTeacher.objects.update(since=date(2026, 3, 1))
    assert teacher.get(record(school_class), before).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.LIBRARIAN, Role.TEACHER)])
def test_records_are_for_librarian_and_class_teacher(client, school_class, role):
    client.force_login(make_user(role))
    assert client.get(record(school_class)).status_code == 403


def test_forgotten_period_has_no_record_and_no_file(librarian, school_class):
    RetentionRun.objects.create(kind="retention", before=date(2026, 10, 1), at=timezone.now())
    assert "2026-10-01以前谁借过什么书已作匿名处理" in text_of(librarian.get(OVERVIEW))
    assert "赵小明" not in text_of(librarian.get(record(school_class)))
    assert librarian.get(reverse("pupil_records:export", args=[school_class.pk])).status_code == 404
    assert not ListExport.objects.exists()
