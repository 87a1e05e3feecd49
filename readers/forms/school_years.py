"""A school year, the names of grades, a pupil's move, a class's teacher."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from library_site.forms.fields import DayField
from library_site.forms.layout import Row, Section
from library_site.models.school import Stage
from readers.models import Grade


class PlainForm(forms.Form):
    """A form whose page draws its own form tag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class SchoolYearForm(PlainForm):
    """The days of a year; `stages` are those that take new pupils in, `classes` how many classes to offer."""

    begins = DayField(label=_("The school year begins on"))
    first_starts = DayField(label=_("First semester: first day"))
    first_ends = DayField(label=_("First semester: last day"))
    second_starts = DayField(label=_("Second semester: first day"))
    second_ends = DayField(label=_("Second semester: last day"))

    def __init__(self, *args: Any, stages: Sequence[str], classes: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage in stages:
            self.fields[f"classes_{stage}"] = forms.IntegerField(
                label=Stage(stage).label, min_value=0, max_value=40, initial=classes.get(stage, 0)
            )
        self.helper.layout = Layout(
            Section(
                _("School year"),
                "begins",
                Row("first_starts", "first_ends"),
                Row("second_starts", "second_ends"),
                lead=_("The usual dates are filled in; the school's own calendar goes before them."),
            ),
            Section(
                _("New classes"),
                Row(*(f"classes_{stage}" for stage in stages)),
                lead=_("How many classes begin this year. Those missing are made; all others move up by themselves."),
            ),
        )

    def new_classes(self) -> dict[str, int]:
        prefix = "classes_"
        return {name.removeprefix(prefix): n for name, n in self.cleaned_data.items() if name.startswith(prefix)}


class GradesForm(PlainForm):
    """The name of every grade."""

    def __init__(self, *args: Any, grades: Mapping[tuple[str, int], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = {f"{stage}_{position}": (stage, position) for stage, position in grades}
        limit = Grade._meta.get_field("name").max_length
        for name, key in self._keys.items():
            self.fields[name] = forms.CharField(
                label=_("%(stage)s, year %(position)s") % {"stage": Stage(key[0]).label, "position": key[1]},
                max_length=limit,
                initial=grades[key],
            )
        stages = [stage for stage in Stage.values if any(own == stage for own, _position in grades)]
        self.helper.layout = Layout(
            *(Section(Stage(stage).label, *(n for n, key in self._keys.items() if key[0] == stage)) for stage in stages)
        )

    def names(self) -> dict[tuple[str, int], str]:
        return {key: self.cleaned_data[name] for name, key in self._keys.items()}


class MoveForm(PlainForm):
    """Into which class, from which day on."""

    school_class = forms.TypedChoiceField(label=_("Moves to"), coerce=int)
    since = DayField(label=_("In this class from"))

    def __init__(self, *args: Any, classes: Sequence[tuple[int, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"].choices = [("", "—"), *classes]  # type: ignore[attr-defined]
        self.fields["since"].initial = today


class ClassTeacherForm(PlainForm):
    """Who leads the class, from which day on; empty for nobody."""

    teacher = forms.TypedChoiceField(label=_("Class teacher"), coerce=int, required=False, empty_value=None)
    since = DayField(label=_("Leads the class from"))

    def __init__(self, *args: Any, teachers: Sequence[tuple[int, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teacher"].choices = [("", _("Nobody")), *teachers]  # type: ignore[attr-defined]
        self.fields["since"].initial = today
