"""What material is asked for, and the library's answer."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.people import WhoForm
from activities.models import MaterialRequest
from library_site.forms.fields import DayField
from library_site.forms.layout import Row
from readers.queries.classes import NamedClass


class AskForm(forms.Form):
    """By whoever needs it."""

    subject = forms.CharField(label=_("about what"), max_length=100, required=False)
    purpose = forms.ChoiceField(label=_("what for"), choices=MaterialRequest.Purpose.choices)
    needed_on = DayField(label=_("needed by"), required=False)
    details = forms.CharField(
        label=_("details"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needed_on"].widget.attrs["min"] = today.isoformat()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("subject", Row("purpose", "needed_on"), "details")


class AskedForm(WhoForm, AskForm):
    """Asked by word of mouth or on paper, written down by the library or the class teacher."""


class ItemForm(forms.Form):
    """A line of the list: a title of the catalogue, or a source in words."""

    title = forms.IntegerField(required=False, min_value=1)
    words = forms.CharField(required=False, max_length=300)
    note = forms.CharField(required=False, max_length=200)


class MaterialAnswerForm(forms.Form):
    """State, words, a booklist; `shown` is the state that the page was made with."""

    state = forms.ChoiceField(label=_("state"), choices=MaterialRequest.State.choices)
    book_list = forms.TypedChoiceField(label=_("or see the booklist"), coerce=int, empty_value=None, required=False)
    answer = forms.CharField(
        label=_("answer"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lists: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book_list"].choices = [("", "—"), *lists]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("state", "book_list"), "answer", "shown")


class AsideForm(forms.Form):
    """A copy at hand that is set aside; empty to wait in the queue."""

    fetched = forms.CharField(label=_("Barcode of the copy at hand"), required=False, max_length=64)


class SetForm(forms.Form):
    """Many copies for a class."""

    school_class = forms.TypedChoiceField(label=_("class"), required=False, coerce=int, empty_value=None)
    wanted = forms.IntegerField(label=_("copies wanted"), min_value=1, max_value=200)
    needed_on = DayField(label=_("needed on"))

    def __init__(self, *args: Any, classes: list[NamedClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[Any, str]] = [("", "—"), *((row.pk, row.name) for row in classes)]
        self.fields["school_class"].choices = choices  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if field is self.fields["school_class"] else "form-control"
