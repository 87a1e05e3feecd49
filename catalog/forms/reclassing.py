"""Which titles get another class, and which."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.forms.class_picker import ClassPickerField
from catalog.forms.labels import NumbersField


class ReclassForm(forms.Form):
    """The titles are fixed when the form is shown: what is written is what was previewed."""

    titles = NumbersField()
    to = ClassPickerField(label=_("New class"))
    instead_of = ClassPickerField(
        label=_("Only in place of this beginning"),
        required=False,
        help_text=_("Empty: all get exactly the new class. I24 here: I247.5 becomes I28 and the rest, I287.5."),
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)

    @property
    def title_ids(self) -> list[int]:
        """The titles that the form is about, also where something else in it is wrong."""
        try:
            return list(self.fields["titles"].clean(self["titles"].value()))
        except forms.ValidationError:
            return []


def asked_titles(data: QueryDict) -> list[int]:
    """The keys named in the address by `title`, once or more."""
    texts: list[Any] = data.getlist("title")
    return list(dict.fromkeys(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 16))
