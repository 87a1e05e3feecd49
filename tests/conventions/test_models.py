"""How tables are made: sort keys, uniqueness, foreign keys, and where history lives."""

import re

import pytest
from django.apps import apps
from django.db import models

from library_site import translations

CODE_LIKE = re.compile(r"(^|_)(barcode|number|code|isbn|pinyin|initials|username|sort_key|main_class|desk)$")
NOT_A_KEY = {"CirculationEvent.code": "what was scanned is kept as it came, and never looked up"}
NOT_PROTECTED = {
    "BorrowerKey.reader": "the key ties a reader to their loans and goes with the reader",
    "ImportRow.run": "staged rows are of no use without their run",
    "Copy.import_run": "only a note of where the copy came from",
}


def is_history(model) -> bool:
    return hasattr(model, "pgh_tracked_model")


MODELS = [model for model in apps.get_models() if model._meta.app_label in translations.APPS and not is_history(model)]
HISTORIES = [model for model in apps.get_models() if model._meta.app_label in translations.APPS and is_history(model)]


def fields_of(kind, *, except_for):
    named = {f"{model.__name__}.{field.name}": field for model in MODELS for field in model._meta.local_fields}
    return [
        pytest.param(field, id=name)
        for name, field in named.items()
        if isinstance(field, kind) and name not in except_for
    ]


def code_fields():
    texts = fields_of(models.CharField, except_for=NOT_A_KEY)
    return [param for param in texts if CODE_LIKE.search(param.values[0].name)]


@pytest.mark.parametrize("field", code_fields())
def test_codes_sort_and_compare_byte_by_byte(field):
    assert field.db_collation == "C", "db_collation='C': the order of codes must not depend on the server"


@pytest.mark.parametrize("field", fields_of(models.ForeignKey, except_for=NOT_PROTECTED))
def test_foreign_keys_protect_what_they_point_to(field):
    assert field.remote_field.on_delete is models.PROTECT


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_uniqueness_is_a_named_constraint(model):
    marked = [
        field.name
        for field in model._meta.local_fields
        if field._unique and not field.primary_key and not field.one_to_one
    ]

    assert marked == [], "UniqueConstraint: unique=True makes a second index for LIKE"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_model_has_no_order_of_its_own(model):
    assert not model._meta.ordering
    assert not model._meta.unique_together


@pytest.mark.parametrize("model", HISTORIES, ids=lambda model: model.__name__)
def test_history_is_append_only(model):
    assert "append_only" in {trigger.name for trigger in model._meta.triggers}
