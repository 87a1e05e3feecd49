"""Closing the day."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from circulation.models import DayClosing, Reservation
from circulation.operations.day import close_day
from circulation.queries.day import day_counts
from library_site.models import ImportRun
from tests.circulation.conftest import NOON
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_loan
from tests.factories.readers import make_reader
from tests.factories.site import make_user

TODAY = NOON.date()


def put_aside(expires_on):
    copy = make_copy()
    return Reservation.objects.create(
        title=copy.title, reader=make_reader(), placed_at=NOON, state="ready", copy=copy, expires_on=expires_on
    )


def what_waits():
    make_loan(kind="room", due_on=TODAY)
    make_loan(due_on=TODAY - timedelta(days=1))
    make_loan(due_on=TODAY)
    put_aside(TODAY)
    put_aside(TODAY - timedelta(days=1))
    ImportRun.objects.create(kind="roster", file_name="名单.xlsx", state="checked")


@pytest.mark.cases("DY-1", "IR-3")
@pytest.mark.django_db
def test_closing_keeps_what_is_left():
    what_waits()
    closing = close_day(note=" 明天还书箱 ", by=make_user(), at=NOON)
    assert (closing.day, closing.note) == (TODAY, "明天还书箱")
    assert closing.left == {"in_room": 1, "expired": 1, "imports": 1}


@pytest.mark.django_db
def test_what_waits_is_counted_in_one_statement(django_assert_num_queries):
    what_waits()
    with django_assert_num_queries(1):
        counts = day_counts(TODAY)
    assert (counts.in_room, counts.overdue, counts.overdue_readers) == (1, 1, 1)
    assert (counts.ready, counts.expired, counts.imports) == (2, 1, 1)


@pytest.mark.cases("DY-1")
@pytest.mark.django_db
def test_closing_twice_is_once():
    first, second = make_user(), make_user()
    done = close_day(note="先", by=first, at=NOON)
    again = close_day(note="后", by=second, at=NOON + timedelta(hours=4))
    assert (again.pk, again.by, again.note) == (done.pk, first, "先")
    assert close_day(by=first, at=NOON + timedelta(days=1)).pk != done.pk


@pytest.mark.cases("DY-1")
@pytest.mark.django_db(transaction=True)
def test_two_who_close_at_once_close_once():
    users, found = [make_user(), make_user()], []
    start = threading.Barrier(2)

    def close(user):
        try:
            start.wait()
            found.append(close_day(by=user, at=NOON).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert set(found) == {DayClosing.objects.get().pk}
