"""How the school works with helpers, and who is appointed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from readers.models import Appointment, Grade, HelperOptions, TrainingItem
from readers.queries.classes import STAGE_ORDER

MINUTES_PER_HOUR = 60


class HelperOptionsForm(forms.ModelForm):
    """The options; service for a commendation is asked for in hours."""

    hours = forms.IntegerField(label=_("Hours of service for a commendation"), min_value=0, max_value=1000)

    class Meta:
        model = HelperOptions
        fields = ["per_class", "from_grade", "only_on_duty", "commend_acts"]
        labels = {
            "per_class": _("Helpers per class"),
            "from_grade": _("From grade"),
            "only_on_duty": _("Helper rights only while on duty"),
            "commend_acts": _("Acts at the desk for a commendation"),
        }
        help_texts = {
            "only_on_duty": _("A helper's account may lend and return only after somebody on duty has signed in."),
            "commend_acts": _("0 asks for nothing. The list can be changed by hand."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours"].initial = self.instance.commend_minutes // MINUTES_PER_HOUR
        field = self.fields["from_grade"]
        assert isinstance(field, forms.ModelChoiceField)
        rows = sorted(Grade.objects.all(), key=lambda row: (STAGE_ORDER[row.stage], row.position))
        field.choices = [("", _("All grades")), *((row.pk, row.name) for row in rows)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.instance.commend_minutes = (data.get("hours") or 0) * MINUTES_PER_HOUR
        return data


class AppointForm(forms.Form):
    """Pupils ticked as helpers or as keepers of a class; `anyway` goes beyond the number per class."""

    helpers = forms.TypedMultipleChoiceField(required=False, coerce=int)
    keepers = forms.TypedMultipleChoiceField(required=False, coerce=int)
    anyway = forms.BooleanField(required=False)

    def __init__(self, *args: Any, pupils: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("helpers", "keepers"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)
            field.choices = [(pk, pk) for pk in pupils]

    def chosen(self) -> list[tuple[int, str]]:
        """(reader, kind) of every tick."""
        helpers = [(pk, Appointment.Kind.HELPER.value) for pk in self.cleaned_data["helpers"]]
        return helpers + [(pk, Appointment.Kind.CLASS_KEEPER.value) for pk in self.cleaned_data["keepers"]]


class TrainingItemForm(forms.ModelForm):
    class Meta:
        model = TrainingItem
        fields = ["name", "position", "is_taught"]
        labels = {"name": _("Training item"), "position": _("Position"), "is_taught": _("Still taught")}
