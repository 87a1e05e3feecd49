"""An amount of reading for grades or for teachers."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.forms.grades import GradesMixin, grades_initial
from activities.models import ReadingQuota
from library_site.forms.layout import Row, Section
from readers.models import Reader, SchoolYear

MOST = 500


class QuotaForm(GradesMixin):
    category = forms.ChoiceField(
        label=pgettext_lazy("of a booklist", "For whom"),
        choices=[
            (Reader.Category.STUDENT, Reader.Category.STUDENT.label),
            (Reader.Category.TEACHER, Reader.Category.TEACHER.label),
        ],
    )
    books = forms.IntegerField(label=_("books a semester"), min_value=0, max_value=MOST, required=False)
    notes = forms.IntegerField(label=_("notes a semester"), min_value=0, max_value=MOST, required=False)
    from_year = forms.TypedChoiceField(label=_("from the school year"), coerce=int)

    def __init__(self, *args: Any, years: Sequence[SchoolYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["from_year"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(year.start_year, f"{year.start_year}–{year.start_year + 1}") for year in years]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(pgettext_lazy("of a booklist", "For whom"), Row("category", "first", "last")),
            Section(
                _("How much"),
                Row("books", "notes", "from_year"),
                lead=_("Earlier school years keep what held then. Leave empty what you ask nothing of."),
            ),
        )

    def values(self) -> dict[str, Any]:
        """The columns of a valid form; amounts for teachers are of no grade."""
        data = self.cleaned_data
        grades = self.chosen_grades()
        if data["category"] == Reader.Category.TEACHER:
            grades = {"stage": "", "from_position": None, "to_position": None}
        return {name: data[name] for name in ("category", "books", "notes", "from_year")} | grades


def quota_initial(row: ReadingQuota) -> dict[str, Any]:
    """What the form shows of an amount."""
    return {name: getattr(row, name) for name in ("category", "books", "notes", "from_year")} | grades_initial(row)
