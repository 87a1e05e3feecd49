"""Standards of the school's own, which of all it is measured by, and figures that are entered for them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _

from library_site.models.school import Stage
from reports.models import Standard, StandardRow
from reports.queries.standards import measure_names, measure_of, names_classes

TOLERANCES = ("0", "0.5", "1", "2", "5")
BLANK_ROWS = 4


class StandardForm(forms.ModelForm):
    """What a standard is called, for whom it is and where it stands."""

    class Meta:
        model = Standard
        fields = ["name", "region", "school_type", "source"]

    def _post_clean(self) -> None:
        """That a name is taken is said where it is written: the refusal names the field."""
        self.instance = construct_instance(self, self.instance, self._meta.fields)


class RowForm(forms.Form):
    """One demand; a row without a measure is left out."""

    measure = forms.ChoiceField(label=_("Measured"), required=False)
    subject = forms.CharField(label=_("Classes or stage"), required=False, max_length=20)
    sense = forms.ChoiceField(label=_("Sense"), choices=StandardRow.Sense.choices, required=False)
    value = forms.DecimalField(label=_("Value"), required=False, min_value=0, max_digits=10, decimal_places=2)
    is_sure = forms.BooleanField(label=_("Sure"), required=False, initial=True)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [("", _("— none —")), *measure_names()]  # type: ignore[attr-defined]
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = "form-check-input" if isinstance(field, forms.BooleanField) else kind

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        measure = measure_of(cleaned.get("measure", ""))
        if measure is not None:
            if cleaned.get("value") is None and "value" not in self.errors:
                self.add_error("value", _("Say how much is demanded."))
            cleaned["sense"] = measure.sense or cleaned.get("sense") or StandardRow.Sense.AT_LEAST
            cleaned["subject"] = self._subject(measure.subject, cleaned.get("subject", ""))
            if measure.code == "share" and (cleaned.get("value") or 0) > 100:
                self.add_error("value", _("A share is 100% at most."))
        return cleaned

    def _subject(self, kind: str, text: str) -> str:
        text = text.strip()
        if kind == "classes":
            if not names_classes(text):
                self.add_error("subject", _("Name main classes like A, C-K or I+J."))
            return text.upper().replace(" ", "")
        if kind == "stage" and text and text not in Stage.values:
            by_name = {str(label): value for value, label in Stage.choices}
            if text not in by_name:
                self.add_error("subject", _("Name a stage, or leave it empty for all students."))
            return by_name.get(text, text)
        return text if kind == "stage" else ""

    def row(self) -> StandardRow | None:
        """The row, None where nothing was filled in."""
        values = {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}
        return StandardRow(**values) if values.get("measure") else None


RowFormSet = forms.formset_factory(RowForm, extra=BLANK_ROWS, max_num=60, absolute_max=80)


class ChooseForm(forms.Form):
    """Which standards the school is measured by."""

    chosen = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, standards: Sequence[Standard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(row.pk, row.name) for row in standards]  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """A figure of this semester that is entered by hand."""

    value = forms.DecimalField(label=_("Value"), min_value=0, max_digits=10, decimal_places=2)
    note = forms.CharField(label=_("Why, and where it comes from"), max_length=200)


class ToleranceForm(forms.Form):
    """By how many percentage points a share may be missed."""

    tolerance = forms.TypedChoiceField(
        label=_("Shares may be missed by"),
        choices=[(text, text) for text in TOLERANCES],
        coerce=Decimal,
        required=False,
    )
