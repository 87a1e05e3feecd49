"""Who wrote a slip of paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WhoForm(forms.Form):
    """The person of a slip: what was typed, and which of those found by it was chosen."""

    who = forms.CharField(label=_("Card, school number, name or pinyin"), max_length=64, required=False)
    reader = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def paper_fields(self) -> list[forms.BoundField]:
        """What the page draws behind the person."""
        return [self[name] for name in self.fields if name not in WhoForm.base_fields]

    def dress(self) -> None:
        """Gives every field the look of its kind; forms drawn by crispy need it not."""
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].widget.attrs |= {"autocomplete": "off", "autofocus": True}
