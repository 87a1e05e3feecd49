"""The best notes of a semester, and their honours."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from activities.models import Honour
from tests.factories.notes import make_note
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
BEST = reverse("notes:best")


@pytest.fixture
def librarian(db, time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))
    make_school()
    make_school_year()
    client = Client()
    client.force_login(make_user())
    return client


def best_note(name, **fields):
    reader = make_reader(name, school_class=make_class())
    return make_note(reader, make_class(), **{"state": "marked", "mark": "优", "is_best": True, **fields})


def honour(client, chosen, **fields):
    data = {"notes": [note.pk for note in chosen], "award": "优秀读书笔记", "awarded_on": "2026-11-20", **fields}
    return client.post(BEST, data)


def test_best_notes_of_the_semester_are_listed(librarian):
    best = best_note("张三")
    best_note("李四", is_best=False)
    best_note("王五", written_on=date(2026, 3, 2))
    assert [row[0] for row in librarian.get(BEST).context["rows"]] == [best]


def test_ticked_notes_get_an_honour_in_the_name_of_their_class_once(librarian):
    first, second = best_note("张三", heading="我爱读书"), best_note("李四")
    assert honour(librarian, [first]).status_code == 302
    honour(librarian, [first, second])
    rows = Honour.objects.order_by("pk").values_list("name", "class_name", "work", "award", "awarded_on")
    kept = ("优秀读书笔记", date(2026, 11, 20))
    assert list(rows) == [("张三", "三(1)班", "我爱读书", *kept), ("李四", "三(1)班", "西游记", *kept)]
    assert all(Honour.objects.values_list("number", flat=True))
    assert [len(row[2]) for row in librarian.get(BEST).context["rows"]] == [1, 1]


def test_another_award_for_the_same_note_is_entered(librarian):
    note = best_note("张三")
    honour(librarian, [note]), honour(librarian, [note], award="最佳书评")
    assert Honour.objects.count() == 2


@pytest.mark.parametrize(("field", "value"), [("award", " "), ("awarded_on", ""), ("notes", []), ("notes", [0])])
def test_what_is_missing_is_said_and_nothing_is_entered(librarian, field, value):
    note = best_note("张三")
    page = honour(librarian, [note], **{field: value})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not Honour.objects.exists()
