"""How posters come out: paper, books on each, heading, codes for phones."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

SIZES = (1, 4, 6)
_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,5})?(?=/|$)", re.ASCII)


class PosterForm(forms.Form):
    """A GET form; what cannot be read falls back to A4, four books, with codes."""

    paper = forms.ChoiceField(
        label=pgettext_lazy("to print on", "Paper"), choices=[("a4", "A4"), ("a3", "A3")], required=False
    )
    per = forms.TypedChoiceField(
        label=_("Books on a poster"),
        choices=[(number, ngettext_lazy("%d book", "%d books", number) % number) for number in SIZES],
        coerce=int,
        required=False,
    )
    heading = forms.CharField(label=_("Heading"), max_length=40, required=False)
    words = forms.CharField(label=_("Why read it"), max_length=200, required=False)
    plain = forms.BooleanField(label=_("Without codes for phones"), required=False)
    address = forms.CharField(
        label=_("Address that phones use"),
        max_length=120,
        required=False,
        help_text=_("Such as http://192.168.1.10:8000; the codes lead there."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("paper", "per"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in ("heading", "words", "address"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["plain"].widget.attrs["class"] = "form-check-input"

    def given(self, name: str, usual: Any = "") -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or usual

    def clean_address(self) -> str:
        """Scheme and host of what was typed; without a scheme, http."""
        text = str(self.cleaned_data["address"]).strip()
        found = _ADDRESS.match(text if "://" in text else f"http://{text}")
        return found[0] if found else ""
