"""Which signs to print, and how large."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Location


class SignsForm(forms.Form):
    """Signs of the shelves of a place, or of classes."""

    what = forms.ChoiceField(
        label=_("Which signs"),
        choices=[("shelves", _("Shelves of a place")), ("classes", _("CLC classes"))],
        required=False,
    )
    place = forms.ModelChoiceField(
        Location.objects.order_by("name"), label=_("location"), required=False, empty_label=_("Choose a place")
    )
    classes = forms.CharField(
        label=_("Classes (empty: all main classes held)"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"placeholder": "I24 I28 TP3"}),
    )
    size = forms.ChoiceField(label=_("Page size"), choices=[("a4", "A4"), ("a5", "A5")], required=False)

    def __init__(self, data: dict[str, Any]) -> None:
        values = {"what": "shelves", "size": "a4", **data}
        super().__init__(values, auto_id="signs-%s")
        del self.fields["classes" if values["what"] == "shelves" else "place"]
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def clean_classes(self) -> list[str]:
        return [part for part in re.split(r"[\s,;，；、]+", self.cleaned_data["classes"]) if part]
