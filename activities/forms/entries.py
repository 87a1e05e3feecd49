"""Works: what a work says of itself, and what is chosen about it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.files import FilesField
from readers.queries.classes import NamedClass


def _text(label: Any, most: int, **attrs: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


class WorkForm(forms.Form):
    """Title, text and who guided it."""

    name = _text(_("title of the work"), 100)
    text = forms.CharField(
        label=_("text"), required=False, max_length=50_000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 16}),
    )  # fmt: skip
    teacher = _text(_("guided by"), 40)


class FilesForm(forms.Form):
    """Pictures, PDF or text files, none at all included."""

    uploads = FilesField(required=False, most=20)


class PhotosForm(forms.Form):
    """The photographs of a class's pile."""

    uploads = FilesField(pictures_only=True, label=_("Photographs"))


class NameForm(forms.Form):
    """Whose work a photograph shows."""

    file = forms.IntegerField()
    reader = forms.IntegerField()
    name = forms.CharField(max_length=100, required=False)


class MendForm(forms.Form):
    """What else is done with a photograph."""

    file = forms.IntegerField()
    act = forms.ChoiceField(choices=[(name, name) for name in ("turn", "back", "drop")])


class RefuseForm(forms.Form):
    """Why a work takes no part."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.TextInput(attrs={"class": "form-control"}))


class OfManyForm(WorkForm):
    """The work of a whole class or of a reading group."""

    whose = forms.ChoiceField(label=_("Whose work"), widget=forms.Select(attrs={"class": "form-select"}))
    uploads = FilesField(required=False, most=20)
    field_order = ("whose", "name", "teacher", "uploads", "text")

    def __init__(
        self, *args: Any, classes: Iterable[NamedClass], groups: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 4
        of_classes = [(f"class-{row.pk}", row.name) for row in classes]
        of_groups = [(f"group-{pk}", name) for pk, name in groups]
        self.fields["whose"].choices = [  # type: ignore[attr-defined]
            (_("Classes"), of_classes), (_("Reading groups"), of_groups),
        ]  # fmt: skip

    def owner(self) -> dict[str, int | None]:
        """The class or the group, as the operation takes it."""
        kind, _dash, pk = self.cleaned_data["whose"].partition("-")
        return {"class_id": int(pk) if kind == "class" else None, "group_id": int(pk) if kind == "group" else None}
