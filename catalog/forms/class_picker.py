"""The field for a CLC number: typed as it stands on the book, or found by number, name or pinyin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.queries.classification import clc_number_of

LONGEST = 60


class ClassPicker(forms.TextInput):
    """A text input that the script makes a combobox; without it, a number is typed as it is."""

    class Media:
        css = {"all": ["css/class_picker.css"]}
        js = [Script("js/clc/picker.js", type="module")]

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        return {
            "autocomplete": "off",
            "spellcheck": "false",
            "autocapitalize": "characters",
            "data-class-picker": reverse("clc:find"),
            **super().build_attrs(base_attrs, extra_attrs),
        }


class ClassPickerField(forms.CharField):
    """A CLC number, normalised; numbers built beyond any table are taken, what is no number is refused."""

    widget = ClassPicker

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("CLC number"))
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        number = clc_number_of(super().clean(value))
        if number is None:
            raise ValidationError(_("This is no CLC number. Choose a class, or leave it empty to classify later."))
        return number
