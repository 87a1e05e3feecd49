"""Lines of somebody's booklist, pasted or as a sheet."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import BookList
from library_site.forms.layout import Row, Section

MOST_SIGNS = 200_000


class LinesForm(forms.Form):
    """What to take in; a sheet is turned into lines, which can then be corrected here."""

    text = forms.CharField(
        label=_("Lines"),
        required=False,
        max_length=MOST_SIGNS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("One book a line: an ISBN, or title and author. Copied out of Excel or Word, it is read as it is."),
    )
    file = forms.FileField(
        label=_("or a sheet"),
        required=False,
        help_text=_("Excel or CSV; the columns title, author, publisher, ISBN, reason and grade are recognised."),
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = is_new
        self.helper = FormHelper()
        self.helper.form_tag = False
        sections = [Section(_("The books"), "text", "file")]
        if is_new:
            self.fields["name"] = forms.CharField(
                label=_("Name of the list"),
                max_length=100,
                required=False,
                help_text=_("Empty: the name that stands in the sheet."),
            )
            self.fields["occasion"] = forms.ChoiceField(
                label=_("what for"), choices=BookList.Occasion.choices, initial=BookList.Occasion.OFFICIAL
            )
            self.fields["in_one"] = forms.BooleanField(
                label=_("All books on one list"),
                required=False,
                help_text=_("Otherwise each list and each grade of the sheet becomes a list of its own."),
            )
            sections.append(Section(_("The new list"), Row("name", "occasion"), "in_one"))
        self.helper.layout = Layout(*sections)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("text") or "").strip() and not cleaned.get("file") and not self.errors:
            self.add_error("text", _("Paste some lines, or choose a sheet."))
        return cleaned
