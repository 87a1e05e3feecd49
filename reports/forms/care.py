"""A line of the register of room care."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Location
from library_site.forms.fields import DayField
from reports.models import RoomCare


class CareForm(forms.ModelForm):
    """One line as it is corrected."""

    on = DayField(label=_("Date"))
    room = forms.ModelChoiceField(
        label=_("Room"),
        queryset=Location.objects.order_by("name"),
        required=False,
        empty_label=_("All rooms"),
    )

    class Meta:
        model = RoomCare
        fields = ["kind", "on", "room", "done_by", "found"]
        labels = {"done_by": _("Done by")}
        widgets = {"found": forms.Textarea(attrs={"rows": 2})}

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day


class NewCareForm(CareForm):
    """What was done on a day: several kinds at once make a line each."""

    kinds = forms.MultipleChoiceField(
        label=_("Done on that day"), choices=RoomCare.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["on", "kinds", "room", "done_by", "found"]

    class Meta(CareForm.Meta):
        fields = ["on", "room", "done_by", "found"]
