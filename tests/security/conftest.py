"""A library with one of most things, and somebody with every role to walk its pages."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from library_site.models import Role, User
from tests.conventions.test_access import patterns, sample
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_loan, make_opening_hours, make_policy
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

BACKEND = "library_site.authentication.AccountBackend"


@pytest.fixture
def world(db) -> User:
    """A school at work; the account that is returned has every role."""
    make_school()
    make_school_year()
    make_policy()
    make_opening_hours()
    make_location()
    school_class = make_class()
    reader = make_reader("张三", school_class=school_class, card="T0001")
    make_loan(reader=reader, school_class=school_class, copy=make_copy(barcode="B0001"))
    make_copy(barcode="B0002")
    return make_user(*Role.values, name="王老师")


@pytest.fixture
def everyone(world) -> Client:
    """A browser in which the account with every role is logged in."""
    client = Client()
    client.force_login(world, backend=BACKEND)
    return client


def addresses(objects: dict[str, object]) -> Iterator[tuple[str, str]]:
    """(name, address) of every URL; arguments from `objects`, else samples of things that are not there."""
    for name, pattern in patterns():
        converters = pattern.pattern.converters
        kwargs = {key: objects.get(key) or sample(converter) for key, converter in converters.items()}
        yield name, reverse(name, kwargs=kwargs)


def existing_objects(all_models: list[type[models.Model]]) -> dict[str, object]:
    """The first row of the model that an argument's name ends with: `reader_id` is a Reader's."""
    found: dict[str, object] = {}
    for model in all_models:
        first = model._default_manager.order_by("pk").first()
        if first is not None:
            found[f"{model._meta.model_name}_id"] = first.pk
    aliases = {
        "class_id": "schoolclass_id",
        "run_id": "importrun_id",
        "account_id": "user_id",
        "year_id": "schoolyear_id",
    }
    return found | {name: found[own] for name, own in aliases.items() if own in found}
