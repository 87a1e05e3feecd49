"""The consents of a class, ticked from the papers that came back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import Consent
from library_site.forms.fields import DayField

Agreed = tuple[int, str]


class ConsentForm(forms.Form):
    """What is ticked now against what was ticked when the page was drawn: what others changed meanwhile stays."""

    given_on = DayField(label=_("The papers are of"))
    note = forms.CharField(label=_("Where the papers are kept"), max_length=100, required=False)
    ticked = forms.MultipleChoiceField(required=False)
    was = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, readers: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(f"{reader}-{what}", "") for reader in readers for what in Consent.What.values]
        for name in ("ticked", "was"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
        for name in ("given_on", "note"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def clean_given_on(self) -> Any:
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def pairs(self, name: str) -> set[Agreed]:
        """(reader, what) of the boxes of this name."""
        split = (value.partition("-") for value in self.cleaned_data[name])
        return {(int(reader), what) for reader, _sign, what in split}
