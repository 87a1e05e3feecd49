"""The cataloguing form: a title's record, ISBN first."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.forms.models import fields_for_model, model_to_dict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog.forms.class_picker import ClassPickerField
from catalog.models import Title
from catalog.models.languages import LANGUAGES
from catalog.queries.held import HeldTitle, courses_known, titles_with_isbn
from library_site.forms.layout import Row, Section
from library_site.shared.codes import isbn13

FIELDS = (
    "isbn", "name", "subtitle", "part", "author", "translator", "publisher", "place", "published", "edition", "series",
    "pages", "size", "binding", "price", "volumes", "language", "clc_number", "book_number", "audience", "stage",
    "material", "course", "has_pinyin", "subjects", "keywords", "summary", "school_number",
)  # fmt: skip


class SuggestedText(forms.TextInput):
    """A text input with suggestions that one need not follow."""

    def __init__(self, suggestions: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.suggestions = suggestions

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        list_id = f"{name}-suggestions"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        context = {"field": field, "list_id": list_id, "suggestions": self.suggestions}
        return render_to_string("catalog/records/suggested_text.html", context)


class TitleForm(forms.Form):
    """All columns of a title that a person writes. Without `title` it is for a new one.

    `known` are the titles that bear the ISBN already: a new title of the same ISBN needs the tick `another`. What a
    record must fulfil is decided where it is written, not here.
    """

    another = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, title: Title | None = None, initial: Any = None) -> None:
        now = model_to_dict(title, FIELDS) if title else {"language": "chi"}
        super().__init__(data, initial={**now, **(initial or {})})
        self.title = title
        self.fields.update(fields_for_model(Title, FIELDS))
        self.fields["isbn"] = forms.CharField(label="ISBN", required=False, max_length=40)
        self.fields["clc_number"] = ClassPickerField(required=False, help_text=_("Empty: to be classified later."))
        language = title.language if title else ""
        others = [(language, language)] if language and language not in LANGUAGES else []
        self.fields["language"] = forms.ChoiceField(
            label=_("language"),
            required=False,
            choices=[*LANGUAGES.items(), *others, ("", _("not said"))],
            initial="chi",
        )
        self._dress()
        self.known: list[HeldTitle] = []
        typed = str((self.data if self.is_bound else self.initial).get("isbn", "") or "")
        if (isbn := isbn13(typed)) and not (title and title.isbn == isbn):
            self.known = titles_with_isbn(isbn, but=title.pk if title else None)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.known and not cleaned.get("another"):
            self.add_error("isbn", _("This ISBN is in the catalogue already: add copies to that title."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, by columns of a title."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def _dress(self) -> None:
        asks = reverse("records:isbn", query={"title": self.title.pk} if self.title else None)
        self.fields["isbn"].widget.attrs.update(
            {
                "hx-get": asks,
                "hx-trigger": "change",
                "hx-target": "#isbn-answer",
                "hx-swap": "outerHTML",
                "inputmode": "numeric",
                "autocomplete": "off",
                "data-isbn": "",
            }
        )
        if self.title is None:
            self.fields["isbn"].widget.attrs["autofocus"] = True
        self.fields["course"].widget = SuggestedText(courses_known(), attrs={"maxlength": 40})
        self.fields["summary"].widget.attrs["rows"] = 4
        self.fields["price"].widget.attrs["min"] = 0
        self.fields["volumes"].widget.attrs["min"] = 1
        self.fields["stage"].choices = [("", _("not said")), *Title.ReadingStage.choices]  # type: ignore[attr-defined]
        for name, text in HELP.items():
            self.fields[name].help_text = text

    def _layout(self) -> Layout:
        return Layout(
            Section(
                _("The book"),
                "isbn",
                HTML("{% include 'catalog/records/isbn.html' with known=form.known %}"),
                HTML("{% include 'catalog/sru/part.html' %}"),
                "name",
                Row("subtitle", "part"),
                Row("author", "translator"),
                lead=_("Scan the ISBN, or type it with or without hyphens. Old books have none: begin with the title."),
            ),
            Section(
                _("Publication"),
                Row("publisher", "place", "published", css_class="form-row-3"),
                Row("edition", "series"),
                Row("pages", "size", "binding", css_class="form-row-3"),
                Row("price", "volumes", "language", css_class="form-row-3"),
            ),
            Section(
                _("Place on the shelf"),
                Row("clc_number", "book_number"),
                lead=_("Another class or book number makes the spine labels of its copies due."),
            ),
            Section(_("Whom it is for"), Row("audience", "stage"), Row("material", "course"), "has_pinyin"),
            Section(_("What it is about"), Row("subjects", "keywords"), "summary", Row("school_number")),
        )


HELP = {
    "part": _("Of a volume with a name of its own: its number and name."),
    "volumes": _("Of a set whose volumes are copies: how many it has. The price is then that of the set."),
    "book_number": _("Empty: the next one in the class is given."),
    "course": _("Such as mathematics or science."),
    "keywords": _("Separated by blanks."),
    "school_number": _("The number in an old list or system; imports find the title by it."),
}
