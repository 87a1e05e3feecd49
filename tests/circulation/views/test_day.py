"""The librarian's day on its pages."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circulation.models import CirculationEvent, DayClosing, LibraryPeriod
from readers.models import DutyShift
from tests.circulation.conftest import NOON
from tests.circulation.operations.test_day import what_waits
from tests.circulation.queries.test_exceptions import lend_by_exception
from tests.factories.circulation import make_loan
from tests.factories.helpers import make_appointment
from tests.factories.readers import make_reader

HOME, CLOSING, EXCEPTIONS = reverse("home"), reverse("day:closing"), reverse("day:exceptions")


@pytest.fixture
def client(library):
    make_loan()  # lending has begun: no first steps any more
    client = Client(headers={"accept-language": "en"})
    client.force_login(library.librarian, backend="library_site.authentication.AccountBackend")
    return client


def text(client, page):
    return client.get(page).content.decode()


def test_start_page_says_what_waits_with_the_way_to_it(client):
    what_waits()
    page = text(client, HOME)
    assert "1 book used in the room is not back" in page
    assert "1 book is overdue (readers: 1)" in page
    assert "1 reserved book was not picked up in time" in page
    assert f'href="{reverse("in_room:overview")}"' in page


def test_start_page_names_the_class_of_the_moment_and_who_is_on_duty(client, library):
    LibraryPeriod.objects.create(
        school_class=library.school_class, weekday=0, starts=time(12), ends=time(12, 40), valid_from="2026-09-01"
    )
    helper = make_reader("小助手")
    DutyShift.objects.create(appointment=make_appointment(helper), reader=helper, started_at=NOON)
    page = text(client, HOME)
    assert f'href="{reverse("circulation:board", args=[library.school_class.pk])}"' in page
    assert "小助手" in page


def test_start_page_shows_the_note_of_the_last_closing(client, library):
    DayClosing.objects.create(
        day=NOON.date() - timedelta(days=3), note="周一先上架新书", by=library.librarian, at=NOON - timedelta(days=3)
    )
    assert "周一先上架新书" in text(client, HOME)


def test_start_page_of_others_stays_calm(library):
    what_waits()
    client = Client()
    client.force_login(library.helper, backend="library_site.authentication.AccountBackend")
    assert client.get(HOME).context["day"] is None


def test_start_page_costs_the_same_whatever_waits(client):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        return len(queries)

    what_waits()
    statements()
    one = statements()
    for _more in range(2):
        what_waits()
    assert statements() == one <= 12


@pytest.mark.cases("DY-1")
def test_closing_lists_what_is_left_and_is_done_once(client, library):
    what_waits()
    assert "1 book used in the room is not back" in text(client, CLOSING)
    page = client.post(CLOSING, {"note": "明天见"}, follow=True).content.decode()
    assert "Closed at 12:20" in page
    client.post(CLOSING, {"note": "又一次"})
    assert DayClosing.objects.get().note == "明天见"


@pytest.mark.cases("DY-2")
def test_exceptions_are_listed_in_words(client, library):
    lend_by_exception(library, make_reader("王小明"))
    page = text(client, EXCEPTIONS)
    assert "Lent by exception: over the limit" in page
    assert {"王小明", "参加朗诵比赛"} <= {word for word in ("王小明", "参加朗诵比赛") if word in page}
    assert "参加朗诵比赛" not in text(client, f"{EXCEPTIONS}?on=2026-10-11")
    assert "1 exception today" in text(client, HOME)


@pytest.mark.parametrize("asked", ["nonsense", "2026-13-45", "2099-01-01"])
def test_day_that_is_none_is_today(client, asked):
    assert client.get(EXCEPTIONS, {"on": asked}).context["day"] == NOON.date()


@pytest.mark.cases("DY-3")
@pytest.mark.parametrize("kind", [kind for kind in CirculationEvent.Kind if kind != CirculationEvent.Kind.UNDO])
def test_every_act_dated_back_has_words(client, library, kind):
    loan = make_loan()
    at = NOON - timedelta(days=2)
    CirculationEvent.objects.create(kind=kind, at=at, recorded_at=NOON, loan=loan, copy=loan.copy, by=library.librarian)
    page = text(client, EXCEPTIONS)
    assert f"{kind.label}, dated back: 1 by 10/10/2026" in page
