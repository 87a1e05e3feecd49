import random
from datetime import date, datetime, time, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from circulation.models import BorrowerKey, CirculationEvent, Loan, RetentionRun
from circulation.operations.popularity import count_popularity
from circulation.operations.retention import STEPS, forget_old, preview
from circulation.rules.retention import BLANKED, ERASED_NAME
from library_site.audit import act
from library_site.models import ImportRow, ImportRun
from readers.models import ClassMembership, Reader
from tests.circulation.statistics import everything_counted
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
BEFORE = date(2023, 9, 1)
NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.get_default_timezone())


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def lend(reader: Reader, day: date, days: int | None = 7, **fields: object) -> Loan:
    """A loan with its events; `days` None leaves it open."""
    ended = moment(day + timedelta(days=days)) if days is not None else None
    loan = make_loan(reader=reader, lent_at=moment(day), returned_at=ended, **fields)
    facts = {"loan": loan, "copy": loan.copy, "reader": reader, "school_class": loan.school_class, "code": "C1"}
    details = {"overrides": [{"code": "limit", "reason": "家长来电"}]}
    CirculationEvent.objects.create(kind="checkout", at=loan.lent_at, details=details, **facts)
    if ended:
        CirculationEvent.objects.create(kind="return", at=ended, **facts)
    return loan


def forget() -> RetentionRun | None:
    return forget_old(before=BEFORE, by=None, at=NOW)


def a_school_of_years(seed: int) -> None:
    pick = random.Random(seed)
    for year in range(2020, 2027):
        make_school_year(year)
    classes = [make_class(entry, 1) for entry in (2019, 2021, 2024)]
    readers = [make_reader(category=pick.choice(["student", "teacher"])) for _ in range(8)]
    for reader in readers:
        school_class = pick.choice(classes)
        ClassMembership.objects.create(reader=reader, school_class=school_class, since=date(2021, 9, 1))
    copies = [make_copy() for _ in range(6)]
    for _ in range(60):
        day = date(2020, 9, 1) + timedelta(days=pick.randrange(2250))
        ended = {"voided_at": moment(day)} if pick.random() < 0.1 else {}
        reader, school_class = pick.choice(readers), pick.choice([*classes, None])
        lend(reader, day, pick.randrange(1, 90), copy=pick.choice(copies), school_class=school_class, **ended)
    for copy in copies[:3]:
        lend(pick.choice(readers), date(2022, 5, 1), None, copy=copy, school_class=classes[0])
    Reader.objects.filter(pk__in=[reader.pk for reader in readers[:3]]).update(status="left", left_on=date(2022, 7, 1))
    count_popularity(at=NOW)


@pytest.mark.parametrize("seed", range(4))
def test_forgetting_leaves_everything_that_is_counted(seed):
    a_school_of_years(seed)
    before = everything_counted(NOW.date())

    run = forget()
    count_popularity(at=NOW)

    assert run.counts["loans"] > 5
    assert everything_counted(NOW.date()) == before


def test_forgetting_cuts_old_loans_and_their_events_from_the_reader():
    make_school_year(2021)
    reader = make_reader()
    old = lend(reader, date(2022, 3, 1))

    forget()

    old.refresh_from_db()
    assert old.reader is None
    assert set(old.events.values_list("reader", "code")) == {(None, "")}
    assert old.events.get(kind="checkout").details == {"overrides": [{"code": "limit"}]}
    assert not BorrowerKey.objects.filter(reader=reader).exists()


@pytest.mark.parametrize(
    ("day", "days"),
    [(date(2023, 9, 1), 7), (date(2023, 8, 25), 30), (date(2022, 3, 1), None)],
    ids=["lent later", "returned later", "still out"],
)
def test_forgetting_leaves_what_is_not_old(day, days):
    for year in (2021, 2022, 2023):
        make_school_year(year)
    loan = lend(make_reader(), day, days)

    assert forget() is None

    loan.refresh_from_db()
    assert loan.reader is not None
    assert not CirculationEvent.objects.filter(reader=None).exists()
    assert BorrowerKey.objects.filter(reader=loan.reader).exists()


def test_forgetting_twice_records_once():
    make_school_year(2021)
    lend(make_reader(), date(2022, 3, 1))

    first, second = forget(), forget()

    assert first.counts == {"loans": 1, "keys": 1}
    assert second is None
    assert RetentionRun.objects.count() == 1


def test_preview_tells_what_will_be_forgotten_and_changes_nothing():
    make_school_year(2021)
    lend(make_reader(), date(2022, 3, 1))

    counts = preview(before=BEFORE, at=NOW)

    assert (counts["loans"], counts["readers"]) == (1, 0)
    assert Loan.objects.filter(reader=None).count() == 0


def test_forgetting_works_in_more_than_one_window(monkeypatch):
    monkeypatch.setattr("circulation.operations.retention.WINDOW", 2)
    make_school_year(2021)
    reader = make_reader()
    for day in range(1, 8):
        lend(reader, date(2022, 3, day))

    assert forget().counts["loans"] == 7


def test_old_history_is_emptied_of_what_names_people():
    reader = make_reader("王小明", note="常忘带卡")
    with act("edit_reader", by=make_user()):
        Reader.objects.filter(pk=reader.pk).update(name="王晓明")
    make_history_old()

    assert forget().counts == {"history": 2}

    rows = reader_history().filter(pgh_obj=reader).values_list("name", "number", "note", "category")
    assert list(rows) == [("", "", "", "student")] * 2


def test_young_history_keeps_its_names():
    make_reader("王小明")

    assert forget() is None
    assert reader_history().get().name == "王小明"


@pytest.mark.django_db(transaction=True)
def test_door_is_closed_after_forgetting():
    make_reader("王小明")
    make_history_old()
    forget()

    with pytest.raises(DatabaseError, match="append-only"):
        reader_history().update(name="别人")


def test_who_left_long_ago_is_erased_unless_something_is_out():
    make_school_year(2021)
    gone, debtor = (make_reader(name, status="left", left_on=date(2022, 7, 1)) for name in ("已走的人", "书还没还的人"))
    lend(debtor, date(2022, 3, 1), None)

    assert forget().counts["readers"] == 1

    gone.refresh_from_db()
    debtor.refresh_from_db()
    assert (gone.name, gone.number) == (ERASED_NAME, "")
    assert debtor.name == "书还没还的人"


def test_rows_of_old_rosters_go_and_young_ones_stay():
    old, young = (ImportRun.objects.create(kind="roster", file_name="名单.xlsx", state="failed") for _ in range(2))
    ImportRun.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=91))
    for run in (old, young):
        ImportRow.objects.create(run=run, number=2, cells=["三1", "王小明"])

    forget()

    assert list(ImportRow.objects.values_list("run", flat=True)) == [young.pk]


def test_every_blanked_column_is_one_of_its_history():
    for label, columns in BLANKED.items():
        names = {field.name for field in apps.get_model(f"{label}Event")._meta.fields}
        assert set(columns) <= names


def test_steps_name_tables_that_exist():
    assert {step.table for step in STEPS} <= set(connection.introspection.table_names())


def reader_history():
    return apps.get_model("readers", "ReaderEvent").objects.order_by("pgh_id")


def make_history_old() -> None:
    """As if it had been written years ago; the door is the only way to say so."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('library.retention', 'on', true)")
        cursor.execute("UPDATE readers_readerevent SET pgh_created_at = '2022-01-01'")
        cursor.execute("SELECT set_config('library.retention', '', true)")
