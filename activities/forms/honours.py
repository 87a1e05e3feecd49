"""A line of the register of honours."""

from django import forms

from activities.models import Honour
from library_site.forms.fields import DayField


class CorrectHonourForm(forms.ModelForm):
    """The words of a line; its number and whose it is stay."""

    awarded_on = DayField(label=Honour._meta.get_field("awarded_on").verbose_name)

    class Meta:
        model = Honour
        fields = ["awarded_on", "level", "occasion", "award", "name", "class_name", "work", "teacher"]
