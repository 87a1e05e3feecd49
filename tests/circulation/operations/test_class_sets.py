"""Class sets: many copies of a title for a teacher by a day."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest

from circulation.models import CirculationEvent, Loan, Reservation
from circulation.models.loans import OPEN
from circulation.operations.class_sets import ask_for_set, end_set, lend_set
from circulation.operations.pickup_shelf import set_aside
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_policy
from tests.factories.desk import NOON, lend, take_back
from tests.factories.readers import make_reader
from tests.factories.reservations import make_reservation

pytestmark = [pytest.mark.usefixtures("library"), pytest.mark.cases("RS-19")]
NEXT_MONDAY = date(2026, 10, 19)


@pytest.fixture
def title():
    """A title with three copies."""
    title = make_title()
    for _number in range(3):
        make_copy(title=title)
    return title


@pytest.fixture
def teacher():
    return make_reader(category="teacher")


def ask(title, teacher, **fields):
    values = {"school_class_id": None, "wanted": 2, "needed_on": NEXT_MONDAY, **fields}
    return ask_for_set(
        title_id=title.pk, teacher_id=teacher.pk, by=None, at=NOON, reference=current_reference(), **values
    )


def fetch(title):
    for copy in title.copies.order_by("pk"):
        set_aside(copy_id=copy.pk, at=NOON, reference=current_reference())


def lend_all(wish, by, scan_id=None):
    return lend_set(
        class_set_id=wish.pk, scan_id=scan_id or uuid4(), desk="desk1", by=by, at=NOON, reference=current_reference()
    )


def codes(act):
    with pytest.raises(Refused) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


def test_asking_gives_every_copy_its_turn(title, teacher, library):
    wish = ask(title, teacher, school_class_id=library.school_class.pk)
    assert list(wish.reservations.values_list("state", "reader")) == [("waiting", teacher.pk)] * 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"wanted": 4}, "too_many"),
        ({"needed_on": NOON.date() - timedelta(days=1)}, "past"),
        ({"needed_on": date(2026, 10, 18)}, "closed_day"),
    ],
)
def test_asking_for_what_cannot_be_is_refused(title, teacher, fields, code):
    assert codes(partial(ask, title, teacher, **fields)) == [code]
    assert Reservation.objects.count() == 0


def test_asking_twice_or_by_a_pupil_is_refused(title, teacher):
    ask(title, teacher)
    assert codes(partial(ask, title, teacher)) == ["asked_already"]
    assert codes(partial(ask, title, make_reader())) == ["no_teacher"]


def test_copies_are_set_aside_as_they_come_until_after_the_day(title, teacher, library):
    away = title.copies.first()
    lend(away, make_reader(), library.librarian)
    wish = ask(title, teacher, wanted=3)
    fetch(title)
    assert wish.reservations.filter(state="ready").count() == 2
    take_back(away, library.librarian)
    ready = wish.reservations.filter(state="ready")
    assert {turn.expires_on for turn in ready} == {date(2026, 10, 22)}
    assert ready.count() == 3


def test_lending_gives_all_to_the_teacher_past_the_limit_and_closes_the_set(title, library):
    make_policy("staff", max_loans=1)
    teacher = make_reader(category="staff")
    wish = ask(title, teacher)
    fetch(title)
    scan_id = uuid4()
    events, refused = lend_all(wish, library.librarian, scan_id)
    assert (len(events), refused) == (2, [])
    assert Loan.objects.filter(OPEN, reader=teacher).count() == 2
    wish.refresh_from_db()
    assert wish.closed_at == NOON
    lend_all(wish, library.librarian, scan_id)
    assert CirculationEvent.objects.filter(kind="checkout").count() == 2


def test_lending_keeps_what_can_be_lent_when_one_copy_cannot(title, teacher, library):
    wish = ask(title, teacher)
    fetch(title)
    bad = wish.reservations.filter(state="ready").order_by("copy__barcode").first().copy
    type(bad).objects.filter(pk=bad.pk).update(state="withdrawn")
    events, refused = lend_all(wish, library.librarian)
    assert [copy for copy, _problems in refused] == [bad]
    assert len(events) == 1
    wish.refresh_from_db()
    assert wish.closed_at is None


def test_ending_passes_the_copies_to_others_not_to_the_set_itself(title, teacher):
    wish = ask(title, teacher, wanted=3)
    copy = title.copies.first()
    set_aside(copy_id=copy.pk, at=NOON, reference=current_reference())
    other = make_reservation(title, make_reader(), placed_at=NOON + timedelta(minutes=5))
    for _again in range(2):
        end_set(class_set_id=wish.pk, by=None, at=NOON, reference=current_reference())
    assert set(wish.reservations.values_list("state", flat=True)) == {"cancelled"}
    other.refresh_from_db()
    assert (other.state, other.copy) == ("ready", copy)
