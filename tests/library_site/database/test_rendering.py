import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from library_site.database.rendering import RenderedOnce


def _shelf():
    return migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))])


def _board():
    key = models.ForeignKey("readers.shelf", models.PROTECT)
    return migrations.CreateModel("Board", [("id", models.BigAutoField(primary_key=True)), ("shelf", key)])


@pytest.mark.django_db
def test_operations_run_in_order_and_back():
    operation = RenderedOnce([_shelf(), _board()])
    before, after = ProjectState(), ProjectState()
    assert not before.apps.get_models()
    assert not after.apps.get_models()
    operation.state_forwards("readers", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("readers", editor, before, after)
    assert {"readers_shelf", "readers_board"} <= set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        operation.database_backwards("readers", editor, after, before)
    assert not {"readers_shelf", "readers_board"} & set(connection.introspection.table_names())


def test_a_model_made_is_not_changed_in_the_same_breath():
    width = migrations.AddField("shelf", "width", models.IntegerField(default=1))
    with pytest.raises(ValueError, match="width"):
        RenderedOnce([_shelf(), width])


def test_it_is_as_reversible_as_what_it_holds():
    assert RenderedOnce([_shelf()]).reversible
    assert not RenderedOnce([_shelf(), migrations.RunSQL("SELECT 1")]).reversible
