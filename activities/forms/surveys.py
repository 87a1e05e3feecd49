"""A survey's words, days and audience; its questions."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.forms.grades import GradesMixin
from activities.models import SurveyQuestion
from library_site.forms.fields import DayField
from library_site.forms.layout import Row, Section
from readers.models import Reader

PEOPLE = [Reader.Category.STUDENT, Reader.Category.TEACHER, Reader.Category.STAFF]


class SurveyForm(GradesMixin):
    """What it is called, whom it asks, and when."""

    name = forms.CharField(label=_("survey"), max_length=100)
    introduction = forms.CharField(
        label=_("introduction"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    category = forms.ChoiceField(label=_("for"), required=False)
    opens_on = DayField(label=pgettext_lazy("survey", "opens"))
    closes_on = DayField(label=pgettext_lazy("survey", "closes"))
    shows_results = forms.BooleanField(label=_("results are shown once closed"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = ("", _("everybody"))
        self.fields["category"].choices = [everybody, *((row.value, row.label) for row in PEOPLE)]  # type: ignore[attr-defined]
        self.fields["first"].help_text = _("Grades mean pupils only.")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(_("What is asked about"), "name", "introduction"),
            Section(_("Whom it asks"), "category", Row("first", "last")),
            Section(
                _("When"),
                Row("opens_on", "closes_on"),
                "shows_results",
                lead=_("Answers are anonymous. What came out is seen once nobody can answer any more."),
            ),
        )

    def values(self) -> dict[str, Any]:
        """The columns of the survey."""
        names = ("name", "introduction", "category", "opens_on", "closes_on", "shows_results")
        return {**{name: self.cleaned_data[name] for name in names}, **self.chosen_grades()}


class QuestionForm(forms.Form):
    """One question; options stand on a line each."""

    text = forms.CharField(label=_("question"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=SurveyQuestion.Kind.choices)
    options = forms.CharField(
        label=_("options"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, for questions where something is chosen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("text", "kind"), "options")
