"""The period of a bulletin of new books."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Title
from library_site.forms.fields import DayField


class PeriodForm(forms.Form):
    """A GET form; days that cannot be read, or stand the wrong way round, fall back to the period given."""

    since = DayField(label=_("from"), required=False)
    until = DayField(label=_("until"), required=False)
    audience = forms.ChoiceField(
        label=_("For"),
        required=False,
        choices=[("", _("All")), *(row for row in Title.Audience.choices if row[0] != Title.Audience.ALL)],
    )
    more = forms.BooleanField(label=_("Further copies too"), required=False)

    def __init__(self, *args: Any, usual: tuple[date, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual
        for name in ("since", "until"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["audience"].widget.attrs["class"] = "form-select"
        self.fields["more"].widget.attrs["class"] = "form-check-input"

    @property
    def period(self) -> tuple[date, date]:
        since, until = (self.given(name) or usual for name, usual in zip(("since", "until"), self.usual, strict=True))
        return (since, until) if since <= until else self.usual

    def given(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)
