"""A line of the register of honours."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Honour
from library_site.forms.fields import DayField


class CorrectHonourForm(forms.ModelForm):
    """The words of a line; its number and whose it is stay."""

    awarded_on = DayField(label=Honour._meta.get_field("awarded_on").verbose_name)

    class Meta:
        model = Honour
        fields = ["awarded_on", "level", "occasion", "award", "name", "class_name", "work", "teacher"]


class EnterHonoursForm(forms.Form):
    """A contest and its winners, one a line."""

    occasion = forms.CharField(label=_("contest or occasion"), max_length=100)
    awarded_on = DayField(label=Honour._meta.get_field("awarded_on").verbose_name)
    level = forms.ChoiceField(label=Honour._meta.get_field("level").verbose_name, choices=Honour.Level.choices)
    award = forms.CharField(
        label=Honour._meta.get_field("award").verbose_name,
        max_length=60,
        required=False,
        help_text=_("For all lines that name none of their own."),
    )
    teacher = forms.CharField(label=_("guided by"), max_length=40, required=False)
    activity = forms.ModelChoiceField(
        label=_("part of the activity"),
        queryset=Activity.objects.order_by("-starts_on"),
        required=False,
        empty_label=_("of none"),
    )
    winners = forms.CharField(
        label=_("winners"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("One a line: class, name, and if they have them award and work; or paste from a sheet."),
    )
    as_written = forms.BooleanField(label=_("Enter names that were not found as they are written"), required=False)

    def clean_awarded_on(self) -> Any:
        day = self.cleaned_data["awarded_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day
