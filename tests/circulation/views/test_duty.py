"""Who is on duty at a shared desk is named with what is done there, and no longer than that."""

from datetime import date, timedelta

import pytest

from circulation.models import CirculationEvent
from circulation.views.duty import ENDS_AFTER, NOTED_EVERY
from library_site.models import Role
from readers.models import Appointment, Card, DutyShift, HelperOptions, Semester
from tests.circulation.views.conftest import DeskClient
from tests.circulation.views.test_statements import BOOK, statements
from tests.factories.catalog import make_copy
from tests.factories.readers import make_reader
from tests.factories.site import make_user


@pytest.fixture
def reader(library):
    return make_reader("王小明", school_class=library.school_class, card="C001")


@pytest.fixture
def helper(library):
    """A pupil appointed for this semester, with the card H001."""
    pupil = make_reader("值小日", school_class=library.school_class, card="H001")
    Appointment.objects.create(
        semester=Semester.objects.get(number=1), reader=pupil, kind=Appointment.Kind.HELPER,
        school_class=library.school_class, appointed_on=date(2026, 9, 10),
    )  # fmt: skip
    return pupil


def named_with_the_next_act(desk, barcode="10000001"):
    make_copy(barcode)
    desk.scan("C001")
    assert desk.scan(barcode).tone == "lent"
    return CirculationEvent.objects.latest("pk").on_duty


def test_nobody_is_named_before_somebody_signed_in(desk, reader):
    assert named_with_the_next_act(desk) is None


def test_helper_signs_in_by_card_and_is_named_with_what_is_done(desk, reader, helper, library):
    answer = desk.post("duty", code="h001")
    assert (answer.tone, "值小日" in answer.duty) == ("notice", True)
    assert named_with_the_next_act(desk) == helper
    assert CirculationEvent.objects.latest("pk").by == library.helper
    assert "值小日" in desk.client.get("/desk/").content.decode()


def test_same_card_again_ends_it_and_another_takes_over(desk, reader, helper):
    desk.post("duty", code="H001")
    keeper = make_reader("管小书", card="H002", account=make_user(Role.CLASS_KEEPER))
    desk.post("duty", code="H002")
    assert named_with_the_next_act(desk) == keeper
    assert "管小书" not in desk.post("duty", code="H002").duty
    assert named_with_the_next_act(desk, "10000002") is None


def test_duty_ends_by_itself_when_nothing_is_done(desk, reader, helper, time_machine):
    desk.post("duty", code="H001")
    time_machine.shift(ENDS_AFTER - timedelta(seconds=5))
    assert named_with_the_next_act(desk) == helper
    time_machine.shift(ENDS_AFTER - timedelta(seconds=5))
    assert named_with_the_next_act(desk, "10000002") == helper
    time_machine.shift(ENDS_AFTER + timedelta(seconds=5))
    assert desk.scan("10000001").tone == "returned"
    assert CirculationEvent.objects.latest("pk").on_duty is None
    assert "值小日" not in desk.client.get("/desk/").content.decode()


@pytest.mark.parametrize("status", [Card.Status.LOST, Card.Status.REPLACED])
def test_card_that_is_not_valid_names_nobody(desk, reader, helper, status):
    helper.cards.update(status=status)
    assert desk.post("duty", code="H001").tone == "refused"
    assert named_with_the_next_act(desk) is None


def test_reader_who_does_not_serve_is_refused_without_a_name(desk, reader):
    answer = desk.post("duty", code="C001")
    assert answer.tone == "refused"
    assert "王小明" not in answer.answer
    assert named_with_the_next_act(desk) is None


def test_helper_of_a_past_semester_does_not_sign_in(desk, helper):
    Appointment.objects.update(ended_on=date(2026, 10, 1))
    assert desk.post("duty", code="H001").tone == "refused"


def test_signing_in_and_off_at_the_desk_counts_as_service(desk, helper):
    desk.post("duty", code="H001")
    shift = DutyShift.objects.get(reader=helper)
    assert shift.ended_at is None
    desk.post("duty", code="H001")
    shift.refresh_from_db()
    assert shift.ended_at is not None


def test_rights_only_on_duty_where_the_school_wants_it(desk, librarian_desk, reader, helper):
    HelperOptions.objects.update_or_create(pk=1, defaults={"only_on_duty": True})
    make_copy("10000001")
    refused = desk.scan("C001")
    assert (refused.tone, refused.reader) == ("refused", None)
    assert librarian_desk.scan("C001").reader == reader.pk
    desk.post("duty", code="H001")
    assert named_with_the_next_act(desk, "10000002") == helper


def test_other_desks_are_not_touched(desk, reader, helper, library):
    desk.post("duty", code="H001")
    assert named_with_the_next_act(DeskClient(library.helper)) is None


def test_open_reader_stays_open_while_somebody_signs_in(desk, reader, helper):
    desk.scan("C001")
    assert desk.post("duty", code="H001").reader == reader.pk


def test_naming_keeps_the_desks_budget(desk, reader, helper, time_machine):
    desk.post("duty", code="H001")
    named_with_the_next_act(desk)
    make_copy("10000002")
    _tone, within_the_minute = statements(desk, "10000002")
    desk.post("undo")
    time_machine.shift(NOTED_EVERY)
    tone, noted = statements(desk, "10000002")
    assert tone == "lent"
    assert len(within_the_minute) < len(noted) <= BOOK
