"""A pupil moves class from a day on; a class gets another teacher from a day on."""

from datetime import date

import pytest
from django.apps import apps

from library_site.models import User
from library_site.shared.problems import Refused
from readers.models import ClassMembership, ClassTeacher
from readers.operations.class_teacher import appoint_class_teacher
from readers.operations.move_class import move_class
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def move(pupil, school_class, since):
    return move_class(
        reader_id=pupil.pk, class_id=school_class.pk, since=date.fromisoformat(since), today=TODAY, by=make_user()
    )


def refusal(act, *args, **fields):
    with pytest.raises(Refused) as refused:
        act(*args, **fields)
    return [problem.code for problem in refused.value.problems]


def stays(pupil):
    rows = ClassMembership.objects.filter(reader=pupil).order_by("since", "pk")
    return [(str(row.since), str(row.until), row.school_class.number) for row in rows]


def test_move_ends_the_old_class_and_begins_the_new_one():
    pupil = make_reader(school_class=make_class(2024, 1), since=date(2024, 9, 1))
    move(pupil, make_class(2024, 2), "2026-11-16")

    assert stays(pupil) == [("2024-09-01", "2026-11-16", 1), ("2026-11-16", "None", 2)]
    act = apps.get_model("readers", "ClassMembershipEvent").objects.latest("pgh_id").pgh_context.metadata
    assert act["act"] == "move_class"
    assert act["user"] == User.objects.get().pk


def test_move_on_the_first_day_of_the_class_corrects_it():
    pupil = make_reader(school_class=make_class(2024, 1), since=date(2026, 11, 16))
    move(pupil, make_class(2024, 2), "2026-11-16")

    assert stays(pupil) == [("2026-11-16", "None", 2)]


def test_move_is_refused_for_wrong_days_and_people():
    first, second = make_class(2024, 1), make_class(2024, 2)
    pupil = make_reader(school_class=first, since=date(2026, 9, 1))

    assert refusal(move, pupil, second, "2026-11-21") == ["day_to_come"]
    assert refusal(move, pupil, second, "2026-08-31") == ["before_class"]
    assert refusal(move, pupil, first, "2026-11-16") == ["same_class"]
    assert refusal(move, make_reader(category="teacher"), second, "2026-11-16") == ["not_a_pupil"]
    assert refusal(move, make_reader(status="left"), second, "2026-11-16") == ["has_left"]
    assert stays(pupil) == [("2026-09-01", "None", 1)]


def appoint(teacher, since, school_class):
    return appoint_class_teacher(
        class_id=school_class.pk, reader_id=teacher and teacher.pk, since=date.fromisoformat(since), by=None
    )


def test_class_has_one_teacher_at_a_time():
    school_class, old, new = make_class(), make_reader(category="teacher"), make_reader(category="teacher")
    appoint(old, "2026-09-01", school_class)
    appoint(new, "2026-10-08", school_class)
    appoint(None, "2026-11-02", school_class)

    rows = ClassTeacher.objects.order_by("since").values_list("reader_id", "since", "until")
    assert list(rows) == [
        (old.pk, date(2026, 9, 1), date(2026, 10, 8)),
        (new.pk, date(2026, 10, 8), date(2026, 11, 2)),
    ]


def test_class_teacher_is_corrected_on_the_same_day_and_refused_before_it():
    school_class, old, new = make_class(), make_reader(category="teacher"), make_reader(category="staff")
    appoint(old, "2026-09-01", school_class)
    appoint(new, "2026-09-01", school_class)

    assert ClassTeacher.objects.get().reader == new
    assert refusal(appoint, new, "2026-10-01", school_class) == ["same_teacher"]
    assert refusal(appoint, old, "2026-08-01", school_class) == ["before_present"]
    assert refusal(appoint, make_reader(), "2026-10-01", school_class) == ["not_a_teacher"]
