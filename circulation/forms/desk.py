"""What the desk's page sends. No page shows these forms; they check and clean."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A sheet filled in by hand is keyed in within days; older dates are typing errors.
BACKDATE_DAYS = 60


class DeskForm(forms.Form):
    """What every act carries: the scan's own id and time, the open reader, the class board, the sheet's date."""

    scan_id = forms.UUIDField()
    at = forms.DateTimeField(required=False)
    reader = forms.IntegerField(required=False, min_value=1)
    board = forms.IntegerField(required=False, min_value=1)
    on = forms.DateField(required=False)
    mode = forms.CharField(required=False, max_length=80)  # what the page shows; empty where it shows none at all

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        today = timezone.localdate()
        if on is not None and not today - timedelta(days=BACKDATE_DAYS) <= on <= today:
            raise forms.ValidationError(_("The date lies in the future or too far back."))
        return on

    def is_back_dated(self) -> bool:
        """Whether a sheet of a past day is keyed in."""
        on = self.cleaned_data.get("on")
        return on is not None and on != timezone.localdate()

    def moment(self) -> datetime:
        """When the act counts as done: now, or noon of the sheet's day."""
        on = self.cleaned_data.get("on")
        if on is None or not self.is_back_dated():
            return timezone.now()
        return timezone.make_aware(datetime.combine(on, time(12)))


class ScanForm(DeskForm):
    code = forms.CharField(max_length=64)
    choice = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in ("card", "copy", "number")])


class AllTheSameForm(DeskForm):
    """An act that a librarian may do against its problems: `overrides` are their codes."""

    overrides = forms.CharField(required=False, max_length=200)
    reason = forms.CharField(required=False, max_length=200)

    def clean_overrides(self) -> list[str]:
        return [code for code in self.cleaned_data["overrides"].split(",") if code]


class LendForm(AllTheSameForm):
    copy = forms.IntegerField(min_value=1)


class LoanForm(AllTheSameForm):
    loan = forms.IntegerField(min_value=1)


class EventForm(DeskForm):
    event = forms.IntegerField(min_value=1)


class UndoForm(DeskForm):
    event = forms.IntegerField(min_value=1, required=False)


class ReaderForm(DeskForm):
    """Opens or acts for `reader`, which is required here."""

    reader = forms.IntegerField(min_value=1)
