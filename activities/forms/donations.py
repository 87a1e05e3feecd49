"""A gift of books, its books, and what the list of gifts is narrowed to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.people import WhoForm
from activities.models import DonatedBook
from activities.queries.donations import Asked
from library_site.forms.fields import DayField


class DonationForm(WhoForm):
    """Who gave books, and when: a person, a class, or others in words."""

    school_class = forms.TypedChoiceField(label=_("or a class"), coerce=int, empty_value=None, required=False)
    donor = forms.CharField(
        label=_("or others, in words"),
        max_length=100,
        required=False,
        help_text=_("Parents, alumni, a firm, a bookshop … as the ledger shall say it."),
    )
    on = DayField(label=_("given on"))
    activity = forms.TypedChoiceField(label=_("activity"), coerce=int, empty_value=None, required=False)
    note = forms.CharField(label=_("note"), max_length=200, required=False)

    def __init__(
        self, *args: Any, classes: Sequence[tuple[int, str]], activities: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"].choices = [("", "—"), *classes]  # type: ignore[attr-defined]
        self.fields["activity"].choices = [("", "—"), *activities]  # type: ignore[attr-defined]
        self.fields["who"].label = _("A pupil or teacher: card, number, name or pinyin")
        self.dress()


class GiftBookForm(forms.Form):
    """A book of a gift: its ISBN as it is scanned, or its title."""

    words = forms.CharField(label=_("ISBN or title"), max_length=200)
    name = forms.CharField(label=_("title, if the ISBN is not known"), max_length=200, required=False)
    copies = forms.IntegerField(label=_("copies"), min_value=1, max_value=999, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"class": "form-control", "autocomplete": "off"}
        self.fields["words"].widget.attrs["autofocus"] = True


class FateForm(forms.Form):
    """What becomes of a book."""

    fate = forms.ChoiceField(choices=DonatedBook.Fate.choices)
    reason = forms.CharField(required=False, max_length=200)
    copies = forms.IntegerField(min_value=1, max_value=999)


class GiftFilter(forms.Form):
    """What the list of gifts is narrowed to; what is not understood narrows nothing."""

    first = DayField(required=False)
    last = DayField(required=False)
    activity = forms.IntegerField(required=False, min_value=1)
    open_only = forms.BooleanField(required=False)

    def asked(self) -> Asked:
        self.is_valid()
        data = self.cleaned_data
        return Asked(data.get("first"), data.get("last"), data.get("activity"), bool(data.get("open_only")))
