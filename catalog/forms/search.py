"""What may be asked of the search page. Values that make no sense are dropped, never refused."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.queries.search import Filters


class SearchForm(forms.Form):
    """The one box and the filters below it."""

    q = forms.CharField(required=False)
    main_class = forms.ChoiceField(label=_("CLC class"), required=False)
    place = forms.TypedChoiceField(label=_("location"), required=False, coerce=int, empty_value=None)
    sort = forms.ChoiceField(
        label=pgettext_lazy("of a list", "Order"),
        required=False,
        choices=[("", _("Best first")), ("newest", _("Newest first"))],
    )
    inside = forms.BooleanField(label=_("Only what is in"), required=False)

    def __init__(
        self, data: Any, *, main_classes: Sequence[tuple[str, str]], places: Sequence[tuple[int, str]]
    ) -> None:
        super().__init__(data, auto_id="search-%s")
        self._offer("main_class", _("All classes"), [(code, f"{code} {name}") for code, name in main_classes])
        self._offer("place", _("All places"), places)
        for name in ("main_class", "place", "sort"):
            self.fields[name].widget.attrs["class"] = "form-select form-select-sm"
        self.fields["inside"].widget.attrs["class"] = "form-check-input"
        self.full_clean()

    def _offer(self, name: str, everything: Any, choices: Sequence[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("q", ""))

    @property
    def newest(self) -> bool:
        return self.cleaned_data.get("sort") == "newest"

    @property
    def filters(self) -> Filters:
        data = self.cleaned_data
        return Filters(
            main_class=data.get("main_class", ""),
            location_id=data.get("place"),
            only_inside=data.get("inside", False),
        )
