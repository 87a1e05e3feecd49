"""What lists of the collection are narrowed to. Unreadable fields are left out, never refused."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.book_lists import ListForm, Places
from reports.queries.collection.idle import UNCLASSIFIED, IdleAsked
from reports.queries.collection.ranking import ManyOrder

YEARS = [("1", _("1 year")), ("2", _("2 years")), ("3", _("3 years")), ("5", _("5 years")), ("10", _("10 years"))]
LEAST = 6  # more than the five that some provinces allow of a title
MANY = [(number, number) for number in ("2", "3", "4", "6", "10", "20", "40")]
Classes = Sequence[tuple[str, str]]


class OfClass(ListForm):
    """Of one main class, or of books without a class."""

    main_class = forms.ChoiceField(label=_("Main class"), required=False)

    def __init__(self, *args: Any, classes: Classes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(letter, f"{letter} {name}") for letter, name in classes]
        self.offer("main_class", [*named, (UNCLASSIFIED, _("Unclassified"))])


class IdleForm(OfClass):
    """Copies that nobody borrowed."""

    unlent = forms.ChoiceField(label=_("Not lent"), required=False, choices=[("", _("never")), *YEARS])
    kept = forms.ChoiceField(
        label=_("In the library for at least"), required=False, choices=[("", _("any time")), *YEARS]
    )
    place = forms.ChoiceField(label=_("Place"), required=False)
    field_order = ("unlent", "kept", "main_class", "place")

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("place", places)

    def asked(self, today: date) -> IdleAsked:
        place = self.given("place")
        return IdleAsked(
            since=_years_before(today, self.given("unlent")),
            before=_years_before(today, self.given("kept")),
            main_class=self.given("main_class") or "",
            location_id=int(place) if place else None,
        )


class ManyForm(ListForm):
    """Titles with many copies."""

    least = forms.ChoiceField(label=_("Copies of a title, at least"), required=False, choices=MANY)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ManyOrder.choices)

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__({"least": str(LEAST), **data.dict()}, **kwargs)

    @property
    def at_least(self) -> int:
        return int(self.given("least") or LEAST)

    @property
    def ordered(self) -> str:
        return self.given("order") or ManyOrder.COPIES


def _years_before(today: date, years: str | None) -> date | None:
    if not years:
        return None
    day = today.replace(day=min(today.day, 28))  # every year has that day
    return day.replace(year=today.year - int(years))
