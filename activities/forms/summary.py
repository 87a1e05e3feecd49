"""What is said of an activity when it is over."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class SummaryForm(forms.Form):
    took_part = forms.IntegerField(label=_("took part, counted"), required=False, min_value=0, max_value=100_000)
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 12})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["took_part"].help_text = _("The figure of the semester's report; empty counts as unknown.")
        self.helper = FormHelper()
        self.helper.form_tag = False
