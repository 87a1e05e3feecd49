"""What a printed list of books is to hold. Unreadable fields are left out, never refused."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import Title
from catalog.queries.book_lists import Asked, Grouping
from catalog.queries.classification import clc_number_of
from catalog.queries.shelf_list import Stretch
from library_site.forms.fields import DayField
from library_site.shared.codes import normalise_code

KINDS = {"Select": "form-select", "CheckboxInput": "form-check-input"}
Places = Sequence[tuple[int, str]]


class ListForm(forms.Form):
    """A GET form whose fields may all stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts: dict[str, dict[str, Any]] = {}  # of the choices of each field
        for field in self.fields.values():
            field.widget.attrs["class"] = KINDS.get(type(field.widget).__name__, "form-control")

    def offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *choices]
        self.texts[name] = {str(value): text for value, text in choices}

    def given(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)


class IndexForm(ListForm):
    """An index: by what, and of which books."""

    by = forms.ChoiceField(label=_("List by"), choices=Grouping.choices, required=False)
    clc = forms.CharField(label=_("CLC class"), max_length=60, required=False)
    words = forms.CharField(label=_("Subject or keyword"), max_length=60, required=False)
    course = forms.ChoiceField(label=_("School subject"), required=False)
    stage = forms.ChoiceField(label=_("Reading stage"), required=False)
    audience = forms.ChoiceField(label=_("For"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    since = DayField(label=_("Arrived since"), required=False)
    apart = forms.BooleanField(label=_("Each heading on a new page"), required=False)

    def __init__(self, *args: Any, courses: Sequence[str], places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("course", [(course, course) for course in courses])
        self.offer("stage", Title.ReadingStage.choices)
        self.offer("audience", [row for row in Title.Audience.choices if row[0] != Title.Audience.ALL])
        self.offer("place", places)

    @property
    def asked(self) -> Asked:
        place = self.given("place")
        return Asked(
            by=self.given("by") or Grouping.MAIN_CLASS,
            clc=clc_number_of(self.given("clc") or "") or "",
            words=self.given("words") or "",
            course=self.given("course") or "",
            stage=self.given("stage") or "",
            audience=self.given("audience") or "",
            location_id=int(place) if place else None,
            since=self.given("since"),
        )

    @property
    def note(self) -> str:
        """What the list is narrowed to, in words for its head."""
        shown = [(name, self.given(name)) for name in ("clc", "words", "course", "stage", "audience", "place", "since")]
        return " · ".join(f"{self.fields[name].label}: {self._text(name, value)}" for name, value in shown if value)

    def _text(self, name: str, value: Any) -> str:
        return str(self.texts.get(name, {}).get(str(value), value))


class ShelfListForm(ListForm):
    """A stretch of the shelves."""

    place = forms.ChoiceField(label=_("Place"), required=False)
    first = forms.CharField(label=_("From class"), max_length=60, required=False)
    last = forms.CharField(label=_("To class"), max_length=60, required=False)

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("place", places)

    @property
    def stretch(self) -> Stretch:
        place = self.given("place")
        ends = [clc_number_of(self.given(name) or "") or "" for name in ("first", "last")]
        return Stretch(int(place) if place else None, *ends)


class AccessionForm(ListForm):
    """A range of accession numbers."""

    first = forms.CharField(label=pgettext_lazy("accession number", "From number"), max_length=32, required=False)
    last = forms.CharField(label=pgettext_lazy("accession number", "To number"), max_length=32, required=False)

    @property
    def ends(self) -> tuple[str, str]:
        return normalise_code(self.given("first") or ""), normalise_code(self.given("last") or "")
