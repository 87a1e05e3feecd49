"""Bringing a backup in, and saying which school's data is to be replaced."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_BYTES = 2 * 1024**3


class UploadForm(forms.Form):
    file = forms.FileField(label=_("Backup file"), widget=forms.ClearableFileInput(attrs={"accept": ".zip"}))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 GB: restore it at the computer itself."))
        return file


class RestoreForm(forms.Form):
    """The name of the school, typed by hand, is what a hurried click does not do."""

    name = forms.CharField(
        label=_("Name of the school"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, school: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._school = school
        self.fields["name"].help_text = _("Type: %(school)s") % {"school": school}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.strip() != self._school:
            raise forms.ValidationError(_("That is not the name of the school. Nothing was changed."))
        return name
