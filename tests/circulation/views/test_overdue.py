"""The pages of books to come back: the list, slips, chat text, letters, the semester's end, the contest."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circulation.models import Loan, RecallDate, Reminder
from library_site.models import Role
from readers.models import ClassTeacher, Semester
from tests.factories.catalog import make_copy, make_title
from tests.factories.charges import make_charge
from tests.factories.circulation import make_loan
from tests.factories.desk import NOON, take_back
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user


def browser(user):
    client = Client()
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


def late(name="张三", school_class=None, title="红岩", days=3, **fields):
    reader = make_reader(name, school_class=school_class or make_class(2024, 1), **fields)
    copy = make_copy(title=make_title(title, price="25.00"))
    return make_loan(
        reader=reader, copy=copy, lent_at=NOON - timedelta(days=30), due_on=NOON.date() - timedelta(days=days)
    )


def text_of(client, name, **asked):
    answer = client.get(reverse(f"overdue:{name}"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def office(library):
    return browser(library.librarian)


@pytest.fixture
def teacher(library):
    """The class teacher of 三(1)班."""
    user = make_user(Role.TEACHER)
    reader = make_reader("班主任", category="teacher", account=user)
    ClassTeacher.objects.create(reader=reader, school_class=library.school_class, since=date(2020, 9, 1))
    return browser(user)


def test_list_shows_who_has_what_for_how_long(office):
    late(days=3)
    late("李四", make_class(2024, 2), "城南旧事", days=20)
    text = text_of(office, "overdue")
    assert "张三" in text and "红岩" in text and "25.00" in text
    assert "三(2)班" in text

    longer = text_of(office, "overdue", late="14")
    assert "李四" in longer and "张三" not in longer


def test_list_narrows_to_a_class_and_a_grade(office):
    late()
    other = make_class(2022, 1)
    late("李四", other)
    assert "张三" not in text_of(office, "overdue", school_class=other.pk)
    assert "张三" not in text_of(office, "overdue", grade="primary-5")
    assert "李四" in text_of(office, "overdue", grade="primary-5")


@pytest.mark.parametrize(
    "asked", [{"school_class": "7777"}, {"late": "-3"}, {"late": "x"}, {"reader": "0"}, {"grade": "x"}]
)
def test_what_is_no_choice_is_not_found(office, asked):
    make_class(2024, 2)
    assert office.get(reverse("overdue:overdue"), asked).status_code == 404


@pytest.mark.cases("OV-2")
def test_slips_show_what_is_out_at_this_moment(office, library):
    first, second = late(), late("李四", title="城南旧事")
    assert "红岩" in text_of(office, "slips")

    take_back(first.copy, library.librarian, at=NOON)
    text = text_of(office, "slips")
    assert "红岩" not in text and "城南旧事" in text

    take_back(second.copy, library.librarian, at=NOON)
    assert "strip" not in text_of(office, "slips").split("<main", 1)[1]


@pytest.mark.cases("OV-4")
def test_printing_notes_the_reminders_once_and_opens_the_printer(office, library):
    loan = late()
    for _time in range(2):
        answer = office.post(reverse("overdue:remind"), {"kind": "slip"})
        assert (answer.status_code, answer["Location"]) == (302, f"{reverse('overdue:slips')}?print=1")
    noted = Reminder.objects.get()
    assert (noted.loan, noted.by) == (loan, library.librarian)
    assert library.librarian.name in text_of(office, "slips")


def test_classes_one_below_the_other_stay_so_when_printed(office):
    late()
    late("李四", make_class(2024, 2))
    assert "sheets-together" not in text_of(office, "slips")
    answer = office.post(reverse("overdue:remind"), {"kind": "slip", "together": "1"}, follow=True)
    assert 'class="sheets-together"' in answer.content.decode()


def test_noting_keeps_to_what_the_page_was_narrowed_to(office, library):
    late()
    other = late("李四", make_class(2024, 2))
    values = {"kind": "slip", "school_class": other.reader.memberships.get().school_class_id}
    assert f"school_class={values['school_class']}" in office.post(reverse("overdue:remind"), values)["Location"]
    assert [row.loan for row in Reminder.objects.all()] == [other]


def test_reminder_of_an_unknown_kind_is_not_found(office):
    assert office.post(reverse("overdue:remind"), {"kind": "phone"}).status_code == 404


def test_chat_text_says_the_least_unless_asked_for_more(office):
    late(number="20240101")
    text = text_of(office, "chat")
    assert "20240101：1册" in text
    assert "张三" not in text and "红岩" not in text

    more = text_of(office, "chat", who="names", what="titles")
    assert "张三：《红岩》" in more and "20240101" not in more


def test_chat_text_masks_who_has_no_number(office):
    late(number="")
    text = text_of(office, "chat")
    assert "张**：1册" in text and "张三" not in text


def test_copying_the_chat_text_notes_it(office):
    loan = late()
    answer = office.post(reverse("overdue:remind"), {"kind": "chat", "back": "late=1&who=names"}, follow=True)
    assert answer.redirect_chain == [(f"{reverse('overdue:chat')}?late=1&who=names", 302)]
    assert "已记录" in answer.content.decode()
    assert Reminder.objects.get().loan == loan


def test_letters_are_one_page_a_pupil_and_none_for_teachers_or_boxes(office):
    late()
    late("李四", title="城南旧事")
    teacher = make_reader("王老师", category="teacher")
    make_loan(reader=teacher, lent_at=NOON - timedelta(days=90), due_on=date(2026, 9, 30))
    text = text_of(office, "letters")
    assert text.count('class="letter"') == 2
    assert "王老师" not in text


def test_letter_to_one_after_two_reminders(office, library):
    loan = late()
    late("李四")
    for days in (8, 3):
        at = NOON - timedelta(days=days)
        Reminder.objects.create(loan=loan, kind="slip", at=at, day=at.date(), by=library.librarian)
    text = text_of(office, "letters", reminded="2")
    assert "此前已提醒2次" in text and "李四" not in text
    assert text_of(office, "letters", reader=loan.reader_id).count('class="letter"') == 1


@pytest.mark.cases("OV-6")
def test_class_teacher_sees_prints_and_notes_the_own_class_only(teacher, library):
    own, other = late(), late("李四", make_class(2024, 2), "城南旧事")
    for name in ("overdue", "slips", "chat"):
        text = text_of(teacher, name, who="names")
        assert "张三" in text and "李四" not in text
    foreign = other.reader.memberships.get().school_class_id
    assert teacher.get(reverse("overdue:overdue"), {"school_class": foreign}).status_code == 404
    assert "张三" not in text_of(teacher, "overdue", reader=other.reader_id)

    teacher.post(reverse("overdue:remind"), {"kind": "slip"})
    assert [row.loan for row in Reminder.objects.all()] == [own]
    assert teacher.post(reverse("overdue:remind"), {"kind": "letter"}).status_code == 404


def test_recall_counts_down_and_prints_everything(office, library):
    assert "张三" not in text_of(office, "recall")
    RecallDate.objects.create(semester=Semester.objects.get(number=1), on=date(2027, 1, 15))
    loan = make_loan(reader=make_reader("张三", school_class=library.school_class), lent_at=NOON)

    text = text_of(office, "recall")
    assert "张三" in text and "95" in text
    assert loan.copy.title.name in text_of(office, "slips", recall="1")
    assert loan.copy.title.name not in text_of(office, "slips")
    office.post(reverse("overdue:remind"), {"kind": "slip", "recall": "1"})
    assert Reminder.objects.get().loan == loan


def test_export_holds_one_line_a_book_and_is_recorded(office):
    late(number="007")
    file = b"".join(office.get(reverse("overdue:export"), {"as": "csv"}).streaming_content).decode("utf-8-sig")
    assert "007" in file and "红岩" in file and "25.00" in file


def test_totals_name_nobody(library):
    late()
    Loan.objects.update(school_class=library.school_class)
    text = text_of(browser(make_user(Role.PRINCIPAL)), "totals")
    assert "三(1)班" in text and "张三" not in text
    file = b"".join(browser(library.librarian).get(reverse("overdue:export_totals"), {"as": "csv"}).streaming_content)
    assert "三(1)班" in file.decode("utf-8-sig")


@pytest.mark.cases("OV-8")
def test_clear_slip_only_with_nothing_outstanding(office):
    reader = make_reader("张三")
    address = reverse("overdue:clear", args=[reader.pk])
    assert 'class="slip"' in office.get(address).content.decode()

    make_charge(reader, "8.00")
    text = office.get(address).content.decode()
    assert "8.00" in text and 'class="slip"' not in text


@pytest.mark.parametrize("name", ["overdue", "slips", "letters", "chat", "recall", "totals"])
def test_pages_cost_the_same_for_one_book_and_three(office, name):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            text_of(office, name)
        return len(captured)

    RecallDate.objects.create(semester=Semester.objects.get(number=1), on=date(2027, 1, 15))
    late()
    cost()
    one = cost()
    late("李四", make_class(2024, 2))
    late("王五", make_class(2024, 3))
    cost()
    assert cost() == one
