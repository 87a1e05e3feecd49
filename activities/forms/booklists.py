"""Which booklists are looked for, and what a list is."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.forms.grades import grade_choices, place_of
from activities.models import BookList
from readers.models import Reader


class ListsForm(forms.Form):
    """A GET form over the lists; what cannot be read narrows nothing."""

    grade = forms.ChoiceField(label=pgettext_lazy("of pupils", "Grade"), required=False)
    occasion = forms.ChoiceField(label=_("what for"), required=False)

    def __init__(self, *args: Any, grades: Mapping[tuple[str, int], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["for"] = forms.ChoiceField(
            choices=[(Reader.Category.STUDENT, ""), (Reader.Category.TEACHER, "")], required=False
        )
        self._offer("grade", grade_choices(grades))
        self._offer("occasion", BookList.Occasion.choices)

    def given(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def asked_grade(self) -> tuple[str, int] | None:
        """(stage, position), or None for all."""
        stage, position = place_of(self.given("grade")) or ("", None)
        return (stage, position) if position is not None else None

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *choices]
        field.widget.attrs["class"] = "form-select"
