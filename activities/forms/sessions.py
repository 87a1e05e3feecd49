"""Hours that were held: one, or the classes of a week in one table."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from activities.queries.sessions import WeekLine
from library_site.forms.fields import DayField
from library_site.forms.layout import Row
from readers.queries.classes import NamedClass

MOST_PRESENT = 3000
MOST_LETTERS = 40


class SessionForm(forms.Form):
    """One hour: a lecture, a rehearsal, a lesson entered by itself."""

    on = DayField(label=_("day"))
    hours = forms.CharField(label=_("time of day"), max_length=MOST_LETTERS, required=False)
    school_class_id = forms.TypedChoiceField(label=_("Class"), required=False, coerce=int, empty_value=None)
    topic = forms.CharField(label=_("topic"), max_length=100, required=False)
    led_by = forms.CharField(label=_("held by"), max_length=60, required=False)
    present = forms.IntegerField(label=_("present"), required=False, min_value=0, max_value=MOST_PRESENT)
    note = forms.CharField(label=_("note"), max_length=200, required=False)

    def __init__(self, *args: Any, classes: Sequence[NamedClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class_id"].choices = [("", _("all together")), *((row.pk, row.name) for row in classes)]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("on", "hours", "school_class_id", "present"), Row("topic", "led_by"), "note")


class WeekForm(forms.Form):
    """The classes of a week: what was taught by whom for all, and for each class whether, when, how many came."""

    topic = forms.CharField(label=_("topic"), max_length=100)
    led_by = forms.CharField(label=_("held by"), max_length=60, required=False)

    def __init__(self, *args: Any, lines: Sequence[WeekLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if not line.is_entered]
        for line in self.lines:
            self._add_row(line)

    def _add_row(self, line: WeekLine) -> None:
        name, key = line.school_class.name, line.school_class.pk
        down = {"data-down": "", "class": "form-control form-control-sm"}
        self.fields[f"held-{key}"] = forms.BooleanField(
            label=_("%(class_name)s: held") % {"class_name": name}, required=False, initial=bool(line.hours),
            widget=forms.CheckboxInput(attrs={"class": "form-check-input", "data-down": ""}),
        )  # fmt: skip
        self.fields[f"on-{key}"] = DayField(label=_("%(class_name)s: day") % {"class_name": name}, initial=line.on)
        self.fields[f"on-{key}"].widget.attrs |= down
        self.fields[f"hours-{key}"] = forms.CharField(
            label=_("%(class_name)s: time of day") % {"class_name": name},
            initial=line.hours, max_length=MOST_LETTERS, required=False, widget=forms.TextInput(attrs=down),
        )  # fmt: skip
        self.fields[f"present-{key}"] = forms.IntegerField(
            label=_("%(class_name)s: people") % {"class_name": name}, required=False, min_value=0,
            max_value=MOST_PRESENT, initial=line.enrolled, widget=forms.NumberInput(attrs=down),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(f"held-{line.school_class.pk}") for line in self.lines):
            raise forms.ValidationError(_("Tick the classes that had it."))
        return data

    def rows(self) -> list[tuple[WeekLine, list[Any]]]:
        """Each class with its fields, for the table."""
        names = ("held", "on", "hours", "present")
        return [(line, [self[f"{name}-{line.school_class.pk}"] for name in names]) for line in self.lines]

    def held(self) -> list[dict[str, Any]]:
        """The hours that were held, as `operations.sessions.Held` takes them."""
        data = self.cleaned_data
        common = {"topic": data["topic"], "led_by": data["led_by"]}
        keys = [line.school_class.pk for line in self.lines if data[f"held-{line.school_class.pk}"]]
        return [{"school_class_id": key, **common, **self._own(key)} for key in keys]

    def _own(self, key: int) -> dict[str, date | str | int | None]:
        return {name: self.cleaned_data[f"{name}-{key}"] for name in ("on", "hours", "present")}
