"""Which labels to print, on what paper, and where on the sheet to begin."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from catalog.models import Batch, LabelPrinting, LabelStock, Reclassing
from catalog.models.labels import Band
from catalog.queries.labels import label_imports
from library_site.forms.fields import DayField
from library_site.shared.bars import Symbology
from library_site.shared.codes import normalise_code

# Each way to say which labels, and the fields that it takes. The first seven are offered as tabs.
WAYS: dict[str, tuple[str, ...]] = {
    "due": ("since",),
    "list": (),
    "range": ("first", "last"),
    "batch": ("batch",),
    "run": ("run",),
    "reclassing": ("reclassing",),
    "numbers": ("numbers",),
    "search": ("q",),
    "title": ("title",),
    "copies": ("copies",),
    "printing": ("printing",),
}
TABS = {
    "due": _("Still to be printed"),
    "list": _("Scanned list"),
    "range": _("Range of barcodes"),
    "batch": _("Batch"),
    "run": _("Import"),
    "reclassing": _("Re-classed titles"),
}
PAPER = ("kind", "stock", "code", "band", "order", "start")
MOST_CODES = 2000
_SEPARATORS = re.compile(r"[\s,;，；、]+")


class NumbersField(forms.CharField):
    """Keys with commas between them."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        keys = [int(part) for part in str(text).split(",") if part.isascii() and part.isdigit() and len(part) < 16]
        return list(dict.fromkeys(keys))


class DatedField(forms.ModelChoiceField):
    """Rows by their day and what they are called."""

    def __init__(self, queryset: Any, *, at: str, text: str, **kwargs: Any) -> None:
        super().__init__(queryset, required=False, empty_label="—", **kwargs)
        self._at, self._text = at, text

    def label_from_instance(self, row: Any) -> str:
        at = getattr(row, self._at)
        day = localtime(at).date() if isinstance(at, datetime) else at
        return f"{day:%Y-%m-%d} {getattr(row, self._text)}".rstrip()


class LabelsForm(forms.Form):
    """The question that stands in the address; `what` follows from the values where it is not named."""

    what = forms.ChoiceField(choices=[(way, way) for way in WAYS], required=False, widget=forms.HiddenInput)
    since = DayField(label=_("Entered since"), required=False)
    first = forms.CharField(label=_("From barcode"), required=False, max_length=32)
    last = forms.CharField(label=_("To barcode"), required=False, max_length=32)
    batch = DatedField(Batch.objects.order_by("-received_on", "-pk"), at="received_on", text="name", label=_("Batch"))
    run = DatedField(label_imports(), at="created_at", text="file_name", label=_("Import"))
    reclassing = DatedField(
        Reclassing.objects.order_by("-at", "-pk"), at="at", text="reason", label=_("Re-classed titles")
    )
    numbers = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    title = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    copies = NumbersField(required=False)
    printing = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of label"), choices=LabelPrinting.Kind.choices, required=False)
    stock = forms.ModelChoiceField(
        LabelStock.objects.order_by("pk"), label=_("Label paper"), required=False, empty_label=None
    )
    code = forms.ChoiceField(label=_("Bar code"), choices=Symbology.choices, required=False)
    band = forms.ChoiceField(label=_("Band of the spine label"), choices=Band.choices, required=False)
    order = forms.ChoiceField(
        label=_("In the order"),
        choices=[
            ("", _("as usual")),
            ("entered", _("as entered")),
            ("shelf", _("of the shelf")),
            ("barcode", _("of the barcodes")),
        ],
        required=False,
    )
    start = forms.IntegerField(label=_("Begin at label"), required=False, min_value=1, max_value=400)

    def __init__(self, data: Mapping[str, Any], *, usual: Mapping[str, str], due: Mapping[str, int] | None = None):
        """`usual` is what this person chose last of paper, kind, code and band; `due` counts labels by kind."""
        values = {"start": "1", **usual, **{name: value for name, value in data.items() if value != ""}}
        values["what"] = way_of(values)
        if values["what"] == "due" and not data.get("kind"):
            values["kind"] = kind_due(values.get("kind"), due or {})
        super().__init__(values, auto_id="labels-%s")
        self.way = values["what"]
        for name in {name for names in WAYS.values() for name in names} - set(WAYS[self.way]):
            del self.fields[name]
        if self.way in {"numbers", "list", "printing"}:
            del self.fields["order"]
        if self.way == "numbers":
            del self.fields["kind"], self.fields["band"]
        self._dress(values)

    def _dress(self, values: dict[str, Any]) -> None:
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"
        stock = self.fields["stock"]
        assert isinstance(stock, forms.ModelChoiceField) and stock.queryset is not None
        known = {str(pk) for pk in stock.queryset.values_list("pk", flat=True)}
        if values.get("stock") not in known:  # the paper of a kept address may be gone
            values["stock"] = min(known, key=int, default="")
        for name, usual in (("kind", LabelPrinting.Kind.BARCODE), ("code", Symbology.CODE128), ("band", Band.CLASS)):
            values.setdefault(name, usual)

    def clean_first(self) -> str:
        return normalise_code(self.cleaned_data["first"])

    def clean_last(self) -> str:
        return normalise_code(self.cleaned_data["last"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("first")) != bool(cleaned.get("last")):
            cleaned["first"] = cleaned["last"] = cleaned.get("first") or cleaned.get("last")
        for name in ("batch", "run", "reclassing"):
            if cleaned.get(name):
                cleaned[name] = cleaned[name].pk
        stock, start = cleaned.get("stock"), cleaned.get("start")
        if stock and start and start > stock.columns * stock.rows:
            self.add_error("start", _("This paper has %(count)d labels.") % {"count": stock.columns * stock.rows})
        return cleaned

    @property
    def is_asked(self) -> bool:
        """Whether it is said which labels; what is due and the scanned list need no further word."""
        names = set(WAYS[self.way]) - {"since", "last"}
        return not names or any(self.cleaned_data.get(name) for name in names)

    @property
    def label_kind(self) -> str:
        """Numbers without books have nothing to say on a spine."""
        return str(self.cleaned_data.get("kind") or LabelPrinting.Kind.BARCODE)

    @property
    def kept(self) -> dict[str, str]:
        """What is usual from now on."""
        stock = self.cleaned_data.get("stock")
        chosen = {name: self.cleaned_data.get(name) for name in ("kind", "code", "band")}
        return {name: value for name, value in {**chosen, "stock": stock and str(stock.pk)}.items() if value}


def way_of(values: Mapping[str, Any]) -> str:
    """How labels are asked for: as named, else by the first value that says it, else what is due."""
    if values.get("what") in WAYS:
        return str(values["what"])
    return next((way for way, names in WAYS.items() if any(values.get(name) for name in names)), "due")


def kind_due(usual: str | None, due: Mapping[str, int]) -> str:
    """The usual kind of label, unless only the other one is still to be printed."""
    kind = usual or str(LabelPrinting.Kind.BARCODE)
    others = [str(other) for other, count in due.items() if count]
    return others[0] if others and due.get(kind) == 0 else kind


class ListForm(forms.Form):
    """Barcodes, scanned or typed, one after the other; each counts once."""

    codes = forms.CharField(
        label=_("Barcodes"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(
            attrs={"rows": 6, "class": "form-control code", "spellcheck": "false", "autofocus": True}
        ),
        help_text=_("Scan one after the other, or type them with blanks or commas between."),
    )

    def clean_codes(self) -> list[str]:
        codes = [normalise_code(part) for part in _SEPARATORS.split(self.cleaned_data["codes"])]
        unique = [code for code in dict.fromkeys(codes) if 0 < len(code) <= 32]
        if len(unique) > MOST_CODES:
            raise ValidationError(_("At most %(count)d at once.") % {"count": MOST_CODES})
        return unique


class NumbersForm(forms.Form):
    """How many numbers to draw before the books come."""

    count = forms.IntegerField(label=_("How many numbers"), min_value=1, max_value=5000)
