"""Ticks on the list of a class, and numbers of people by class."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from readers.queries.classes import NamedClass

MOST_PEOPLE = 500


class TicksForm(forms.Form):
    """The readers chosen out of those offered, or nobody; `was` are those whom the page showed ticked."""

    reader = forms.MultipleChoiceField(required=False)
    was = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, offered: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reader", "was"):
            self.fields[name].choices = [(str(pk), "") for pk in offered]  # type: ignore[attr-defined]

    def chosen(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["reader"]]

    def shown_ticked(self) -> set[int]:
        return {int(pk) for pk in self.cleaned_data["was"]}


class ClassNumbersForm(forms.Form):
    """`class-<pk>`: how many people of a class come; empty leaves it as it is."""

    def __init__(self, *args: Any, classes: Sequence[NamedClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in classes:
            self.fields[f"class-{one.pk}"] = forms.IntegerField(
                label=_("%(class_name)s: people") % {"class_name": one.name},
                required=False, min_value=1, max_value=MOST_PEOPLE,
            )  # fmt: skip

    def numbers(self) -> list[tuple[int, int]]:
        """(class, people) of each field that was filled in."""
        return [(int(name.partition("-")[2]), number) for name, number in self.cleaned_data.items() if number]
