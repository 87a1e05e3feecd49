"""Parts of crispy layouts, drawn like the components of the same name."""

from typing import Any

from crispy_forms.layout import Div
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string


class Section(Div):
    """A group of fields under one question: title and reason at the left, fields at the right."""

    template = "components/form_section.html"

    def __init__(self, title: Any, *fields: Any, lead: Any = "") -> None:
        super().__init__(*fields)
        self.title, self.lead = title, lead

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> str:
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {"fields": fields, "title": self.title, "lead": self.lead})


class Row(Div):
    """Fields side by side where there is room."""

    css_class = "form-row"


class FieldTable(Div):
    """Small fields in a table: one row of (name of the row, names of its fields), one column per head."""

    template = "components/field_table.html"

    def __init__(self, heads: list[Any], rows: list[tuple[Any, list[str]]]) -> None:
        super().__init__()
        self.heads, self.rows = heads, rows

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> str:
        form.rendered_fields.update(name for _row, names in self.rows for name in names)
        rows = [(title, [form[name] for name in names]) for title, names in self.rows]
        return render_to_string(self.template, {"heads": self.heads, "rows": rows})
