"""Which booklists are looked for, and what a list is."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.forms.grades import GradesMixin, grade_choices, grades_initial, place_of
from activities.models import Activity, BookList
from library_site.forms.fields import DayField
from library_site.forms.layout import Row, Section
from library_site.shared.codes import isbn13
from readers.models import Reader


class ListsForm(forms.Form):
    """A GET form over the lists; what cannot be read narrows nothing."""

    grade = forms.ChoiceField(label=pgettext_lazy("of pupils", "Grade"), required=False)
    occasion = forms.ChoiceField(label=_("what for"), required=False)

    def __init__(self, *args: Any, grades: Mapping[tuple[str, int], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["for"] = forms.ChoiceField(
            choices=[(Reader.Category.STUDENT, ""), (Reader.Category.TEACHER, "")], required=False
        )
        self._offer("grade", grade_choices(grades))
        self._offer("occasion", BookList.Occasion.choices)

    def given(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def asked_grade(self) -> tuple[str, int] | None:
        """(stage, position), or None for all."""
        stage, position = place_of(self.given("grade")) or ("", None)
        return (stage, position) if position is not None else None

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *choices]
        field.widget.attrs["class"] = "form-select"


class ListForm(GradesMixin):
    """What a list is: its name, for whom, on what occasion."""

    name = forms.CharField(label=_("booklist"), max_length=100)
    occasion = forms.ChoiceField(label=_("what for"), choices=BookList.Occasion.choices)
    category = forms.ChoiceField(
        label=pgettext_lazy("of a booklist", "For whom"),
        choices=[
            (Reader.Category.STUDENT, Reader.Category.STUDENT.label),
            (Reader.Category.TEACHER, Reader.Category.TEACHER.label),
        ],
    )
    course = forms.CharField(label=_("school subject"), max_length=40, required=False)
    theme = forms.CharField(label=_("theme or festival"), max_length=60, required=False)
    begins_on = DayField(
        label=_("from"), required=False, help_text=_("Before this day readers do not find it, published or not.")
    )
    introduction = forms.CharField(
        label=_("introduction"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    activity = forms.ModelChoiceField(
        label=_("Belongs to the activity"), queryset=Activity.objects.none(), required=False
    )

    def __init__(self, *args: Any, activities: "QuerySet[Activity, Any]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["activity"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = activities
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(_("The list"), "name", Row("occasion", "course", "theme"), "introduction"),
            Section(
                pgettext_lazy("of a booklist", "For whom"),
                Row("category", "first", "last"),
                lead=_("Pupils find the lists of their own grade first. Lists for teachers are shown to staff only."),
            ),
            Section(_("When"), Row("begins_on", "activity")),
        )

    def values(self) -> dict[str, Any]:
        """The columns of the list, of a valid form. Lists for teachers are of no grade."""
        data = self.cleaned_data
        same = ("name", "occasion", "category", "course", "theme", "begins_on", "introduction")
        grades = self.chosen_grades()
        if data["category"] == Reader.Category.TEACHER:
            grades = {"stage": "", "from_position": None, "to_position": None}
        activity = data["activity"]
        return {name: data[name] for name in same} | grades | {"activity_id": activity.pk if activity else None}


def list_initial(book_list: BookList) -> dict[str, Any]:
    """What the form shows of a list."""
    same = ("name", "occasion", "category", "course", "theme", "begins_on", "introduction", "activity")
    return {name: getattr(book_list, name) for name in same} | grades_initial(book_list)


class BookForm(forms.Form):
    """Why a book is recommended, and whether it must be read."""

    reason = forms.CharField(max_length=600, required=False)
    is_required = forms.BooleanField(required=False)


class WordsForm(forms.Form):
    """A book that the library does not hold."""

    name = forms.CharField(label=_("title"), max_length=400)
    author = forms.CharField(label=_("author"), max_length=400, required=False)
    publisher = forms.CharField(label=_("publisher"), max_length=200, required=False)
    isbn = forms.CharField(label=_("ISBN"), max_length=20, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "words-%s", **kwargs})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("name", "author"), Row("publisher", "isbn"))

    def clean_isbn(self) -> str:
        text: str = self.cleaned_data["isbn"]
        code = isbn13(text)
        if text and code is None:
            raise forms.ValidationError(_("This is no ISBN: its check digit does not fit."))
        return code or ""
