"""Two imports at once, and a desk that must not wait for either."""

import threading
from functools import partial

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from catalog.imports.writing import Writes
from catalog.models import Copy, Title
from catalog.operations.copies import move_copies
from catalog.operations.titles import add_title, change_title
from circulation.operations.checkout import check_out
from library_site.imports import engine
from library_site.imports.locks import is_worked_on, kind_lock, run_lock
from library_site.shared.reference import current_reference
from readers.models import Reader
from tests.concurrency.test_copies import wait_until_it_waits
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.sheets import check_sheet, write_sheet
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Runs all acts in threads of their own, from one starting line; raises what any of them raised."""
    line, problems = threading.Barrier(len(acts)), []

    def run(act):
        try:
            line.wait(timeout=30)
            act()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert problems == []


def test_two_imports_of_the_same_holdings_make_them_once(tmp_path):
    make_location()
    rows = [[f"N{number}", f"书{number}", 3] for number in range(60)]
    path = write_sheet(tmp_path, ["书目号", "书名", "册数"], *rows)
    runs = [check_sheet("holdings", path) for _ in range(2)]
    at_once(*[lambda run=run: engine.apply(run_id=run.pk, by=None) for run in runs])

    for run in runs:
        run.refresh_from_db()
    assert sorted((run.counts["new"], run.counts["same"]) for run in runs) == [(0, 60), (60, 0)]
    assert (Title.objects.count(), Copy.objects.count()) == (60, 180)


def test_two_imports_of_other_holdings_never_share_a_number(tmp_path):
    make_location()
    runs = []
    for mark in "AB":
        rows = [[f"{mark}{number}", f"书{mark}{number}", 4] for number in range(40)]
        runs.append(
            check_sheet("holdings", write_sheet(tmp_path, ["书目号", "书名", "册数"], *rows, name=f"{mark}.csv"))
        )
    at_once(*[lambda run=run: engine.apply(run_id=run.pk, by=None) for run in runs])

    numbers = sorted(Copy.objects.values_list("barcode", flat=True))
    assert numbers == [f"{number:08d}" for number in range(1, 321)]


def test_two_imports_of_the_same_roster_make_it_once(tmp_path):
    make_school()
    make_school_year()
    path = write_sheet(tmp_path, ["班级", "姓名"], *[["三(1)班", f"张{number}"] for number in "一二三四五六七八"])
    runs = [check_sheet("roster", path) for _ in range(2)]
    at_once(*[lambda run=run: engine.apply(run_id=run.pk, by=None) for run in runs])

    assert Reader.objects.count() == 8


def test_lock_of_a_run_is_seen_by_others_while_it_is_held():
    seen = []
    with run_lock(77), kind_lock("roster"):
        at_once(lambda: seen.append(is_worked_on(77)))
    at_once(lambda: seen.append(is_worked_on(77)))

    assert seen == [True, False]


def test_desk_lends_while_an_import_is_being_written(tmp_path, monkeypatch):
    make_school()
    make_school_year()
    make_policy()
    make_opening_hours()
    title = make_title("三国演义", school_number="A1")
    copy, reader = make_copy("OLD1", title=title), make_reader(card="C1", school_class=make_class())
    path = write_sheet(
        tmp_path, ["书目号", "书名", "定价", "册数"], ["A1", "三国演义", "28", 5], ["A2", "红楼梦", "", 3]
    )
    run = check_sheet("holdings", path)
    real, lent = Writes.write, []

    def lend():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")  # rather an error than a test that hangs
        lent.append(
            check_out(
                copy_id=copy.pk, reader_id=reader.pk, by=None, at=timezone.now(), reference=current_reference()
            ).event.kind
        )

    def write_and_linger(self, *, at):
        real(self, at=at)
        at_once(lend)

    monkeypatch.setattr(Writes, "write", write_and_linger)
    engine.apply(run_id=run.pk, by=None)

    assert lent == ["checkout"]
    assert title.copies.count() == 5


def meanwhile(monkeypatch, act, *, times=1):
    """Somebody else does this between the plan and the writing of an import."""
    real, calls = Writes.write, []

    def write(self, *, at):
        if len(calls) < times:
            calls.append(1)
            at_once(act)
        real(self, at=at)

    monkeypatch.setattr(Writes, "write", write)


def test_title_corrected_while_an_import_was_planned_keeps_the_correction(tmp_path, monkeypatch):
    make_location()
    title = make_title("三国演义", school_number="A1", author="罗贯")
    run = check_sheet("holdings", write_sheet(tmp_path, ["书目号", "书名", "定价"], ["A1", "三国演义", "28"]))
    correct = partial(change_title, title_id=title.pk, values={"author": "罗贯中"}, by=None)
    meanwhile(monkeypatch, correct)

    engine.apply(run_id=run.pk, by=None)

    title.refresh_from_db()
    assert (title.author, str(title.price)) == ("罗贯中", "28.00")


def test_copy_moved_while_an_import_was_planned_stays_where_it_was_put(tmp_path, monkeypatch):
    place = make_location("阅览室")
    copy = make_copy("OLD1", title=make_title("三国演义"))
    path = write_sheet(tmp_path, ["书名", "条码号", "卷册"], ["三国演义", "OLD1", "上"])
    run = check_sheet("holdings", path)
    meanwhile(monkeypatch, partial(move_copies, copy_ids=[copy.pk], location_id=place.pk, by=None))

    engine.apply(run_id=run.pk, by=None)

    copy.refresh_from_db()
    assert (copy.location, copy.volume) == (place, "上")


def test_book_number_drawn_while_an_import_brings_some_is_not_one_of_them(tmp_path, monkeypatch):
    make_school()
    make_location()
    path = write_sheet(tmp_path, ["书名", "分类号", "书次号"], ["甲", "I287", "1"], ["乙", "I287", "2"])
    run = check_sheet("holdings", path)
    real, drawing = Writes.write, []

    def write_and_wait(self, *, at):
        real(self, at=at)
        other = threading.Thread(target=draw)
        drawing.append(other)
        other.start()
        wait_until_it_waits(other)

    def draw():
        add_title(values={"name": "丙", "clc_number": "I287"}, by=None)
        connection.close()

    monkeypatch.setattr(Writes, "write", write_and_wait)
    engine.apply(run_id=run.pk, by=None)
    drawing[0].join()

    assert sorted(Title.objects.values_list("book_number", flat=True)) == ["1", "2", "3"]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_import_whose_connection_dies_leaves_nothing_and_can_be_repeated(tmp_path, monkeypatch, moment):
    make_location()
    path = write_sheet(
        tmp_path, ["书目号", "书名", "册数"], *[[f"N{number}", f"书{number}", 3] for number in range(50)]
    )
    run = check_sheet("holdings", path)
    real = Writes.write

    def cut_off(self, *, at):
        if moment == "after":
            real(self, at=at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(Writes, "write", cut_off)
        with pytest.raises(OperationalError):
            engine.apply(run_id=run.pk, by=None)

    run.refresh_from_db()
    assert (run.state, Title.objects.count(), Copy.objects.count()) == ("failed", 0, 0)
    engine.check(run_id=run.pk)
    engine.apply(run_id=run.pk, by=None)
    assert (Title.objects.count(), Copy.objects.count()) == (50, 150)
