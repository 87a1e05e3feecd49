"""Which mode a desk is to be in, and until when back its acts are dated."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circulation.forms.desk import BACKDATE_DAYS
from circulation.models import ModeKind


class ModeForm(forms.Form):
    """`by_librarian`: helpers empty the book drop, and nothing else; its books came by the last closing."""

    kind = forms.ChoiceField(label=_("mode"), choices=ModeKind.choices)
    day = forms.DateField(label=_("day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("reason"), max_length=200, required=False)

    def __init__(self, *args: Any, by_librarian: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_librarian = by_librarian
        if not by_librarian:
            kind = self.fields["kind"]
            assert isinstance(kind, forms.ChoiceField)
            kind.choices = [(ModeKind.BOOK_DROP.value, ModeKind.BOOK_DROP.label)]

    def clean_day(self) -> Any:
        day, today = self.cleaned_data["day"], timezone.localdate()
        if day is not None and not today - timedelta(days=BACKDATE_DAYS) <= day <= today:
            raise forms.ValidationError(_("The date lies in the future or too far back."))
        return day if self.by_librarian else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        if kind == ModeKind.BACK_DATING and "day" in data and (data["day"] in (None, timezone.localdate())):
            self.add_error("day", _("Choose a day in the past."))
        if kind == ModeKind.AMNESTY and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why."))
        return data
