"""What may be asked of the list of readers. Values that make no sense are dropped, never refused."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from readers.models import Reader
from readers.queries.classes import NamedClass
from readers.queries.reader_list import Filters

EVERYBODY = "all"


class ReaderListForm(forms.Form):
    """The box and the filters beside it. Those who left are shown only when asked for."""

    q = forms.CharField(
        label=_("Name, pinyin, class, number or card"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    school_class = forms.TypedChoiceField(label=_("class"), required=False, coerce=int, empty_value=None)
    category = forms.ChoiceField(
        label=_("category"),
        required=False,
        choices=[("", pgettext_lazy("categories", "All")), *Reader.Category.choices],
    )
    status = forms.ChoiceField(
        label=_("status"),
        required=False,
        choices=[
            ("", Reader.Status.ACTIVE.label),
            (Reader.Status.LEFT, Reader.Status.LEFT.label),
            (EVERYBODY, _("Both")),
        ],
    )

    def __init__(self, data: Any, *, classes: Sequence[NamedClass]) -> None:
        super().__init__(data, auto_id="readers-%s")
        field = self.fields["school_class"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", pgettext_lazy("classes", "All")), *((row.pk, row.name) for row in classes)]
        for name in ("school_class", "category", "status"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["q"].widget.attrs["class"] = "form-control"
        self.full_clean()

    @property
    def filters(self) -> Filters:
        data = self.cleaned_data
        status = data.get("status") or Reader.Status.ACTIVE
        return Filters(
            text=data.get("q", "").strip(),
            class_id=data.get("school_class"),
            category=data.get("category", ""),
            status="" if status == EVERYBODY else status,
        )
