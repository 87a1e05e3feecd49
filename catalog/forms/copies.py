"""Entering, correcting and moving copies."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.forms.prices import PriceField
from catalog.models import Batch, Copy, Location, Title
from library_site.forms.fields import DayField
from library_site.forms.layout import Row, Section
from library_site.shared.codes import normalise_code

MOST = 500
MOST_SCANNED = 2000


def places() -> Any:
    """Locations in the order in which they are mostly meant."""
    return Location.objects.order_by("-circulates", "name")


def batches() -> Any:
    """Batches, the newest first."""
    return Batch.objects.order_by("-received_on", "-pk")


class PlainForm(forms.Form):
    """Without a form tag of its own, so that the page adds its buttons."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class AddCopiesForm(PlainForm):
    """How many copies of a title, from which number on, and where they go."""

    count = forms.IntegerField(label=_("Number of copies"), min_value=1, max_value=MOST, initial=1)
    barcode = forms.CharField(
        label=_("First barcode"),
        required=False,
        max_length=32,
        help_text=_("Scan the first label; the others count on from it. Empty: the next free numbers are given."),
    )
    volumes = forms.MultipleChoiceField(
        label=_("Volumes"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("One copy of each.")
    )
    location = forms.ModelChoiceField(label=_("location"), queryset=Location.objects.none(), empty_label=None)
    price = PriceField(label=_("price"), required=False)
    source = forms.ChoiceField(label=_("source"), choices=Copy.Source.choices, initial=Copy.Source.UNKNOWN)
    batch = forms.ModelChoiceField(label=_("batch"), queryset=Batch.objects.none(), required=False, empty_label="—")
    acquired_on = DayField(label=_("acquired on"), required=False)
    labelled = forms.BooleanField(label=_("The labels are stuck on already"), required=False)

    def __init__(self, *args: Any, title: Title, missing: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("location", places())
        self.offer("batch", batches())
        self.fields["count"].widget.attrs["autofocus"] = True  # saving a title by keyboard leads here
        self._offer_volumes(title, missing)
        self.helper.layout = Layout(
            Section(_("Copies"), *self._volume_names(), Row("count", "barcode"), "labelled"),
            Section(_("Where and from where"), Row("location", "batch"), Row("price", "source", "acquired_on")),
        )

    def _offer_volumes(self, title: Title, missing: list[int]) -> None:
        if not title.volumes or title.volumes == 1:
            del self.fields["volumes"]
            return
        field = self.fields["volumes"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(number), str(number)) for number in range(1, title.volumes + 1)]
        field.initial = [str(number) for number in missing or range(1, title.volumes + 1)]
        self.fields["count"].label = _("Copies of each volume")
        self.fields["price"].label = _("Price of the whole set")
        self.fields["price"].help_text = _("Each volume gets its share; the last one takes the rest of the cents.")

    def _volume_names(self) -> list[str]:
        return ["volumes"] if "volumes" in self.fields else []

    def clean_barcode(self) -> str:
        return normalise_code(self.cleaned_data["barcode"])


class CopyForm(PlainForm):
    """What may be corrected of a copy."""

    location = forms.ModelChoiceField(label=_("location"), queryset=Location.objects.none(), empty_label=None)
    volume = forms.CharField(label=_("volume"), required=False, max_length=20)
    accession_number = forms.CharField(label=_("accession number"), max_length=32)
    price = PriceField(label=_("price"), required=False)
    source = forms.ChoiceField(label=_("source"), choices=Copy.Source.choices)
    batch = forms.ModelChoiceField(label=_("batch"), queryset=Batch.objects.none(), required=False, empty_label="—")
    acquired_on = DayField(label=_("acquired on"), required=False)
    condition = forms.ChoiceField(label=_("condition"), choices=Copy.Condition.choices)
    in_room_only = forms.BooleanField(
        label=_("for use in the room only"),
        required=False,
        help_text=_("The desk does not lend it; it hands it out for reading here."),
    )
    note = forms.CharField(label=_("note for the desk"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("location", places())
        self.offer("batch", batches())
        self.helper.layout = Layout(
            Row("location", "volume", "condition"),
            "in_room_only",
            Row("accession_number", "batch"),
            Row("price", "source", "acquired_on"),
            "note",
        )

    def clean_accession_number(self) -> str:
        return normalise_code(self.cleaned_data["accession_number"])

    @property
    def values(self) -> dict[str, Any]:
        """The columns of `Copy`."""
        data = dict(self.cleaned_data)
        batch = data.pop("batch")
        return {**data, "location_id": data.pop("location").pk, "batch_id": batch.pk if batch else None}


class BarcodeForm(PlainForm):
    """Another barcode, and why."""

    barcode = forms.CharField(label=_("New barcode"), max_length=32, help_text=_("Scan the new label."))
    reason = forms.CharField(label=_("reason"), required=False, max_length=200)
    labelled = forms.BooleanField(label=_("The new label is stuck on already"), required=False, initial=True)


class StateForm(PlainForm):
    """What has become of the copy."""

    state = forms.ChoiceField(label=_("state"), choices=Copy.State.choices)


class MoveForm(forms.Form):
    """The books by their numbers, and where they are to go."""

    barcodes = forms.CharField(
        label=_("Barcodes"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control code", "data-scan-list": "", "autofocus": True}),
        help_text=_("Scan one after the other, or paste a list: one number in each line."),
    )
    location = forms.ModelChoiceField(
        label=_("To the place"),
        queryset=Location.objects.none(),
        required=False,
        empty_label=pgettext_lazy("of copies being moved", "as it is"),
    )
    batch = forms.ModelChoiceField(
        label=_("To the batch"),
        queryset=Batch.objects.none(),
        required=False,
        empty_label=pgettext_lazy("of copies being moved", "as it is"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("location", places()), ("batch", batches())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
            field.widget.attrs["class"] = "form-select"

    def clean_barcodes(self) -> str:
        text: str = self.cleaned_data["barcodes"]
        if len(text.split()) > MOST_SCANNED:
            raise forms.ValidationError(_("At most 2,000 numbers at once."))
        return text


class BatchForm(PlainForm):
    """A batch: what came in, or was entered, together."""

    name = forms.CharField(label=_("batch"), max_length=60)
    received_on = DayField(label=_("received on"))
    supplier = forms.CharField(
        label=_("supplier or giver"),
        required=False,
        max_length=100,
        help_text=_("Name pupils only where they wish it."),
    )
    note = forms.CharField(label=_("note"), required=False, max_length=200)
