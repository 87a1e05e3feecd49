"""What the database itself keeps, whoever writes: page, command or SQL."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from activities.models import ActivityKind, ActivityOptions, ReadingQuota
from catalog.models import ClcClass
from circulation.models import CirculationEvent, CirculationOptions, Closure, DamageDegree, DefaultPrice, Loan
from library_site.models import School, SettingsToken
from readers.models import HelperOptions
from reports.models import Goal, ReportOptions
from tests.factories.calendar import make_day_override, make_holiday_lending, make_recall_date
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school
from tests.factories.standards import make_standard
from tests.factories.timetable import make_period

SETTINGS = {
    "library_site.School": make_school,
    "readers.SchoolYear": make_school_year,
    "readers.Semester": make_school_year,
    "readers.Grade": make_school_year,
    "readers.SchoolClass": make_class,
    "readers.HelperOptions": lambda: HelperOptions.objects.create(pk=1),
    "catalog.ClcClass": lambda: ClcClass.objects.create(code="I", name="文学", level=1),
    "catalog.Location": make_location,
    "circulation.LoanPolicy": make_policy,
    "circulation.OpeningHours": make_opening_hours,
    "circulation.Closure": lambda: Closure.objects.create(
        starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 7), reason="国庆节"
    ),
    "circulation.DayOverride": make_day_override,
    "circulation.RecallDate": make_recall_date,
    "circulation.HolidayLending": make_holiday_lending,
    "circulation.LibraryPeriod": make_period,
    "circulation.CirculationOptions": lambda: CirculationOptions.objects.create(pk=1),
    "circulation.DefaultPrice": lambda: DefaultPrice.objects.create(material="book", price="20.00"),
    "circulation.DamageDegree": lambda: DamageDegree.objects.create(name="轻微", percent=10),
    "activities.ActivityKind": lambda: ActivityKind.objects.create(name="讲座", shape="lecture"),
    "activities.ActivityOptions": lambda: ActivityOptions.objects.create(pk=1),
    "activities.ReadingQuota": lambda: ReadingQuota.objects.create(books=10, from_year=2026),
    "reports.ReportOptions": lambda: ReportOptions.objects.create(pk=1),
    "reports.Goal": lambda: Goal.objects.create(figure="borrowing_rate", from_year=2026),
    "reports.Standard": make_standard,
    "reports.StandardRow": lambda: make_standard(("holdings_per_student", "", "least", "25")),
}


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(statement: str) -> bool:
    """Whether the database refuses; what it did not refuse stays done."""
    try:
        with transaction.atomic():
            execute(statement)
    except DatabaseError as error:
        assert "append-only" in str(error)
        return True
    return False


def update(model) -> str:
    """A statement that writes every row and changes none."""
    key = model._meta.pk.column
    return f"UPDATE {model._meta.db_table} SET {key} = {key}"


def delete(model) -> str:
    return f"DELETE FROM {model._meta.db_table}"


def open_retention() -> None:
    execute("SELECT set_config('library.retention', 'on', true)")


def make_event() -> CirculationEvent:
    reader, copy, now = make_reader(), make_copy(), timezone.now()
    loan = Loan.objects.create(
        copy=copy,
        reader=reader,
        borrower_key="00000000-0000-0000-0000-000000000001",
        category=reader.category,
        lent_at=now,
        due_on=now.date() + timedelta(days=14),
        loan_days=14,
        max_renewals=1,
    )
    return CirculationEvent.objects.create(kind="checkout", at=now, loan=loan, copy=copy, reader=reader)


@pytest.fixture(params=["events", "history"])
def append_only_table(request, db):
    """A table with one row that nobody may touch."""
    if request.param == "events":
        make_event()
        return CirculationEvent
    make_school()
    School.objects.update(name="新名")
    return apps.get_model("library_site", "SchoolEvent")


def test_append_only_table_refuses_updates(append_only_table):
    assert refused(update(append_only_table))


def test_append_only_table_refuses_deletes(append_only_table):
    assert refused(delete(append_only_table))


def test_append_only_table_refuses_to_be_emptied(append_only_table):
    execute("SELECT set_config('library.flush', 'off', true)")
    execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert refused(f"TRUNCATE {append_only_table._meta.db_table} CASCADE")


def test_every_append_only_table_refuses_to_be_emptied():
    triggers = {
        model._meta.label: {trigger.name for trigger in getattr(model._meta, "triggers", [])}
        for model in apps.get_models()
    }

    assert [label for label, names in triggers.items() if "append_only" in names and "never_emptied" not in names] == []


def test_retention_may_update_but_not_delete(append_only_table):
    open_retention()

    assert not refused(update(append_only_table))
    assert refused(delete(append_only_table))


def test_retention_ends_with_its_transaction(transactional_db):
    make_event()
    with transaction.atomic():
        open_retention()
        assert not refused(update(CirculationEvent))

    assert refused(update(CirculationEvent))


def test_loan_is_never_deleted(db):
    make_event()

    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        execute(delete(Loan))


def test_every_settings_table_is_tested_here():
    renewing = {
        model._meta.label
        for model in apps.get_models()
        if any(trigger.name == "renew_settings_token" for trigger in getattr(model._meta, "triggers", []))
    }

    assert renewing == set(SETTINGS)


@pytest.mark.parametrize("label", SETTINGS)
def test_every_write_of_a_settings_table_renews_the_token(label, db):
    model = apps.get_model(label)
    seen = [token()]

    SETTINGS[label]()
    seen.append(token())
    execute(update(model))
    seen.append(token())
    if label == "readers.SchoolYear":
        execute(delete(apps.get_model("readers.Semester")))
        seen[-1] = token()
    execute(delete(model))
    seen.append(token())

    assert len(set(seen)) == 4


def token():
    row = SettingsToken.objects.first()
    return row and row.token
