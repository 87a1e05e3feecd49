"""A book set adrift, and passed on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.people import WhoForm
from activities.models import DriftBook
from library_site.forms.fields import DayField


class AdriftForm(WhoForm):
    """A book: a copy of the library by its barcode, or one that somebody brings by its title."""

    words = forms.CharField(label=_("Barcode of the copy, or title of a book that is brought"), max_length=200)
    wish = forms.CharField(label=_("words on its way"), max_length=200, required=False)
    on = DayField(label=_("adrift since"))
    field_order = ["words", "wish", "on", "who", "reader"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].label = _("Brought by: card, number, name or pinyin")
        self.dress()


class PassForm(WhoForm):
    """Who has a book now: a person, or a class as a whole."""

    drift = forms.TypedChoiceField(label=_("book drift"), coerce=int)
    number = forms.CharField(label=_("drift number"), max_length=20)
    school_class = forms.TypedChoiceField(label=_("or a class"), coerce=int, empty_value=None, required=False)
    on = DayField(label=_("on the day"))
    remark = forms.CharField(
        label=_("What the one before wrote"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, drifts: Sequence[tuple[int, str]], classes: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drift"].choices = drifts  # type: ignore[attr-defined]
        self.fields["school_class"].choices = [("", "—"), *classes]  # type: ignore[attr-defined]
        self.fields["who"].label = _("Who has it now: card, number, name or pinyin")
        self.dress()

    def paper_fields(self) -> list[forms.BoundField]:
        """What follows the person on the card."""
        return [self[name] for name in ("school_class", "on", "remark")]


class RemarkForm(forms.Form):
    remark = forms.CharField(max_length=1000, required=False)


class DriftFilter(forms.Form):
    """What the list is narrowed to; what is not understood narrows nothing."""

    drift = forms.IntegerField(required=False, min_value=1)
    state = forms.ChoiceField(required=False, choices=[("", ""), *DriftBook.State.choices])

    def asked(self) -> tuple[int | None, str]:
        self.is_valid()
        return self.cleaned_data.get("drift"), self.cleaned_data.get("state") or ""
