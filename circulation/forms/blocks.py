"""Why a reader may not borrow, or may again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("reason"), max_length=200)
