"""A book that somebody wants, and the library's answer."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.forms.people import WhoForm
from activities.models import Suggestion
from catalog.models import Title
from library_site.forms.layout import Row

_CHECK = "<div id='known' class='known' aria-live='polite'>{% include 'activities/suggestions/known.html' %}</div>"


class BookFields(forms.Form):
    """The book itself. What is typed is looked up meanwhile."""

    isbn = forms.CharField(
        label=_("ISBN"), max_length=24, required=False, help_text=_("Scan it or type it, if you have the book at hand.")
    )
    name = forms.CharField(label=pgettext_lazy("suggestion", "title"), max_length=200, required=False)
    author = forms.CharField(label=pgettext_lazy("suggestion", "author"), max_length=200, required=False)
    publisher = forms.CharField(label=_("publisher"), max_length=100, required=False)
    copies = forms.IntegerField(label=_("copies"), min_value=1, max_value=99, required=False)
    reason = forms.CharField(
        label=_("why it should be bought"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    more = forms.BooleanField(label=_("More copies are needed"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        looks = {
            "hx-get": reverse_lazy("suggestions:check"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#known",
            "hx-include": "closest form",
            "hx-sync": "closest form:replace",
            "autocomplete": "off",
        }
        for name in ("isbn", "name"):
            self.fields[name].widget.attrs |= looks
        self.fields["isbn"].widget.attrs["inputmode"] = "numeric"

    def filled(self, record: Title | None) -> dict[str, Any]:
        """What was given; a record of the same ISBN says the rest."""
        data, known = dict(self.cleaned_data), record or Title()
        for name in ("name", "author", "publisher"):
            data[name] = data.get(name) or getattr(known, name)
        data["copies"] = data.get("copies") or 1
        return data


class SuggestForm(BookFields):
    """By a reader; teachers may say how many copies."""

    def __init__(self, *args: Any, asks_copies: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_copies:
            del self.fields["copies"]
        book = [Row("isbn", "name"), HTML(_CHECK), Row("author", "publisher")]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Div(*book, *([Row("copies")] if asks_copies else []), "reason"))


class SlipForm(WhoForm, BookFields):
    """From paper: who wrote it may stay open."""

    field_order = ["who", "reader", "isbn", "name", "author", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget = forms.TextInput()
        self.fields["isbn"].help_text = ""
        for name in ("publisher", "copies"):
            del self.fields[name]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("isbn", "name"), HTML(_CHECK), Row("author", "reason"))


class AnswerForm(forms.Form):
    """State and words for whoever suggested it; `shown` is the state that the page was made with."""

    state = forms.ChoiceField(label=_("state"), choices=Suggestion.State.choices)
    title = forms.TypedChoiceField(
        label=pgettext_lazy("suggestion", "It became"), coerce=int, empty_value=None, required=False
    )
    answer = forms.CharField(
        label=_("answer"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, titles: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].choices = [("", "—"), *titles]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("state", "title"), "answer", "shown")


class FindForm(forms.Form):
    """Which suggestions the list shows."""

    state = forms.ChoiceField(label=_("state"), required=False)
    words = forms.CharField(label=_("title, author or ISBN"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("open", _("not yet settled")), ("all", _("All")), *Suggestion.State.choices]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]
        self.fields["state"].widget.attrs["class"] = "form-select"
        self.fields["words"].widget.attrs["class"] = "form-control"
