"""Whether anything stands about a row in other tables, those of later apps included."""

from typing import Any

from django.db import models


def tables_about(row: models.Model) -> list[str]:
    """The names of the models that point to this row; the audit's own rows, which say what it was, do not count."""
    found = []
    for relation in row._meta.related_objects:
        model: Any = relation.related_model
        is_audit = hasattr(model, "pgh_tracked_model")
        if not is_audit and model._base_manager.filter(**{relation.field.name: row.pk}).exists():
            found.append(str(model._meta.model_name))
    return found
