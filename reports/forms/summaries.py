"""What is written in a section of the summary."""

from django import forms
from django.utils.translation import gettext_lazy as _

ROWS = 10
LONGEST_TEXT = 10_000


class SectionForm(forms.Form):
    """The words of one section; `seen` marks the text that was shown."""

    text = forms.CharField(
        label=_("Own words"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": ROWS, "autofocus": True}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
