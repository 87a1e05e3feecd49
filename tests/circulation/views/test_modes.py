"""Modes of a desk: seen on the page, kept to by the server, over by themselves."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from circulation.models import CirculationEvent, Loan, LoanPolicy, Suspension
from tests.factories.catalog import make_copy
from tests.factories.desk import lend, loan_of
from tests.factories.readers import make_reader
from tests.factories.reservations import make_reservation


def begin(desk, **fields):
    return desk.client.post(reverse("circulation:mode"), fields, follow=True)


def mark(desk):
    """What the page of the desk shows, and so sends with each act."""
    mode = desk.client.get(reverse("circulation:desk")).context["mode"]
    return mode.mark if mode else "none"


def scan(desk, code, **fields):
    return desk.scan(code, **{"mode": mark(desk), **fields})


def come_back(desk, user, at, time_machine):
    """Days later: the login of before is over."""
    time_machine.move_to(at)
    desk.client.force_login(user)


@pytest.fixture
def late_copy(library):
    """Due on Monday 26 October, with a rule that suspends."""
    LoanPolicy.objects.filter(category="student").update(overdue_cost="suspension")
    copy = make_copy("10000001")
    lend(copy, make_reader(card="C001"), library.helper)
    return copy


@pytest.mark.cases("RT-12")
def test_amnesty_is_shown_and_costs_nothing(librarian_desk, library, late_copy, time_machine):
    come_back(librarian_desk, library.librarian, library.noon + timedelta(days=17), time_machine)
    page = begin(librarian_desk, kind="amnesty", reason="读书节").content.decode()
    assert 'data-mode="amnesty:' in page
    assert "读书节" in page
    assert scan(librarian_desk, late_copy.barcode).tone == "returned"
    details = CirculationEvent.objects.latest("pk").details
    assert (details["mode"], details["amnesty"], details["reason"]) == ("amnesty", True, "读书节")
    assert not Suspension.objects.exists()


@pytest.mark.cases("RT-9", "RT-10")
def test_book_drop_takes_returns_only_as_of_the_last_closing(desk, library, late_copy, time_machine):
    tuesday_morning = (library.noon + timedelta(days=15)).replace(hour=8)  # due on Monday
    come_back(desk, library.helper, tuesday_morning, time_machine)
    begin(desk, kind="book_drop")
    assert scan(desk, "C001").tone == "notice"
    assert desk.reader is None
    assert scan(desk, late_copy.barcode).tone == "returned"
    assert loan_of(late_copy).returned_at.isoformat() == "2026-10-26T09:00:00+00:00"  # Monday 17:00
    assert "late" not in CirculationEvent.objects.latest("pk").details


@pytest.mark.cases("CO-23")
def test_desk_that_is_dated_back_lends_and_returns_on_that_day(librarian_desk, library):
    copy = make_copy("10000002")
    make_reader(card="C002")
    begin(librarian_desk, kind="back_dating", day="2026-10-09", reason="停电")
    scan(librarian_desk, "C002")
    assert scan(librarian_desk, copy.barcode).tone == "lent"
    assert loan_of(copy).lent_at.isoformat() == "2026-10-09T04:00:00+00:00"
    assert CirculationEvent.objects.latest("pk").details == {"mode": "back_dating", "reason": "停电"}
    begin(librarian_desk, kind="back_dating", day="2026-10-08")
    assert [scan(librarian_desk, copy.barcode).tone, loan_of(copy).returned_at] == ["returned", loan_of(copy).lent_at]


@pytest.mark.cases("CO-24", "RT-11")
@pytest.mark.parametrize("day", ["2026-10-13", "2026-10-12", "2026-08-01", "", "gestern"])
def test_day_to_date_back_to_lies_in_the_past_and_not_too_far(librarian_desk, day):
    begin(librarian_desk, kind="back_dating", day=day)
    assert mark(librarian_desk) == "none"


def test_amnesty_needs_a_reason(librarian_desk):
    begin(librarian_desk, kind="amnesty", reason=" ")
    assert mark(librarian_desk) == "none"


@pytest.mark.parametrize("kind", ["amnesty", "back_dating"])
def test_helper_begins_no_mode_but_the_book_drop(desk, kind):
    begin(desk, kind=kind, reason="试试", day="2026-10-09")
    assert mark(desk) == "none"


def test_helper_dates_the_book_drop_to_no_day_of_choice(desk):
    begin(desk, kind="book_drop", day="2026-09-21")
    assert mark(desk) == "book_drop:2026-10-10T17:00:00+08:00"  # a make-up day: Monday's is still to come


def test_mode_ends_by_itself_and_a_page_that_shows_it_still_does_nothing(librarian_desk, library, time_machine):
    make_copy("10000003")
    make_reader(card="C003")
    begin(librarian_desk, kind="amnesty", reason="读书节")
    shown = mark(librarian_desk)
    time_machine.move_to(library.noon + timedelta(minutes=31))
    answer = librarian_desk.scan("C003", mode=shown)
    assert (answer.tone, answer.reader) == ("refused", None)
    assert 'data-mark="none"' in answer.mode
    assert librarian_desk.scan("C003", mode="none").tone == "opened"


def test_second_page_of_a_desk_does_not_act_in_a_mode_that_it_does_not_show(librarian_desk, late_copy):
    begin(librarian_desk, kind="amnesty", reason="读书节")
    answer = librarian_desk.scan(late_copy.barcode, mode="none")
    assert answer.tone == "refused"
    assert "amnesty:" in answer.mode
    assert Loan.objects.filter(returned_at=None).count() == 1


def test_page_that_knows_no_modes_acts_as_every_day(librarian_desk, library, late_copy, time_machine):
    come_back(librarian_desk, library.librarian, library.noon + timedelta(days=17), time_machine)
    begin(librarian_desk, kind="amnesty", reason="读书节")
    assert librarian_desk.scan(late_copy.barcode).tone == "returned"
    assert Suspension.objects.exists()


def test_mode_is_prolonged_and_ended_by_hand_and_by_logging_out(librarian_desk, library, time_machine):
    begin(librarian_desk, kind="amnesty", reason="读书节")
    time_machine.move_to(library.noon + timedelta(minutes=20))
    librarian_desk.client.post(reverse("circulation:mode_longer"))
    time_machine.move_to(library.noon + timedelta(minutes=49))
    assert mark(librarian_desk) != "none"
    librarian_desk.client.post(reverse("circulation:mode_end"))
    assert mark(librarian_desk) == "none"
    begin(librarian_desk, kind="amnesty", reason="读书节")
    librarian_desk.client.post(reverse("logout"))
    librarian_desk.client.force_login(library.librarian)
    assert mark(librarian_desk) == "none"


def test_mode_ends_at_midnight(librarian_desk, library, time_machine):
    time_machine.move_to(library.noon.replace(hour=23, minute=45))
    begin(librarian_desk, kind="amnesty", reason="读书节")
    time_machine.move_to(library.noon.replace(hour=23, minute=59))
    assert mark(librarian_desk) != "none"
    time_machine.move_to(library.noon.replace(hour=0, minute=0) + timedelta(days=1))
    assert mark(librarian_desk) == "none"


@pytest.mark.parametrize("name", ["lend", "renew", "open_reader"])
def test_book_drop_neither_lends_nor_renews_nor_opens(desk, library, late_copy, name):
    begin(desk, kind="book_drop")
    fields = {"copy": late_copy.pk, "loan": loan_of(late_copy).pk, "reader": loan_of(late_copy).reader_id}
    answer = desk.post(name, mode=mark(desk), **fields)
    assert (answer.tone, answer.reader) == ("refused", None)


def test_page_that_shows_a_wrong_mode_is_told_of_nobody(desk):
    reader = make_reader("外班同学")
    desk.reader = reader.pk
    answer = desk.post("open_reader", mode="amnesty:")
    assert (answer.tone, answer.reader, answer.panel) == ("refused", None, None)
    assert "外班同学" not in answer.answer


@pytest.mark.cases("RT-9", "RT-13")
def test_book_that_lay_in_the_book_drop_waits_for_its_reader_from_now_on(librarian_desk, library, late_copy):
    """Ten days were closed or nobody came: the reader has the same days for picking it up as ever."""
    turn = make_reservation(late_copy.title, make_reader())
    begin(librarian_desk, kind="book_drop", day="2026-09-28")
    assert scan(librarian_desk, late_copy.barcode).tone == "reserved"
    turn.refresh_from_db()
    assert turn.expires_on == date(2026, 10, 15)  # the third open day from Monday the 12th
