"""Which labels to print, and where on the sheet to begin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from library_site.shared.codes import normalise_code

PER_SHEET = 24
SHEETS_AT_ONCE = 20


class LabelsForm(forms.Form):
    """Either the copies of an import, or a range of barcodes."""

    run = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    first = forms.CharField(
        label=_("From barcode"), required=False, max_length=32, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    last = forms.CharField(
        label=_("To barcode"), required=False, max_length=32, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    start = forms.IntegerField(
        label=_("Begin at label"), required=False, min_value=1, max_value=PER_SHEET, initial=1,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )  # fmt: skip

    def clean_first(self) -> str:
        return normalise_code(self.cleaned_data["first"])

    def clean_last(self) -> str:
        return normalise_code(self.cleaned_data["last"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("first")) != bool(cleaned.get("last")):
            cleaned["first"] = cleaned["last"] = cleaned.get("first") or cleaned.get("last")
        return cleaned
