"""A reader by hand: the little that the desk needs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from library_site.forms.fields import DayField
from readers.models import Reader
from readers.queries.classes import NamedClass


class ReaderForm(forms.Form):
    """Who somebody is. Without `classes` the class is left alone: moving has its own page."""

    name = forms.CharField(label=_("name"), max_length=64)
    category = forms.ChoiceField(label=_("category"), choices=Reader.Category.choices)
    number = forms.CharField(
        label=_("school number"),
        required=False,
        max_length=32,
        help_text=_("The school's own number. Never an identity number, nor the official pupil number made of it."),
    )
    note = forms.CharField(
        label=_("note for the desk"),
        required=False,
        max_length=200,
        help_text=_("Shown to helpers whenever the card is scanned."),
    )
    school_class = forms.TypedChoiceField(
        label=_("class"), required=False, coerce=int, empty_value=None, help_text=_("For pupils.")
    )
    since = DayField(label=_("In this class since"), required=False)
    with_card = forms.BooleanField(label=_("Issue a card, too"), required=False, initial=True)

    def __init__(self, *args: Any, classes: Sequence[NamedClass] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if classes is None:
            for name in ("school_class", "since", "with_card"):
                del self.fields[name]
            return
        field = self.fields["school_class"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((row.pk, row.name) for row in classes)]
