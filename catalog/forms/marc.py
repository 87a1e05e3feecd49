"""Which titles leave as MARC records, and in what shape."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.forms.labels import DatedField
from catalog.models import Batch
from catalog.queries.labels import label_imports
from library_site.shared.codes import normalise_code

MOST_NUMBERS = 2000
_SEPARATORS = re.compile(r"[\s,;，；、]+")
# Each way to say which titles, and the field that it takes.
WAYS = {
    "all": (_("All titles"), ""),
    "clc": (_("A class"), "clc"),
    "batch": (_("A batch"), "batch"),
    "run": (_("An import"), "run"),
    "list": (_("A list of numbers"), "numbers"),
    "search": (_("A search result"), "search"),
}


class MarcExportForm(forms.Form):
    """The titles, and the format, container and encoding of the file."""

    what = forms.ChoiceField(label=_("Which titles"), choices=[(way, text) for way, (text, _field) in WAYS.items()])
    clc = forms.RegexField(
        label=_("CLC number"),
        regex=r"^[A-Z][-0-9A-Z./:=()<>\"+]*$",
        max_length=40,
        required=False,
        help_text=_("With all classes below it."),
    )
    batch = DatedField(Batch.objects.order_by("-received_on", "-pk"), at="received_on", text="name", label=_("Batch"))
    run = DatedField(label_imports(), at="created_at", text="file_name", label=_("Import"))
    numbers = forms.CharField(
        label=_("Barcodes or ISBN"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocapitalize": "off", "spellcheck": "false"}),
        help_text=_("Scanned or typed, one after the other."),
    )
    search = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    format = forms.ChoiceField(label=_("Format"), choices=[("cnmarc", "CNMARC"), ("marc21", "MARC 21")])
    container = forms.ChoiceField(label=_("File"), choices=[("iso", "ISO 2709 (.iso)"), ("xml", "MARCXML (.xml)")])
    encoding = forms.ChoiceField(
        label=_("encoding"),
        choices=[("utf-8", "UTF-8"), ("gb18030", "GB18030 (GBK)")],
        help_text=_("GB18030 for older systems; MARCXML is always UTF-8."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self["search"].value():
            what = self.fields["what"]
            assert isinstance(what, forms.ChoiceField)
            what.choices = [(way, text) for way, (text, _field) in WAYS.items() if way != "search"]
        for name, field in self.fields.items():
            is_choice = isinstance(field.widget, forms.Select)
            field.widget.attrs.setdefault("class", "form-select" if is_choice else "form-control")
            field.widget.attrs["aria-describedby"] = f"{name}-help" if field.help_text else ""

    def clean_numbers(self) -> list[str]:
        numbers = [code for part in _SEPARATORS.split(self.cleaned_data["numbers"]) if (code := normalise_code(part))]
        if len(numbers) > MOST_NUMBERS:
            raise ValidationError(_("At most %(limit)s numbers at once.") % {"limit": MOST_NUMBERS})
        return list(dict.fromkeys(numbers))

    def clean_search(self) -> QueryDict:
        return QueryDict(self.cleaned_data["search"].removeprefix("?"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        filled = [name for name in ("clc", "batch", "run", "numbers") if cleaned.get(name)]
        if cleaned.get("what") == "all" and filled:
            self.add_error("what", _("All titles, or only those you named below?"))
        needed = WAYS.get(cleaned.get("what", ""), ("", ""))[1]
        if needed and not cleaned.get(needed) and needed not in self.errors:
            self.add_error(needed, _("Say which titles."))
        return cleaned
