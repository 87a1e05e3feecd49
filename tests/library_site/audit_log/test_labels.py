from django.apps import apps
from django.utils import translation
from django.utils.functional import Promise

from catalog.models import Title
from catalog.queries.merging import relations
from library_site.audit_log.labels import COLUMNS, MODELS, column_label
from library_site.audit_log.rows import histories, looks, tracked_columns


def test_every_kind_of_thing_in_the_log_has_a_name():
    assert {*histories(), *looks()} - set(MODELS) == set()


def test_everything_that_hangs_on_a_title_has_a_name():
    assert {relation.related_model._meta.label for relation in relations()} - set(MODELS) == set()


def test_every_named_kind_exists():
    assert {model._meta.label for model in apps.get_models()} >= set(MODELS)


def test_every_column_in_the_log_has_a_name():
    nameless = {
        f"{label}.{column.name}"
        for label, history in histories().items()
        for column in tracked_columns(history)
        if not isinstance(column.verbose_name, Promise) and column.name not in COLUMNS
    }

    assert nameless == set()


def test_subject_of_a_book_is_not_that_of_a_meeting():
    with translation.override("zh-hans"):
        assert column_label(Title._meta.get_field("subjects")) == "主题词"
