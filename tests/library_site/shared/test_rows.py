"""Objects of hand-written statements are the ORM's own, columns, types and all."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from catalog.models import Copy, Title
from library_site.models import ImportRun
from library_site.shared.rows import Rows, insert
from readers.models import Reader
from tests.factories.catalog import make_copy, make_title
from tests.factories.readers import make_reader

pytestmark = pytest.mark.django_db


def read(rows, alias, table, key):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {rows.sql} FROM {table} AS {alias} WHERE id = %s", [key])
        values = iter(cursor.fetchone())
    found = rows.read(values)
    assert list(values) == []
    return found


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_read_object_is_the_one_the_orm_reads():
    title = make_title("三国演义", price=Decimal("28.00"), clc_number="I242.4")
    copy = make_copy("00001", title=title, price=Decimal("9.90"), acquired_on=date(2026, 9, 1))

    assert columns(read(Rows(Copy, "c"), "c", "catalog_copy", copy.pk)) == columns(Copy.objects.get(pk=copy.pk))
    assert columns(read(Rows(Title, "t"), "t", "catalog_title", title.pk)) == columns(Title.objects.get(pk=title.pk))


def test_columns_left_out_are_read_when_asked_for(django_assert_num_queries):
    reader = make_reader(name="王小明", note="左手")
    found = read(Rows(Reader, "r", leave_out=("note",)), "r", "readers_reader", reader.pk)

    with django_assert_num_queries(0):
        assert found.name == "王小明"
    with django_assert_num_queries(1):
        assert found.note == "左手"


def test_inserted_object_is_the_one_the_orm_would_have_made():
    run = insert(ImportRun(kind=ImportRun.Kind.HOLDINGS, file_name="藏书.csv", sheets=[{"name": "一"}], total=3))
    made = ImportRun.objects.create(
        kind=ImportRun.Kind.HOLDINGS, file_name="藏书.csv", sheets=[{"name": "一"}], total=3
    )

    own = {"id": run.pk, "created_at": run.created_at}
    assert columns(ImportRun.objects.get(pk=run.pk)) == {**columns(made), **own}
    assert not run._state.adding
