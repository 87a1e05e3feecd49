"""Whom a title is reserved for, and what a class set is to be."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from library_site.forms.fields import DayField
from library_site.forms.layout import Row, Section
from readers.queries.classes import NamedClass


class ReserveForm(forms.Form):
    """Posted by the queue's page: the reader who was found, a copy at hand, and why a problem is set aside."""

    reader = forms.IntegerField(min_value=1)
    fetched = forms.CharField(required=False, max_length=64)
    reason = forms.CharField(required=False, max_length=200)


class ClassSetForm(forms.Form):
    """How many copies of a title a teacher wants, for which class and by when; `teacher` is asked of staff only."""

    teacher = forms.CharField(label=_("teacher"), max_length=64, help_text=_("Card, name or pinyin."))
    school_class = forms.TypedChoiceField(label=_("class"), required=False, coerce=int, empty_value=None)
    wanted = forms.IntegerField(label=_("copies wanted"), min_value=1, max_value=200)
    needed_on = DayField(label=_("needed on"))

    def __init__(self, *args: Any, classes: list[NamedClass], asks_teacher: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[Any, str]] = [("", "—"), *((row.pk, row.name) for row in classes)]
        self.fields["school_class"].choices = choices  # type: ignore[attr-defined]
        self.fields["needed_on"].widget.attrs["min"] = today.isoformat()
        rows = [Row("school_class", "wanted", "needed_on")]
        if asks_teacher:
            rows.insert(0, Row("teacher"))
        else:
            del self.fields["teacher"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Section(_("For whom, and for when"), *rows))
