"""What the fast lane's page sends: what stays filled in, what was scanned, and the title being typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.prices import PriceField
from catalog.models import Batch, Copy, Location
from library_site.forms.fields import DayField


class LaneForm(forms.Form):
    """What stays filled in from book to book."""

    batch = forms.ModelChoiceField(label=_("batch"), queryset=Batch.objects.none(), required=False, empty_label="—")
    location = forms.ModelChoiceField(label=_("location"), queryset=Location.objects.none(), empty_label=None)
    source = forms.ChoiceField(label=_("source"), choices=Copy.Source.choices, initial=Copy.Source.UNKNOWN)
    acquired_on = DayField(label=_("acquired on"), required=False)
    several = forms.BooleanField(label=_("Several copies of each title"), required=False)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="lane-%s")
        batches, places = self.fields["batch"], self.fields["location"]
        assert isinstance(batches, forms.ModelChoiceField)
        assert isinstance(places, forms.ModelChoiceField)
        batches.queryset = Batch.objects.order_by("-received_on", "-pk")
        places.queryset = Location.objects.order_by("-circulates", "name")
        for name in ("batch", "location", "source"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["acquired_on"].widget.attrs["class"] = "form-control"
        self.fields["several"].widget.attrs["class"] = "form-check-input"


class ActForm(forms.Form):
    """What every act carries: its own id and time, and how the page stands."""

    scan_id = forms.UUIDField()
    at = forms.DateTimeField(required=False)
    title = forms.IntegerField(required=False, min_value=1)
    last = forms.IntegerField(required=False, min_value=1)
    label = forms.CharField(required=False, max_length=64)
    volume = forms.CharField(required=False, max_length=20)
    draft = forms.BooleanField(required=False)


class ScanForm(ActForm):
    code = forms.CharField(max_length=120)
    typed = forms.BooleanField(required=False)


class OpenForm(ActForm):
    """Either a title that was chosen, or the name of one that is not held."""

    chosen = forms.IntegerField(required=False, min_value=1)
    name = forms.CharField(required=False, max_length=400)


class DraftForm(forms.Form):
    """The title alone, as much as the book in the hand says at a glance; what is left empty is done later."""

    name = forms.CharField(label=_("title"), required=False, max_length=400)
    author = forms.CharField(label=_("author"), required=False, max_length=400)
    publisher = forms.CharField(label=_("publisher"), required=False, max_length=200)
    published = forms.CharField(label=_("year of publication"), required=False, max_length=20)
    price = PriceField(label=_("price"), required=False)
    clc_number = forms.CharField(label=_("CLC number"), required=False, max_length=60)
    isbn = forms.CharField(required=False, max_length=13, widget=forms.HiddenInput)
    # The mark of another library's record that it was filled in from (`catalog.queries.copy_cataloguing`).
    record = forms.CharField(required=False, widget=forms.HiddenInput)

    prefix = "draft"

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="%s")
        for field in self.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs |= {"class": "form-control", "autocomplete": "off", "autocapitalize": "off"}
        self.fields["clc_number"].widget.attrs["placeholder"] = _("empty: to be classified later")
