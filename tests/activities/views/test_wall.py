"""The walls: who reads what, under which name, and how it is released, printed and taken out."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import ActivityOptions, Consent, NoteFile, ReadingNote
from library_site.models import ListExport, Role, School
from readers.models import ClassTeacher
from tests.factories.files import make_file
from tests.factories.notes import agree, make_note
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
SCHOOL = reverse("wall:school")
Shown = ReadingNote.Shown


@pytest.fixture(autouse=True)
def it_is_november(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))


@pytest.fixture
def school_class(db):
    make_school(public_search=True)
    make_school_year()
    return make_class()


@pytest.fixture
def pupil(school_class):
    reader = make_reader("张三丰", school_class=school_class, account=make_user(Role.STUDENT))
    agree(reader)
    return reader


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def teacher_of(school_class):
    reader = make_reader("陈老师", category="teacher", account=make_user(Role.TEACHER))
    ClassTeacher.objects.create(reader=reader, school_class=school_class, since=date(2026, 9, 1))
    return signed_in(reader.account)


def wall_of(school_class):
    return reverse("wall:of_class", args=[school_class.pk])


def on_wall(client, address):
    return [card.note for card in client.get(address).context["cards"]]


def test_strangers_see_the_schools_page_with_shortened_names_only(client, pupil, school_class):
    public = make_note(pupil, school_class, shown=Shown.SCHOOL)
    make_note(pupil, school_class, shown=Shown.WALL, text="只给班级看")
    make_note(pupil, school_class, shown=Shown.PROPOSED, text="还没批准")
    make_note(pupil, school_class, text="没有推荐")
    assert on_wall(client, SCHOOL) == [public]
    page = client.get(SCHOOL).content.decode()
    assert "张**" in page
    assert "三(1)班" in page
    assert not any(text in page for text in ("张三丰", "只给班级看", "还没批准", "没有推荐"))


def test_closed_school_shows_strangers_nothing(client, pupil, school_class):
    School.objects.update(public_search=False)
    make_note(pupil, school_class, shown=Shown.SCHOOL)
    assert client.get(SCHOOL).status_code == 302


@pytest.mark.parametrize(
    ("option", "consent", "shown", "hidden"),
    [("full", True, "张三丰", ""), ("full", False, "张**", "张三丰"), ("class", True, "三(1)班", "张")],
)
def test_name_follows_the_schools_choice_and_the_consent(client, pupil, school_class, option, consent, shown, hidden):
    ActivityOptions.objects.create(pk=1, names=option)
    if consent:
        agree(pupil, Consent.What.NAME)
    make_note(pupil, school_class, shown=Shown.SCHOOL)
    page = client.get(SCHOOL).content.decode()
    assert shown in page
    assert not hidden or hidden not in page


def test_class_wall_is_for_the_class_its_teacher_and_the_librarian(client, pupil, school_class):
    note = make_note(pupil, school_class, shown=Shown.WALL)
    classmate = make_reader(school_class=school_class, account=make_user(Role.STUDENT))
    for user in (pupil.account, classmate.account, make_user()):
        assert on_wall(signed_in(user), wall_of(school_class)) == [note]
    assert on_wall(teacher_of(school_class), wall_of(school_class)) == [note]
    assert "张三丰" not in signed_in(classmate.account).get(wall_of(school_class)).content.decode()
    other = make_reader(school_class=make_class(2024, 2), account=make_user(Role.STUDENT))
    strangers = [signed_in(other.account), teacher_of(make_class(2024, 2)), signed_in(make_user(Role.PRINCIPAL))]
    assert [stranger.get(wall_of(school_class)).status_code for stranger in strangers] == [404, 404, 404]
    assert client.get(wall_of(school_class)).status_code == 302


def test_pictures_follow_their_note(client, pupil, school_class):
    note = make_note(pupil, school_class, shown=Shown.WALL)
    stored = make_file()
    NoteFile.objects.create(note=note, file=stored)
    address = reverse("files:preview", args=[stored.pk, stored.version])
    classmate = signed_in(make_reader(school_class=school_class, account=make_user(Role.STUDENT)).account)
    other = signed_in(make_reader(school_class=make_class(2024, 2), account=make_user(Role.STUDENT)).account)

    def seen():
        return [someone.get(address).status_code for someone in (teacher, classmate, other, client)]

    teacher = teacher_of(school_class)
    assert seen() == [200, 200, 404, 404]
    ReadingNote.objects.update(shown=Shown.SCHOOL)
    assert seen() == [200, 200, 200, 200]
    Consent.objects.update(withdrawn_on=date(2026, 11, 20))
    assert seen() == [200, 404, 404, 404]


def test_note_page_sends_readers_to_the_wall(client, pupil, school_class):
    note = make_note(pupil, school_class, shown=Shown.SCHOOL)
    assert client.get(reverse("notes:note", args=[note.pk])).headers["Location"] == SCHOOL
    ReadingNote.objects.update(shown=Shown.WALL)
    assert client.get(reverse("notes:note", args=[note.pk])).status_code == 404


def test_class_teacher_releases_for_the_class_and_the_librarian_for_all(pupil, school_class):
    note = make_note(pupil, school_class, shown=Shown.PROPOSED)
    show = reverse("notes:show", args=[note.pk])
    teacher, librarian = teacher_of(school_class), signed_in(make_user())
    teacher.post(show, {"where": "school"})
    assert ReadingNote.objects.get().shown == Shown.WALL
    librarian.post(show, {"where": "school"})
    assert ReadingNote.objects.get().shown == Shown.SCHOOL
    teacher.post(show, {"where": "private"})
    assert ReadingNote.objects.get().shown == Shown.PRIVATE


def test_moderation_lists_what_waits_and_says_who_has_not_agreed(pupil, school_class):
    make_note(pupil, school_class, shown=Shown.PROPOSED)
    silent = make_note(make_reader("李四", school_class=school_class), school_class, shown=Shown.PROPOSED)
    other = make_reader("赵六", school_class=make_class(2024, 2))
    make_note(other, make_class(2024, 2), shown=Shown.PROPOSED)
    page = teacher_of(school_class).get(reverse("notes:moderation"))
    assert [(line[0].reader.name, line[3]) for line in page.context["lines"]] == [("张三丰", True), ("李四", False)]
    librarian = signed_in(make_user())
    assert len(librarian.get(reverse("notes:moderation")).context["lines"]) == 3
    answer = librarian.post(reverse("notes:show", args=[silent.pk]), {"where": "school"}, follow=True)
    assert "家长尚未同意展示作品" in answer.content.decode()
    assert not ReadingNote.objects.filter(shown=Shown.SCHOOL).exists()


def test_document_for_the_school_paper_has_text_and_pictures_but_no_full_names(pupil, school_class):
    note = make_note(pupil, school_class, shown=Shown.SCHOOL, heading="我爱读书")
    NoteFile.objects.create(note=note, file=make_file())
    answer = signed_in(make_user()).get(reverse("wall:word"))
    names = ZipFile(packed := BytesIO(b"".join(answer.streaming_content))).namelist()
    text = ZipFile(packed).read("word/document.xml").decode()
    assert "我爱读书" in text
    assert "张**" in text
    assert "张三丰" not in text
    assert any(name.startswith("word/media/") for name in names)
    assert ListExport.objects.get().what == "export.wall"


def test_wall_asks_as_often_for_three_notes_as_for_one(client, pupil, school_class):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(SCHOOL).status_code == 200
        return len(captured)

    def note():
        row = make_note(pupil, school_class, shown=Shown.SCHOOL)
        NoteFile.objects.create(note=row, file=make_file())

    note()
    statements()
    one = statements()
    note(), note()
    assert statements() == one


def test_paper_is_chosen_by_the_address(client, pupil, school_class):
    make_note(pupil, school_class, shown=Shown.SCHOOL)
    assert "wall_a3.css" in client.get(SCHOOL, {"paper": "a3"}).content.decode()
    assert "wall_a3.css" not in client.get(SCHOOL, {"paper": "../x"}).content.decode()
