import pytest

from library_site.shared.problems import Refused
from readers.models import Appointment, Duty, HelperOptions
from readers.operations.appointments import Choice, appoint, appoint_again, end_appointment, release_former
from readers.queries.helpers import former_helpers
from tests.factories.helpers import MONDAY, make_appointment, make_duty, make_semester
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


def appoint_them(readers, kind="helper", overrides=(), per_class=2, by=None):
    return appoint(
        semester=make_semester(),
        school_class_id=make_class().pk,
        choices=[Choice(reader.pk, kind) for reader in readers],
        options=HelperOptions(per_class=per_class),
        by=by or make_user(),
        on=MONDAY,
        overrides=overrides,
    )


def test_appointing_gives_the_account_its_role():
    account = make_user("student")
    reader = make_reader(school_class=make_class(), account=account)

    appoint_them([reader])

    account.refresh_from_db()
    assert account.roles == ["student", "helper"]
    assert Appointment.objects.get().appointed_on == MONDAY


def test_appointing_twice_makes_one_appointment():
    reader = make_reader(school_class=make_class())
    appoint_them([reader])
    assert appoint_them([reader]) == []
    assert Appointment.objects.count() == 1


def test_more_helpers_than_the_school_wants_are_refused_unless_overridden():
    pupils = [make_reader(school_class=make_class()) for _ in range(3)]
    with pytest.raises(Refused) as refusal:
        appoint_them(pupils)
    assert [(problem.code, problem.overridable) for problem in refusal.value.problems] == [("class_full", True)]
    assert not Appointment.objects.exists()

    appoint_them(pupils, overrides=["class_full"])
    assert Appointment.objects.count() == 3


def test_class_keepers_do_not_count_as_helpers():
    pupils = [make_reader(school_class=make_class()) for _ in range(3)]
    appoint_them(pupils[:2], per_class=2)
    appoint_them(pupils[2:], kind="class_keeper", per_class=2)
    assert Appointment.objects.count() == 3


def test_ending_takes_role_and_duties_and_keeps_the_appointment():
    account = make_user("student", "helper")
    duty = make_duty(make_appointment(make_reader(school_class=make_class(), account=account)))

    end_appointment(appointment_id=duty.appointment_id, by=make_user(), on=MONDAY)

    account.refresh_from_db()
    assert account.roles == ["student"]
    assert not Duty.objects.exists()
    assert Appointment.objects.get().ended_on == MONDAY


def test_ended_appointment_can_be_taken_up_again():
    appointment = make_appointment(ended_on=MONDAY)
    appoint_them([appointment.reader])
    appointment.refresh_from_db()
    assert appointment.ended_on is None


def test_serving_on_leaves_out_who_left_or_was_appointed_already():
    first, second = make_semester(1), make_semester(2)
    stays = make_appointment(semester=first)
    make_appointment(make_reader(school_class=make_class(), status="left"), semester=first)
    make_appointment(make_reader(school_class=make_class()), semester=first, ended_on=MONDAY)
    known = make_appointment(semester=first)
    make_appointment(known.reader, semester=second)

    rows = appoint_again(semester=second, before=first, by=make_user(), on=second.starts_on)

    assert [row.reader_id for row in rows] == [stays.reader_id]


def test_former_helpers_lose_their_rights_and_a_shared_account_keeps_them():
    former, serving, shared = (make_user("student", "helper") for _ in range(3))
    first, second = make_semester(1), make_semester(2)
    make_appointment(make_reader(account=former), semester=first)
    for semester in (first, second):
        reader = getattr(serving, "reader", None) or make_reader(account=serving)
        make_appointment(reader, semester=semester)

    assert [account.pk for account in former_helpers(second)] == [former.pk]
    assert release_former(semester=second, by=make_user()) == 1

    for account, roles in ((former, ["student"]), (serving, ["student", "helper"]), (shared, ["student", "helper"])):
        account.refresh_from_db()
        assert account.roles == roles


def test_former_helper_who_now_keeps_a_class_keeps_that_role():
    account = make_user("student", "helper", "class_keeper")
    reader = make_reader(account=account)
    make_appointment(reader, semester=make_semester(1))
    make_appointment(reader, semester=make_semester(2), kind="class_keeper")

    release_former(semester=make_semester(2), by=make_user())

    account.refresh_from_db()
    assert account.roles == ["student", "class_keeper"]
