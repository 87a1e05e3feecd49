"""What the pages about cards ask and take."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library_site.forms.fields import DayField
from library_site.shared.codes import normalise_code
from readers.models import Card
from readers.queries.classes import NamedClass

PER_SHEET = 10
SHEETS_AT_ONCE = 20


class GradesForm(forms.Form):
    """A range of grades, by their places in the school's order; anything senseless means all of them."""

    first = forms.TypedChoiceField(label=_("From grade"), required=False, coerce=int, empty_value=None)
    last = forms.TypedChoiceField(label=_("To grade"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Mapping[str, Any], *, grades: Sequence[str]) -> None:
        ends = {"first": 0, "last": len(grades) - 1}
        super().__init__({name: data.get(name, place) for name, place in ends.items()}, auto_id="grades-%s")
        self._grades = list(grades)
        for name in ends:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(place, _("Grade %(name)s") % {"name": grade}) for place, grade in enumerate(grades)]
            field.widget.attrs["class"] = "form-select"
        self.full_clean()

    @property
    def grades(self) -> list[str]:
        """The grades from the one to the other, whichever was named first."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        ends = sorted([0 if first is None else first, len(self._grades) - 1 if last is None else last])
        return self._grades[ends[0] : ends[1] + 1]


class IssueForm(forms.Form):
    """The classes whose pupils get a card."""

    classes = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, data: Any, *, classes: Sequence[NamedClass]) -> None:
        super().__init__(data)
        field = self.fields["classes"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.pk, row.name) for row in classes]


class PrintForm(forms.Form):
    """Which cards, and where on the sheet to begin: of a class, those of a reader, or those just issued.

    `first` is the id of the first card of those just issued; they are numbered in one go.
    """

    school_class = forms.TypedChoiceField(label=_("class"), required=False, coerce=int, empty_value=None)
    since = DayField(label=_("Issued since"), required=False)
    start = forms.IntegerField(
        label=_("Begin at card"), required=False, min_value=1, max_value=PER_SHEET, initial=1,
        widget=forms.NumberInput(attrs={"size": 3}),
    )  # fmt: skip
    reader = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    first = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, classes: Sequence[NamedClass]) -> None:
        super().__init__({**data.dict(), "start": data.get("start", 1)} if data else None, auto_id="print-%s")
        field = self.fields["school_class"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", pgettext_lazy("classes", "All")), *((row.pk, row.name) for row in classes)]
        self.is_narrow = bool(self.data.get("reader") or self.data.get("first"))
        if self.is_narrow:
            for name in ("school_class", "since"):
                self.fields[name].widget = forms.HiddenInput()
        for name, css in (("school_class", "form-select"), ("since", "form-control"), ("start", "form-control")):
            self.fields[name].widget.attrs["class"] = css


class NewCardForm(forms.Form):
    """A card for one reader. Those who have a valid one say what becomes of it."""

    ends = forms.ChoiceField(
        label=_("The card until now"),
        choices=[(Card.Status.LOST, _("is lost")), (Card.Status.REPLACED, _("is worn out or damaged"))],
        initial=Card.Status.LOST,
        widget=forms.RadioSelect,
    )
    barcode = forms.CharField(
        label=_("Number of the new card"),
        required=False,
        max_length=32,
        help_text=_("Leave empty for the next free number; scan it if the card is printed already."),
    )
    fee = forms.DecimalField(
        label=_("Fee for the card (yuan)"),
        required=False,
        min_value=Decimal(0),
        max_digits=7,
        decimal_places=2,
        help_text=_("Empty: free. It is written to the reader's account, where it is taken with a receipt."),
    )
    # The valid card that the page showed: a form sent twice must not replace the card that it has just made.
    shown = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_valid: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_valid:
            del self.fields["ends"]

    def clean_barcode(self) -> str:
        return normalise_code(self.cleaned_data["barcode"])
