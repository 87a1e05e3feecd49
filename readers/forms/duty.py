"""Periods, duties, swaps, and service entered from paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from library_site.forms.fields import ClockField, DayField
from readers.models import DutyPeriod
from readers.queries.helpers import HelperRow
from readers.queries.roster import RosterEntry


class DutyPeriodForm(forms.ModelForm):
    starts = ClockField(label=_("From"))
    ends = ClockField(label=_("To"))

    class Meta:
        model = DutyPeriod
        fields = ["name", "starts", "ends"]
        labels = {"name": _("Name of the period")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The period must end after it begins."))
        return data


def _people(helpers: Sequence[HelperRow]) -> list[tuple[int, str]]:
    return [(row.appointment.pk, f"{row.class_name} {row.reader.name}") for row in helpers]


class DutyForm(forms.Form):
    """One helper's place on the roster."""

    appointment = forms.TypedChoiceField(label=_("Who"), coerce=int)
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int, choices=list(WEEKDAYS.items()))
    period = forms.TypedChoiceField(label=_("Period"), coerce=int)

    def __init__(
        self, *args: Any, helpers: Sequence[HelperRow], periods: Sequence[DutyPeriod], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        _offer(self, "appointment", _people(helpers))
        _offer(self, "period", [(row.pk, str(row)) for row in periods])


class SwapForm(forms.Form):
    """Two duties, each with the date on which it is given away."""

    one = forms.TypedChoiceField(label=_("This duty"), coerce=int)
    one_on = DayField(label=_("on"))
    other = forms.TypedChoiceField(label=_("for that duty"), coerce=int)
    other_on = DayField(label=_("on"))

    def __init__(self, *args: Any, entries: Sequence[RosterEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.duty.pk, self._named(row)) for row in entries]
        for name in ("one", "other"):
            _offer(self, name, choices)

    @staticmethod
    def _named(row: RosterEntry) -> str:
        return f"{row.class_name} {row.name} · {row.duty.get_weekday_display()} {row.duty.period}"


class ServiceForm(forms.Form):
    """Service from paper."""

    appointment = forms.TypedChoiceField(label=_("Who"), coerce=int)
    day = DayField(label=_("Date"))
    starts = ClockField(label=_("From"))
    ends = ClockField(label=_("To"))

    def __init__(self, *args: Any, helpers: Sequence[HelperRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "appointment", _people(helpers))

    def span(self) -> tuple[datetime, datetime]:
        """Beginning and end as moments."""
        data = self.cleaned_data
        starts, ends = (datetime.combine(data["day"], data[name]) for name in ("starts", "ends"))
        return timezone.make_aware(starts), timezone.make_aware(ends)


class CommendationForm(forms.Form):
    """The librarian's word; `reckoned` leaves it to hours and acts."""

    choice = forms.ChoiceField(choices=[("yes", _("Commended")), ("no", _("Not commended")), ("reckoned", "")])
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.TypedChoiceField)
    field.choices = choices
