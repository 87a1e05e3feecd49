"""Judging: a score, who judges, which prizes there are, who gets one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Prize
from library_site.models import User

ROWS = 8  # of prizes on one page


class ScoreForm(forms.Form):
    """A score on the activity's scale, and a remark that only editors read."""

    value = forms.DecimalField(label=_("score"), min_value=0, max_digits=6, decimal_places=2)
    note = forms.CharField(label=_("remark"), max_length=200, required=False)

    def __init__(self, *args: Any, scale: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"class": "form-control score-value", "inputmode": "decimal", "autocomplete": "off", "autofocus": True}
        self.fields["value"].widget = forms.TextInput(attrs={**attrs, "data-scale": scale, "maxlength": 6})
        self.fields["note"].widget.attrs |= {"class": "form-control", "autocomplete": "off"}


class JudgeForm(forms.Form):
    """An account that is to judge."""

    account = forms.ChoiceField(label=_("Name a judge"), widget=forms.Select(attrs={"class": "form-select"}))

    def __init__(self, *args: Any, accounts: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(str(row.pk), row.name) for row in accounts]  # type: ignore[attr-defined]


class PrizesForm(forms.Form):
    """Up to eight prizes, the highest first; a line without a name is none."""

    def __init__(self, *args: Any, rows: Sequence[tuple[str, int | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(ROWS):
            name, places = rows[place] if place < len(rows) else ("", None)
            self.fields[f"name{place}"] = forms.CharField(
                label=_("Prize %(number)s") % {"number": place + 1}, max_length=40, required=False, initial=name
            )
            self.fields[f"places{place}"] = forms.IntegerField(
                label=_("How many of prize %(number)s") % {"number": place + 1}, min_value=0, max_value=9999,
                required=False, initial=places,
            )  # fmt: skip
        for field in self.fields.values():
            field.widget.attrs |= {"class": "form-control", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [cleaned.get(f"name{place}") for place in range(ROWS)]
        for place, name in enumerate(names):
            if name and name in names[:place]:
                self.add_error(f"name{place}", _("This prize is there twice."))
        return cleaned

    def lines(self) -> list[tuple[Any, Any]]:
        """The fields in pairs, as the page draws them."""
        return [(self[f"name{place}"], self[f"places{place}"]) for place in range(ROWS)]

    def chosen(self) -> list[tuple[str, int | None]]:
        """The prizes in their order: (name, how many)."""
        data = self.cleaned_data
        return [(data[f"name{place}"], data[f"places{place}"]) for place in range(ROWS) if data[f"name{place}"]]


class GiveForm(forms.Form):
    """A prize by hand."""

    prize = forms.ModelChoiceField(Prize.objects.none(), label=_("prize"))
    entry = forms.IntegerField(required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, activity_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prizes = Prize.objects.filter(activity=activity_id).order_by("position", "pk")
        self.fields["prize"].queryset = prizes  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is taken back; asked for by the operation where it must be said."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
