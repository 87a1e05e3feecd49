"""Figures entered by hand, and the reason for closing a semester again."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from library_site.forms.layout import FieldTable, Section

LARGEST = Decimal("999999999999")


def _value(label: Any, *, whole: bool, required: bool = True) -> forms.DecimalField:
    places = 0 if whole else 2
    return forms.DecimalField(
        label=label, min_value=0, max_value=LARGEST, decimal_places=places, max_digits=14, required=required
    )


class EnterForm(forms.Form):
    """One figure and its note."""

    note = forms.CharField(label=_("Why, and where it comes from"), max_length=200)

    def __init__(self, *args: Any, whole: bool, unit: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("Value in %(unit)s") % {"unit": unit} if unit else pgettext("of a figure", "Value")
        self.fields = {"value": _value(label, whole=whole), "note": self.fields["note"]}
        self.fields["value"].widget.attrs["autofocus"] = True


class EnterAllForm(forms.Form):
    """The figures of a semester that is on paper: empty fields enter nothing, and take back what was entered.

    `figures` are {code: (name, whole)}; the note holds for every figure that has none of its own.
    """

    note = forms.CharField(
        label=_("Where the numbers come from"),
        max_length=200,
        required=False,
        help_text=_("Such as: paper ledger 2024."),
    )

    def __init__(self, *args: Any, figures: Mapping[str, tuple[Any, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = list(figures)
        for code, (name, whole) in figures.items():
            self.fields[f"value_{code}"] = _value(name, whole=whole, required=False)
            self.fields[f"note_{code}"] = forms.CharField(label=_("Note"), max_length=200, required=False)
        self.helper = FormHelper()
        self.helper.form_tag = False
        rows = [(name, [f"value_{code}", f"note_{code}"]) for code, (name, _whole) in figures.items()]
        self.helper.layout = Layout(
            Section(_("Source"), "note", lead=_("Printed beside every figure that has no note of its own.")),
            Section(
                pgettext("to enter", "Figures"),
                FieldTable([_("Figure"), pgettext("of a figure", "Value"), _("Note")], rows),
                lead=_("What is not known stays empty: it is shown as a dash, not as 0."),
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for code in self.codes:
            if cleaned.get(f"value_{code}") is not None and not self._note(cleaned, code):
                self.add_error("note", _("Say where the numbers come from."))
                break
        return cleaned

    def entries(self) -> dict[str, tuple[Decimal, str]]:
        """{code: (value, note)} of what was entered."""
        found = ((code, self.cleaned_data[f"value_{code}"]) for code in self.codes)
        return {code: (value, self._note(self.cleaned_data, code)) for code, value in found if value is not None}

    def emptied(self, entered: Iterable[str]) -> list[str]:
        """Of the codes that were entered, those whose field is empty now."""
        return [code for code in entered if self.cleaned_data.get(f"value_{code}") is None]

    def _note(self, cleaned: Mapping[str, Any], code: str) -> str:
        return cleaned.get(f"note_{code}") or cleaned.get("note") or ""


class CloseForm(forms.Form):
    """Why a semester is closed; needed where it was closed before."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
