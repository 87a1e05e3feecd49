"""A class's period in the library, and the day from which another timetable holds."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Location
from circulation.models import LibraryPeriod
from circulation.models.calendar import WEEKDAYS
from library_site.forms.fields import ClockField, DayField
from library_site.forms.layout import Row
from readers.queries.classes import NamedClass

THE_LIBRARY = ("", _("The library"))


def rooms() -> list[Location]:
    """The school's places by name."""
    return list(Location.objects.order_by("name"))


class PeriodForm(forms.Form):
    """One class, one hour a week. What clashes is decided where it is written."""

    school_class = forms.TypedChoiceField(label=_("Class"), coerce=int)
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int, choices=WEEKDAYS)
    starts = ClockField(label=_("From"))
    ends = ClockField(label=_("To"))
    weeks = forms.ChoiceField(label=_("weeks"), choices=LibraryPeriod.Weeks.choices)
    purpose = forms.ChoiceField(label=_("purpose"), choices=LibraryPeriod.Purpose.choices)
    room = forms.TypedChoiceField(label=_("room"), coerce=int, empty_value=None, required=False)
    valid_from = DayField(label=_("valid from"))
    valid_until = DayField(label=_("valid until"), required=False)

    def __init__(
        self, *args: Any, classes: Sequence[NamedClass], places: Sequence[Location], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["school_class"].choices = [(row.pk, row.name) for row in classes]  # type: ignore[attr-defined]
        self.fields["room"].choices = [THE_LIBRARY, *((row.pk, row.name) for row in places)]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row("school_class", "weekday", "starts", "ends"),
            Row("weeks", "purpose", "room", "valid_from", "valid_until"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The period must end after it begins."))
        if data.get("valid_from") and data.get("valid_until") and data["valid_until"] < data["valid_from"]:
            self.add_error("valid_until", _("The last day lies before the first."))
        return data


class NewTimetableForm(forms.Form):
    """From when on another timetable holds, and what it begins with."""

    starts_on = DayField(label=_("holds from"))
    begins_with = forms.ChoiceField(
        label=_("begins with"),
        choices=[("copy", _("The periods so far, to be changed")), ("empty", _("An empty timetable"))],
        widget=forms.RadioSelect,
        initial="copy",
    )

    def __init__(self, *args: Any, after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day <= self.after:
            raise forms.ValidationError(_("A new timetable begins after today."))
        return day
