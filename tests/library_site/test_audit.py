import pghistory.models
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from catalog.models import Copy, Title
from library_site.audit import act
from library_site.models import School
from readers.models import Reader
from tests.factories.catalog import make_copy
from tests.factories.readers import make_reader
from tests.factories.site import make_school, make_user


def history(model, *labels):
    """What the model left behind by updates and deletes, or by acts of these labels."""
    rows = apps.get_model(model._meta.app_label, f"{model.__name__}Event").objects.order_by("pgh_id")
    return rows.filter(pgh_label__in=labels or ["update", "delete"])


def test_act_leaves_the_old_row_with_who_and_what(db):
    school, librarian = make_school(name="旧名"), make_user()

    with act("rename_school", by=librarian, address="192.0.2.7"):
        school.name = "新名"
        school.save()

    old = history(School).get()
    assert old.name == "旧名"
    assert old.pgh_context.metadata == {"act": "rename_school", "user": librarian.pk, "address": "192.0.2.7"}


def test_act_of_the_system_names_no_user(db):
    make_school()

    with act("first_start", by=None):
        School.objects.update(name="新名")

    assert history(School).get().pgh_context.metadata == {"act": "first_start", "user": None, "address": None}


def test_act_keeps_every_row_of_a_set_wise_change(db):
    for name in ("甲", "乙", "丙"):
        make_reader(name)

    with act("mark_left", by=make_user()):
        Reader.objects.update(status="left")

    rows = history(Reader).values_list("name", "status")
    assert set(rows) == {("甲", "active"), ("乙", "active"), ("丙", "active")}


def test_act_keeps_a_deleted_row(db):
    reader = make_reader("甲")

    with act("delete_reader", by=make_user()):
        reader.delete()

    assert history(Reader).get().name == "甲"


def test_act_keeps_who_made_a_row(db):
    librarian = make_user()

    with act("add_reader", by=librarian):
        make_reader("甲")

    made = history(Reader, "insert").get()
    assert (made.name, made.pgh_context.metadata["user"]) == ("甲", librarian.pk)


def test_act_leaves_nothing_of_a_title_that_is_made(db):
    """The catalogue comes by the ten thousand; its imports are on record themselves."""
    with act("import.holdings", by=None):
        make_copy()

    assert not history(Title, "insert").exists()
    assert not history(Copy, "insert").exists()


def test_act_cannot_be_given_to_somebody_else_afterwards(transactional_db):
    make_school()
    with act("rename_school", by=make_user()):
        School.objects.update(name="新名")

    for statement in ("UPDATE pghistory_context SET metadata = '{}'", "DELETE FROM pghistory_context"):
        with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
            cursor.execute(statement)


def test_act_that_fails_leaves_nothing(transactional_db):
    make_school(name="旧名")

    with pytest.raises(RuntimeError), act("rename_school", by=None):
        School.objects.update(name="新名")
        raise RuntimeError

    assert School.objects.get().name == "旧名"
    assert not history(School).exists()
    assert not pghistory.models.Context.objects.exists()


def test_act_is_the_outermost_transaction(transactional_db):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), act("rename_school", by=None):
        pass


def test_change_of_a_password_leaves_no_trace_of_it(db):
    user = make_user()

    with act("set_password", by=user):
        user.set_password("another password")
        user.save()

    fields = {field.name for field in history(type(user)).model._meta.get_fields()}
    assert not {"password", "last_login"} & fields
