"""What may be asked of the search page. Values that make no sense are dropped, never refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import Title
from catalog.models.languages import LANGUAGES
from catalog.queries.browse import class_text, classes_below
from catalog.queries.facets import Facets
from catalog.queries.search import Filters, Order

FEW = 8  # values of one facet that are shown at once
ORDERS = [
    (Order.BEST, _("Best first")),
    (Order.NEWEST, _("Newest first")),
    (Order.LENT, _("Most borrowed first")),
    (Order.SHELF, _("Shelf order")),
]


@dataclass(frozen=True)
class Choice:
    """A value that hits can be narrowed to."""

    text: Any
    number: int
    url: str  # the same question, narrowed to it


@dataclass(frozen=True)
class Facet:
    """What hits can be narrowed by; `name` is the parameter of the address."""

    name: str
    label: Any
    choices: Sequence[Choice]

    @property
    def first(self) -> Sequence[Choice]:
        return self.choices[:FEW]

    @property
    def rest(self) -> Sequence[Choice]:
        return self.choices[FEW:]


@dataclass(frozen=True)
class Chosen:
    """A filter in force."""

    name: str
    value: str
    label: Any
    text: Any
    without: str  # the same question without it


class SearchForm(forms.Form):
    """The one box, the order, and the filters in force."""

    q = forms.CharField(required=False)
    sort = forms.ChoiceField(
        label=pgettext_lazy("of a list", "Order"),
        required=False,
        choices=[(str(order), text) for order, text in ORDERS],
    )
    inside = forms.BooleanField(label=_("Only what is in"), required=False)
    main_class = forms.ChoiceField(label=_("CLC class"), required=False)
    clc = forms.RegexField(label=_("CLC class"), regex=r"^[A-Z][-0-9A-Z./:=()<>\"+]*$", max_length=40, required=False)
    stage = forms.ChoiceField(label=_("reading stage"), required=False, choices=Title.ReadingStage.choices)
    place = forms.TypedChoiceField(label=_("location"), required=False, coerce=int, empty_value=None)
    audience = forms.ChoiceField(label=_("audience"), required=False, choices=Title.Audience.choices)
    language = forms.RegexField(label=_("language"), regex="^[a-z]{3}$", required=False)

    def __init__(
        self, data: QueryDict, *, main_classes: Sequence[tuple[str, str]], places: Sequence[tuple[int, str]]
    ) -> None:
        super().__init__(data, auto_id="search-%s")
        self._asked = data
        self._texts: Mapping[str, Mapping[Any, Any]] = {
            "main_class": {code: f"{code} {name}" for code, name in main_classes},
            "stage": dict(Title.ReadingStage.choices),
            "place": {str(pk): name for pk, name in places},
            "audience": dict(Title.Audience.choices),
            "language": LANGUAGES,
        }
        self._offer("main_class", self._texts["main_class"].items())
        self._offer("place", places)
        self.fields["sort"].widget.attrs.update({"class": "form-select form-select-sm", "form": "search"})
        self.full_clean()

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("q", ""))

    @property
    def order(self) -> Order:
        return Order(self.cleaned_data.get("sort") or Order.BEST)

    @property
    def filters(self) -> Filters:
        data = self.cleaned_data
        words = {name: data.get(name, "") for name in ("main_class", "clc", "audience", "stage", "language")}
        return Filters(**words, location_id=data.get("place"), only_inside=data.get("inside", False))

    def chosen(self) -> list[Chosen]:
        """The filters in force, each to be taken off on its own."""
        return list(self._chosen())

    def _chosen(self) -> Iterator[Chosen]:
        for name in ("main_class", "clc", "stage", "place", "audience", "language"):
            if value := self.cleaned_data.get(name):
                text = self._text(name, str(value))
                yield Chosen(name, str(value), self.fields[name].label, text, self._url({name: ""}))
        if self.cleaned_data.get("inside"):
            yield Chosen("inside", "on", "", self.fields["inside"].label, self._url({"inside": ""}))

    def _url(self, changes: dict[str, str]) -> str:
        """The first page of this question with other filters; an empty one goes."""
        asked = {name: self._asked[name] for name in self.fields if self._asked.get(name)} | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def _text(self, name: str, value: str) -> Any:
        if name == "clc":
            return class_text(value)
        return self._texts.get(name, {}).get(value, value)

    def offered(self, facets: Facets) -> list[Facet]:
        """What the hits could still be narrowed by: facets with at least two values, none that is chosen already.

        Within a chosen class those right below it; one statement more.
        """
        counts = {**facets.columns, "place": [(str(pk), number) for pk, number in facets.places]}
        offered = [
            Facet(name, self.fields[name].label, [self._choice(name, value, number) for value, number in counts[name]])
            for name in ("main_class", "stage", "place", "audience", "language")
            if not self.cleaned_data.get(name)
        ]
        if within := self.cleaned_data.get("clc") or self.cleaned_data.get("main_class"):
            below = classes_below(within, counts["clc_class_id"])
            choices = [
                Choice(its_class.label, number, self._url({"clc": its_class.code})) for its_class, number in below
            ]
            offered.insert(0, Facet("clc", self.fields["clc"].label, choices))
        return [facet for facet in offered if len(facet.choices) > 1]

    def _choice(self, name: str, value: str, number: int) -> Choice:
        return Choice(self._text(name, value), number, self._url({name: value}))
