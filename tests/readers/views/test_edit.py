import pytest
from django.test import Client
from django.urls import reverse

from library_site.models import Role
from readers.models import Reader
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
NEW = reverse("readers:new_reader")
IDENTITY = "110101201501010019"  # made up: by its birthday an identity number


@pytest.fixture
def librarian(time_machine):
    time_machine.move_to("2026-10-12T04:20:00Z")
    make_school()
    make_school_year(2026)
    client = Client()
    client.force_login(make_user(Role.LIBRARIAN))
    return client


def enter(client, **sent):
    values = {"name": "曾小红", "category": "student", "school_class": make_class().pk, "since": "2026-10-12", **sent}
    return client.post(NEW, {name: value for name, value in values.items() if value is not None})


def errors_of(answer):
    return answer.context["form"].errors


def test_new_pupil_is_in_the_class_from_the_day_and_found_by_surname(librarian):
    answer = enter(librarian, name=" 曾 小红 ", number="２０24 01", note="近视", with_card="on")

    reader = Reader.objects.get()
    assert answer.headers["Location"] == reverse("readers:reader", args=[reader.pk])
    assert (reader.name, reader.pinyin, reader.initials) == ("曾小红", "zengxiaohong", "zxh")
    assert (reader.number, reader.note, reader.status) == ("202401", "近视", "active")
    stay = reader.memberships.get()
    assert (stay.school_class, stay.since.isoformat(), stay.until) == (make_class(), "2026-10-12", None)
    assert reader.cards.get().barcode == "80000001"


def test_new_teacher_has_no_class_and_no_card_unless_wanted(librarian):
    enter(librarian, category="teacher", school_class=None, since=None)

    reader = Reader.objects.get()
    assert (reader.category, reader.memberships.count(), reader.cards.count()) == ("teacher", 0, 0)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": ""}, "name"),
        ({"number": "T1"}, "number"),
        ({"number": "t 1"}, "number"),
        ({"number": IDENTITY}, "number"),
        ({"number": "G" + IDENTITY}, "number"),
        ({"number": f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}"}, "number"),
        ({"note": f"证件 {IDENTITY}"}, "note"),
        ({"school_class": None}, "school_class"),
        ({"category": "teacher"}, "school_class"),
        ({"school_class": "999"}, "school_class"),
        ({"since": "2026-10-13"}, "since"),
        ({"since": None}, "since"),
        ({"category": "king"}, "category"),
    ],
)
def test_new_reader_is_refused_at_the_field(librarian, sent, field):
    make_reader("刘老师", number="T1", category="teacher")

    answer = enter(librarian, **sent)

    assert answer.status_code == 422
    assert list(errors_of(answer)) == [field]
    assert Reader.objects.count() == 1


def test_refused_number_says_whose_it_is(librarian):
    make_reader("刘老师", number="T1")

    assert errors_of(enter(librarian, number="T1"))["number"] == ["该号码属于刘老师。"]


def test_identity_number_is_refused_with_a_clear_sentence(librarian):
    assert errors_of(enter(librarian, number=IDENTITY))["number"] == ["这是身份证号，不得在此保存。"]


def change(client, reader, **sent):
    now = {name: getattr(reader, name) for name in ("name", "category", "number", "note")}
    return client.post(reverse("readers:edit_reader", args=[reader.pk]), {**now, **sent})


def test_correction_changes_the_pinyin_with_the_name_and_keeps_the_old_row(librarian):
    reader = make_reader("曾晓红", number="S1", school_class=make_class())

    change(librarian, reader, name="单小红")

    reader.refresh_from_db()
    assert (reader.name, reader.initials, reader.number) == ("单小红", "sxh", "S1")
    kept = reader.events.get(pgh_label="update")
    assert (kept.name, kept.pgh_context.metadata["act"]) == ("曾晓红", "change_reader")


def test_correction_that_changes_nothing_writes_nothing(librarian):
    reader = make_reader("甲", number="S1")
    change(librarian, reader, name="乙")
    written = reader.events.count()

    change(librarian, Reader.objects.get())

    assert reader.events.count() == written


def test_correction_keeps_the_own_number_and_refuses_that_of_another(librarian):
    make_reader("刘老师", number="T1")
    reader = make_reader("甲", number="S1")

    assert change(librarian, reader).status_code == 302
    assert list(errors_of(change(librarian, reader, number="T1"))) == ["number"]


def test_pupil_of_past_semesters_stays_a_pupil(librarian):
    reader = make_reader(school_class=make_class())

    assert list(errors_of(change(librarian, reader, category="teacher"))) == ["category"]


def test_category_that_was_never_counted_can_be_corrected(librarian):
    reader = make_reader(category="teacher")

    change(librarian, reader, category="staff")

    assert Reader.objects.get().category == "staff"


@pytest.mark.parametrize("field", ["status", "left_on", "pinyin", "account"])
def test_columns_that_the_form_does_not_show_cannot_be_sent(librarian, field):
    reader = make_reader("甲")

    change(librarian, reader, name="乙", **{field: "1"})

    reader.refresh_from_db()
    assert (reader.name, reader.status, reader.left_on, reader.account) == ("乙", "active", None, None)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LIBRARIAN])
def test_entering_and_correcting_are_the_librarians_alone(librarian, role):
    reader = make_reader("甲")
    client = Client()
    client.force_login(make_user(role))

    assert change(client, reader, name="乙").status_code == 403
    assert enter(client).status_code == 403
    assert [row.name for row in Reader.objects.all()] == ["甲"]
