"""Class boxes and book corners: what their pages send."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from circulation.forms.desk import BACKDATE_DAYS, DeskForm, LendForm, ReaderForm, ScanForm
from circulation.models import Box
from library_site.forms.fields import DayField
from library_site.forms.layout import Row, Section


class BoxForm(forms.ModelForm):
    """A box. That its name is its own, and that one in use is not retired, is decided where it is written."""

    class Meta:
        model = Box
        fields = ["name", "capacity", "is_retired"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["is_retired"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        lead = _("As it stands on the box. The number of books is what a class can carry and look after.")
        self.helper.layout = Layout(Section(_("The box"), Row("name", "capacity"), *self._use(), lead=lead))

    def _use(self) -> list[str]:
        return ["is_retired"] if "is_retired" in self.fields else []

    def validate_unique(self) -> None:
        """Left to the write, which locks."""

    def validate_constraints(self) -> None:
        """Left to the write; the bounds of the number are the field's."""


class PlaceForm(forms.Form):
    """Which class gets the box."""

    school_class = forms.TypedChoiceField(label=_("class"), coerce=int)

    def __init__(self, *args: Any, classes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"].choices = [("", "—"), *classes]  # type: ignore[attr-defined]
        self.fields["school_class"].widget.attrs["class"] = "form-select"


class DueForm(forms.Form):
    due_on = DayField(label=_("due back"))


class EndForm(forms.Form):
    missing_is_known = forms.BooleanField(required=False)


class BoxScanForm(ScanForm):
    """A scan on the page of a box, which puts in or takes back."""

    box = forms.IntegerField(min_value=1)
    way = forms.ChoiceField(choices=[("in", "in"), ("back", "back")])


class PutInForm(LendForm):
    box = forms.IntegerField(min_value=1)
    way = forms.CharField(required=False, max_length=8)


class BoxUndoForm(DeskForm):
    box = forms.IntegerField(min_value=1)
    way = forms.CharField(required=False, max_length=8)


class CornerForm(DeskForm):
    """An act on the page of a class's corner."""

    corner = forms.IntegerField(min_value=1)


class CornerScanForm(ScanForm):
    corner = forms.IntegerField(min_value=1)


class CornerOpenForm(ReaderForm):
    corner = forms.IntegerField(min_value=1)


class CornerLendForm(LendForm):
    corner = forms.IntegerField(min_value=1)


class SheetLineForm(forms.Form):
    """One line of the corner's sheet: the pupil, the book by its barcode or the last digits of it, and the days."""

    pupil = forms.TypedChoiceField(label=_("Pupil"), coerce=int, empty_value=None, required=False)
    book = forms.CharField(label=_("Barcode"), max_length=64, required=False)
    lent_on = DayField(label=_("Lent on"), required=False)
    back_on = DayField(label=_("Back on"), required=False)

    def __init__(self, *args: Any, today: date, pupils: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["pupil"].choices = [("", "—"), *pupils]  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs |= {
                "class": "form-select" if name == "pupil" else "form-control",
                "aria-label": field.label,
            }

    def clean_lent_on(self) -> date | None:
        return self._day("lent_on")

    def clean_back_on(self) -> date | None:
        return self._day("back_on")

    def _day(self, name: str) -> date | None:
        day = self.cleaned_data[name]
        if day and not self.today - timedelta(days=BACKDATE_DAYS) <= day <= self.today:
            raise forms.ValidationError(_("The date lies in the future or too far back."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [data.get(name) for name in ("pupil", "book", "lent_on")]
        if any(given) and not all(given) and not self.errors:
            raise forms.ValidationError(_("Pupil, book and day belong together."))
        if data.get("lent_on") and data.get("back_on") and data["back_on"] < data["lent_on"]:
            self.add_error("back_on", _("Back before it was lent."))
        return data


class OwnBookForm(forms.Form):
    """A book that a pupil brings."""

    owner = forms.TypedChoiceField(label=_("whose"), coerce=int)
    name = forms.CharField(label=_("title"), max_length=200)
    note = forms.CharField(label=_("note"), max_length=200, required=False)

    def __init__(self, *args: Any, pupils: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "—"), *pupils]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if field is self.fields["owner"] else "form-control"
