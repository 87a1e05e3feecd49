"""Migrations of many operations, without Django drawing up all models of the project after each of them."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class RenderedOnce(Operation):
    """Runs operations forwards with the models as they are before all of them and after all of them.

    Django renders a model and all that are related to it, here nearly every model, after each single operation; in a
    large migration that takes most of the time. Operations fit in here where none needs the models as they are in
    between: a model made here is made whole, so one that changes it afterwards is refused.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations
        made = {operation.name_lower for operation in operations if isinstance(operation, CreateModel)}
        for operation in operations:
            if getattr(operation, "model_name", "").lower() in made:
                raise ValueError(f"made here, so not to be changed here: {operation.describe()}")

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # What was rendered is dropped, as Django's own `clear_delayed_apps_cache` does; the next look renders anew.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        # Step by step, as Django does: what is taken away is named by the columns that were there in between.
        states = [to_state]
        for operation in self.operations:
            states.append(states[-1].clone())
            operation.state_forwards(app_label, states[-1])
        for index, operation in reversed(list(enumerate(self.operations))):
            operation.database_backwards(app_label, schema_editor, states[index + 1], states[index])

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)
