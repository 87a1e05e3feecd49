"""Pages of notes: writing, entering cards, marking; and who sees what of whom."""

from datetime import date, datetime
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import NoteFile, ReadingNote
from library_site.models import ListExport, Role
from readers.models import ClassTeacher
from reports.models import ReportOptions
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan
from tests.factories.files import upload
from tests.factories.notes import make_note, make_photo
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def it_is_november(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))


@pytest.fixture
def school_class(db):
    make_school()
    make_school_year()
    return make_class()


@pytest.fixture
def pupil(school_class):
    return make_reader("张三丰", school_class=school_class, account=make_user(Role.STUDENT))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def own(pupil):
    return signed_in(pupil.account)


@pytest.fixture
def teacher(school_class):
    reader = make_reader("陈老师", category="teacher", account=make_user(Role.TEACHER))
    ClassTeacher.objects.create(reader=reader, school_class=school_class, since=date(2026, 9, 1))
    return signed_in(reader.account)


@pytest.fixture
def librarian(school_class):
    return signed_in(make_user())


def written(**fields):
    return {"key": uuid4(), "kind": "note", "book": "西游记", "text": "好看", "written_on": "2026-11-20", **fields}


# --- writing ----------------------------------------------------------------------------------------------------------


def test_draft_saves_itself_under_its_key_and_is_handed_in(own, pupil):
    data = written()
    first = own.post(reverse("notes:autosave"), data).json()
    second = own.post(reverse("notes:autosave"), data | {"text": "很好看"}).json()
    assert first["note"] == second["note"]
    assert own.post(reverse("notes:edit", args=[first["note"]]), data | {"hand_in": "1"}).status_code == 302
    note = ReadingNote.objects.get()
    assert (note.reader, note.state, note.text, note.school_class) == (pupil, "handed_in", "好看", make_class())


def test_window_left_open_does_not_write_over_what_another_one_wrote(own):
    data = written(text="第一行\r\n第二行")
    own.post(reverse("notes:autosave"), data)
    newer = own.post(reverse("notes:autosave"), data | {"text": "改了很多", "base": "第一行\n第二行\n"})
    older = own.post(reverse("notes:autosave"), data | {"text": "旧的", "base": ["", "第一行\n第二行"]})
    assert (newer.status_code, older.status_code) == (200, 400)
    assert "errors" in older.json()
    assert ReadingNote.objects.get().text == "改了很多"


def test_handing_in_nothing_is_refused_at_the_fields_and_keeps_the_draft(own):
    page = own.post(reverse("notes:new"), written(book="", text="", hand_in="1"))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"book", "text"}
    assert ReadingNote.objects.get().state == "draft"


def test_own_books_are_offered_and_an_isbn_finds_the_title(own, pupil):
    borrowed, known = make_title("水浒传"), make_title("三国演义", isbn="9787020008728")
    make_loan(reader=pupil, copy=make_copy(title=borrowed))
    choices = own.get(reverse("notes:new")).context["form"].fields["title"].choices
    assert [name for pk, name in choices if pk] == ["水浒传"]
    own.post(reverse("notes:new"), written(title=borrowed.pk, book=""))
    own.post(reverse("notes:new"), written(book="9787020008728"))
    assert [note.title for note in ReadingNote.objects.order_by("pk")] == [borrowed, known]


def test_title_that_was_never_borrowed_cannot_be_sent(own):
    page = own.post(reverse("notes:new"), written(title=make_title().pk))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["title"])


def test_pictures_are_added_and_taken_off(own):
    own.post(reverse("notes:new"), written(pictures=[upload(), upload()]))
    note = ReadingNote.objects.get()
    page = NoteFile.objects.filter(note=note).first()
    own.post(reverse("notes:drop_picture", args=[note.pk, page.file_id]))
    assert note.files.count() == 1


def test_day_to_come_is_refused(own):
    assert own.post(reverse("notes:new"), written(written_on="2026-11-21")).status_code == 422
    assert own.post(reverse("notes:autosave"), written(written_on="2026-11-21")).status_code == 400


def test_other_pupils_notes_are_not_found_for_writing(own):
    other = make_note(make_reader(school_class=make_class()), make_class(), state="draft")
    for name in ("notes:edit", "notes:note"):
        assert own.get(reverse(name, args=[other.pk])).status_code == 404
    assert own.post(reverse("notes:drop", args=[other.pk])).status_code == 404
    assert own.post(reverse("notes:autosave"), written(key=other.key, text="偷改")).status_code == 400
    other.refresh_from_db()
    assert other.text != "偷改"


def test_account_without_a_reader_is_told_so(school_class):
    client = signed_in(make_user(Role.STUDENT))
    assert client.get(reverse("notes:mine")).status_code == 200
    assert client.get(reverse("notes:new")).status_code == 404


# --- cards ------------------------------------------------------------------------------------------------------------


def enter(client, pupil, school_class=None, **fields):
    data = {"scan_id": uuid4(), "pupil": pupil.pk, "kind": "card", "written_on": "2026-11-20", "mark": "优", **fields}
    return client.post(reverse("notes:enter", args=[(school_class or make_class()).pk]), data)


def test_card_is_entered_corrected_and_taken_back_by_its_key(teacher, pupil):
    key = uuid4()
    assert enter(teacher, pupil, scan_id=key).json()["mark"] == "优"
    assert enter(teacher, pupil, scan_id=key, mark="良", book="《西游记》").json() == {
        "note": ReadingNote.objects.get().pk,
        "mark": "良",
        "book": "《西游记》",
    }
    address = reverse("notes:take_back", args=[make_class().pk])
    assert teacher.post(address, {"scan_id": key}).json() == {"gone": True}
    assert not ReadingNote.objects.exists()


def test_what_is_wrong_with_a_card_is_said(teacher, pupil):
    stranger = make_reader(school_class=make_class(2024, 2))
    assert enter(teacher, pupil, written_on="2026-11-21").status_code == 400
    answer = enter(teacher, stranger)
    assert (answer.status_code, answer.json()["problems"]) == (400, ["该生不在本班。"])
    assert not ReadingNote.objects.exists()


def test_page_shows_the_cards_of_its_day(teacher, pupil):
    enter(teacher, pupil, book="西游记")
    enter(teacher, pupil, written_on="2026-11-13")
    page = teacher.get(reverse("notes:cards", args=[make_class().pk]))
    assert [(row[1], len(row[3])) for row in page.context["rows"]] == [(pupil, 1)]
    assert page.content.decode().count('class="card-chip"') == 1
    past = teacher.get(reverse("notes:cards", args=[make_class().pk]), {"day": "2026-11-13"})
    assert [len(row[3]) for row in past.context["rows"]] == [1]
    odd = teacher.get(reverse("notes:cards", args=[make_class().pk]), {"day": "2026-99-99"})
    assert odd.context["day"] == date(2026, 11, 20)


def test_teacher_is_offered_what_is_out_and_more_only_where_the_school_allows(teacher, librarian, pupil):
    lent_at = datetime.fromisoformat("2026-10-12T12:00:00+08:00")
    back = {"lent_at": lent_at, "returned_at": datetime.fromisoformat("2026-10-20T12:00:00+08:00")}
    make_loan(reader=pupil, copy=make_copy(title=make_title("看完的书")), **back)
    make_loan(reader=pupil, copy=make_copy(title=make_title("在借的书")))

    def offered(client):
        page = client.get(reverse("notes:cards", args=[make_class().pk]))
        return [(letter, book.name) for letter, book in page.context["rows"][0][2]]

    assert offered(teacher) == [("a", "在借的书")]
    assert offered(librarian) == [("a", "在借的书"), ("b", "看完的书")]
    ReportOptions.objects.create(pk=1, titles_in_records=True)
    assert offered(teacher) == [("a", "在借的书"), ("b", "看完的书")]


def test_title_that_was_not_offered_is_not_tied_to_a_pupil(teacher, pupil):
    offered, other = make_title("在借的书"), make_title("别人的书")
    make_loan(reader=pupil, copy=make_copy(title=offered))
    enter(teacher, pupil, title=offered.pk), enter(teacher, pupil, title=other.pk)
    assert [note.title for note in ReadingNote.objects.order_by("pk")] == [offered, None]


def test_cards_page_asks_as_often_for_three_pupils_as_for_one(teacher, pupil):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            assert teacher.get(reverse("notes:cards", args=[make_class().pk])).status_code == 200
        return len(captured)

    enter(teacher, pupil)
    statements()
    one = statements()
    for _number in range(2):
        more = make_reader(school_class=make_class())
        make_loan(reader=more)
        enter(teacher, more)
    statements()  # the loans' place renewed what is remembered of the settings
    assert statements() == one


def test_photographs_are_named_one_after_the_other(teacher, pupil):
    address = reverse("notes:photos", args=[make_class().pk])
    data = {"kind": "card", "written_on": "2026-11-20", "pictures": [upload(), upload(), upload()]}
    assert teacher.post(address, data).status_code == 302
    first, second, third = ReadingNote.objects.order_by("pk")
    assert teacher.get(address).context["current"] == first
    teacher.post(reverse("notes:tie", args=[make_class().pk, first.pk]), {"pupil": pupil.pk, "mark": "优"})
    page = teacher.get(address)
    assert (page.context["current"], page.context["before"]) == (second, first)
    teacher.post(reverse("notes:tie", args=[make_class().pk, second.pk]), {"joins": first.pk})
    teacher.post(reverse("notes:turn", args=[make_class().pk, third.pk]))
    teacher.post(reverse("notes:drop_photo", args=[make_class().pk, third.pk]))
    note = ReadingNote.objects.get()
    assert (note.reader, note.mark, note.files.count()) == (pupil, "优", 2)
    assert teacher.get(address).context["current"] is None


def test_photograph_without_a_pupil_stays_where_it_is(teacher):
    photo = make_photo(make_class())
    teacher.post(reverse("notes:tie", args=[make_class().pk, photo.pk]), {"pupil": ""})
    assert ReadingNote.objects.get().reader is None


# --- marking ----------------------------------------------------------------------------------------------------------


def test_stack_goes_from_note_to_note_until_all_are_marked(teacher, pupil):
    first = make_note(pupil, make_class(), written_on=date(2026, 11, 2))
    second = make_note(pupil, make_class(), written_on=date(2026, 11, 9))
    stack = reverse("notes:stack", args=[make_class().pk])
    assert teacher.get(stack).headers["Location"] == reverse("notes:mark", args=[first.pk])
    answer = teacher.post(reverse("notes:mark", args=[first.pk]), {"mark": "优", "then": "save", "is_best": "on"})
    assert answer.headers["Location"] == reverse("notes:mark", args=[second.pk])
    teacher.post(reverse("notes:mark", args=[second.pk]), {"comment": "写长一点", "then": "return"})
    rows = ReadingNote.objects.order_by("pk").values_list("state", "mark", "comment", "is_best")
    assert list(rows) == [("marked", "优", "", True), ("returned", "", "写长一点", False)]
    assert teacher.get(stack).status_code == 200


def test_pupil_reads_mark_and_comment(own, teacher, pupil):
    note = make_note(pupil, make_class())
    teacher.post(reverse("notes:mark", args=[note.pk]), {"mark": "优", "comment": "写得真诚", "then": "save"})
    assert "写得真诚" in own.get(reverse("notes:note", args=[note.pk])).content.decode()
    assert own.get(reverse("notes:mine")).context["count"].notes == 1


def test_given_back_note_opens_for_writing_again(own, pupil):
    note = make_note(pupil, make_class(), state="returned", comment="写长一点")
    page = own.get(reverse("notes:edit", args=[note.pk]))
    assert (page.status_code, "写长一点" in page.content.decode()) == (200, True)
    ReadingNote.objects.update(state="marked")
    assert own.get(reverse("notes:edit", args=[note.pk])).headers["Location"] == reverse("notes:note", args=[note.pk])


# --- who sees what ----------------------------------------------------------------------------------------------------


CLASS_PAGES = ("notes:of_class", "notes:cards", "notes:photos", "notes:stack", "notes:export_class")


def test_class_teacher_reaches_the_own_class_only(teacher, pupil):
    other = make_class(2024, 2)
    note = make_note(make_reader(school_class=other), other)
    photo = make_photo(other)
    for name in CLASS_PAGES:
        assert teacher.get(reverse(name, args=[other.pk])).status_code == 404
    for name in ("notes:note", "notes:mark"):
        assert teacher.get(reverse(name, args=[note.pk])).status_code == 404
    assert teacher.post(reverse("notes:show", args=[note.pk]), {"where": "wall"}).status_code == 404
    assert enter(teacher, note.reader, other).status_code == 404
    tie = reverse("notes:tie", args=[make_class().pk, photo.pk])
    assert teacher.post(tie, {"pupil": pupil.pk}).status_code == 404
    assert teacher.get(reverse("notes:photos", args=[make_class().pk]), {"photo": photo.pk}).status_code == 404
    assert [row.school_class.pk for row in teacher.get(reverse("notes:classes")).context["rows"]] == [make_class().pk]


@pytest.mark.parametrize("role", [Role.STUDENT, Role.HELPER, Role.CLASS_KEEPER, Role.PRINCIPAL, Role.ADMINISTRATOR])
def test_names_and_notes_of_pupils_are_closed_to_others(school_class, pupil, role):
    note = make_note(pupil, school_class)
    client = signed_in(make_user(role))
    assert client.get(reverse("notes:note", args=[note.pk])).status_code == 404
    for name in CLASS_PAGES:
        assert client.get(reverse(name, args=[school_class.pk])).status_code == 403


def test_draft_is_read_by_its_writer_alone(own, teacher, librarian, pupil):
    note = make_note(pupil, make_class(), state="draft")
    address = reverse("notes:note", args=[note.pk])
    assert [client.get(address).status_code for client in (own, teacher, librarian)] == [200, 404, 404]


def test_teachers_notes_are_read_by_writer_and_librarian(teacher, librarian, own):
    note = make_note(teacher_reader := ClassTeacher.objects.get().reader)
    address = reverse("notes:note", args=[note.pk])
    assert [client.get(address).status_code for client in (teacher, librarian, own)] == [200, 200, 404]
    rows = librarian.get(reverse("notes:teachers")).context["rows"]
    assert [(row.reader, row.notes) for row in rows] == [(teacher_reader, 1)]


def test_principal_sees_counts_without_names(pupil):
    make_note(pupil, make_class())
    client = signed_in(make_user(Role.PRINCIPAL))
    page = client.get(reverse("notes:counts"))
    assert [(row.school_class.name, row.notes) for row in page.context["rows"]] == [("三(1)班", 1)]
    assert "张三丰" not in page.content.decode()


def test_export_of_pupils_counts_is_recorded(teacher, pupil):
    make_note(pupil, make_class())
    answer = teacher.get(reverse("notes:export_class", args=[make_class().pk]))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[2]][1:3] == ["张三丰", 1]
    assert ListExport.objects.get().what == "export.notes"


def test_class_page_asks_as_often_for_three_pupils_as_for_one(teacher, pupil):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            assert teacher.get(reverse("notes:of_class", args=[make_class().pk])).status_code == 200
        return len(captured)

    make_note(pupil, make_class())
    statements()
    one = statements()
    for _number in range(2):
        make_note(make_reader(school_class=make_class()), make_class())
    assert statements() == one
