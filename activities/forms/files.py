"""Several files in one field: chosen, dropped, pasted, or taken with a phone's camera."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

PICTURES = "image/jpeg,image/png,image/webp,image/gif"  # named one by one: a phone then sends JPEG, not HEIC
FILES = f"{PICTURES},application/pdf,.pdf,text/plain,.txt,.md"
MOST_FILES = 40


class FilesInput(forms.FileInput):
    """`js/files.js` makes it an area to drop files on, with a button for the camera where there is one."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Cleaned to a list of uploads, empty where none came. What they are is found out by `store_file`."""

    def __init__(self, *, pictures_only: bool = False, most: int = MOST_FILES, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Pictures or files"))
        attrs = {"accept": PICTURES if pictures_only else FILES, "class": "form-control", "data-files": str(most)}
        kwargs.setdefault("widget", FilesInput(attrs=attrs))
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads: list[UploadedFile] = [file for file in (data or []) if file]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.most:
            text = _("At most %(most)s files at once; these are %(number)s.")
            raise ValidationError(text, code="too_many", params={"most": self.most, "number": len(uploads)})
        return uploads
