"""A place and its shelves."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Location, Shelf
from library_site.forms.layout import Row, Section


class PlaceForm(forms.Form):
    """A room or a part of it."""

    name = forms.CharField(label=_("Name of the place"), max_length=60)
    hint = forms.CharField(
        label=_("How to get there"),
        max_length=100,
        required=False,
        help_text=_("Shown to whoever looks for a book, such as: second floor, left of the stairs."),
    )
    circulates = forms.BooleanField(label=_("Books may be taken home"), required=False, initial=True)

    def __init__(self, *args: Any, place: Location | None = None, **kwargs: Any) -> None:
        if place is not None:
            kwargs["initial"] = {"name": place.name, "hint": place.hint, "circulates": place.circulates}
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(
                _("Place"),
                "name",
                "hint",
                "circulates",
                lead=_("Where books are not taken home, the desk refuses to lend them: reference works, for example."),
            )
        )


class ShelfForm(forms.Form):
    """A shelf, and the class that stands at its beginning."""

    name = forms.CharField(label=_("Shelf"), max_length=40)
    begins_with = forms.CharField(label=_("Begins with CLC number"), max_length=60)

    def __init__(self, *args: Any, shelf: Shelf | None = None, **kwargs: Any) -> None:
        if shelf is not None:
            kwargs["initial"] = {"name": shelf.name, "begins_with": shelf.begins_with}
        # Stands on one page with the form of the place, which has a name too.
        kwargs["auto_id"] = "shelf_%s"
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("name", "begins_with"))
