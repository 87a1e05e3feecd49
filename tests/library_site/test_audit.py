import pghistory.models
import pytest
from django.apps import apps
from django.db import transaction

from library_site.audit import act
from library_site.models import School
from readers.models import Reader
from tests.factories.readers import make_reader
from tests.factories.site import make_school, make_user


def history(model):
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event").objects.order_by("pgh_id")


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
