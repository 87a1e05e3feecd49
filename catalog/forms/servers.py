"""Library servers: their settings, what they are tried with, and what is looked up."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from catalog.models import SruServer
from library_site.forms.layout import Row, Section
from library_site.shared.codes import isbn13


class ServerForm(forms.ModelForm):
    """One server."""

    url = forms.URLField(
        label=_("address"),
        max_length=300,
        assume_scheme="http",  # most library servers have no certificate
        help_text=_("Without a question mark and what stands behind it, if nothing there is the school's own."),
    )

    class Meta:
        model = SruServer
        fields = ["name", "url", "enabled", "version", "record_schema", "isbn_index", "title_index", "seconds"]
        labels = {"name": _("name of the server")}
        help_texts = {
            "record_schema": _("Such as marcxml. Empty: what the server sends by itself."),
            "isbn_index": _("Such as bath.isbn. With a relation if it needs one: bib.isbn adj."),
            "seconds": _("Whoever enters a book waits no longer than this."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seconds = self.fields["seconds"]
        seconds.validators += [MinValueValidator(1), MaxValueValidator(60)]
        seconds.widget.attrs.update(min=1, max=60)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(_("The server"), "name", "url", "enabled"),
            Section(
                _("How it is asked"),
                Row("version", "record_schema"),
                Row("isbn_index", "title_index"),
                "seconds",
                lead=_("As its own documentation says; the test below shows whether it answers."),
            ),
        )


class LookupForm(forms.Form):
    """What is looked up: an ISBN in any spelling, or words of a title."""

    isbn = forms.CharField(label="ISBN", required=False, max_length=40)
    name = forms.CharField(label=_("title"), required=False, max_length=400)

    def __init__(self, data: Any = None, *, initial: Any = None, begins: bool = False) -> None:
        """`begins`: the page begins with this form, so that a scanner may."""
        super().__init__(data, initial=initial, auto_id="lookup-%s")
        for field in self.fields.values():
            field.widget.attrs |= {"class": "form-control", "autocomplete": "off"}
        if begins and not data:
            self.fields["isbn"].widget.attrs["autofocus"] = True

    def clean_isbn(self) -> str:
        typed = self.cleaned_data["isbn"].strip()
        isbn = isbn13(typed) if typed else ""
        if isbn is None:
            raise forms.ValidationError(_("This is no ISBN: its check digit does not fit."))
        return isbn

    @property
    def asks(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())
