"""A picture brought in as a cover."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CoverForm(forms.Form):
    """Whether it is a picture is found out from its content, by what keeps it."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("A photo from a phone will do; it is made smaller."),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/gif", "class": "form-control"}
        ),
    )
