"""A goal, and the definitions that schools vary."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library_site.forms.layout import Row, Section
from library_site.models.school import Stage
from reports.models import Goal, ReportOptions
from reports.queries.goals import figure_choices, formulas_of


class GoalForm(forms.Form):
    """A figure with its formula, period, grades and target, from a school year on."""

    figure = forms.ChoiceField(label=_("Figure"), choices=figure_choices)
    per = forms.ChoiceField(label=_("For how long"), choices=Goal.Per.choices, initial=Goal.Per.SEMESTER)
    target = forms.DecimalField(label=_("Goal"), min_value=0, max_digits=8, decimal_places=2)
    first = forms.ChoiceField(label=_("From grade"), required=False)
    last = forms.ChoiceField(label=_("To grade"), required=False)
    from_year = forms.TypedChoiceField(label=_("From the school year"), coerce=int)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(
        self, *args: Any, grades: Mapping[tuple[str, int], str], years: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("the whole school")), *_grade_choices(grades)]
        self.fields["first"].choices = offered  # type: ignore[attr-defined]
        self.fields["last"].choices = [("", _("only this one")), *offered[1:]]  # type: ignore[attr-defined]
        self.fields["from_year"].choices = years  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(_("What is to be reached"), "figure", Row("per", "target"), lead=_("Shares are in per cent.")),
            Section(_("For whom"), Row("first", "last"), lead=_("Leave it for the whole school.")),
            Section(
                pgettext_lazy("a goal", "From when on"),
                "from_year",
                "note",
                lead=_("Reports of earlier years keep their goals."),
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = _place(cleaned.get("first")), _place(cleaned.get("last"))
        if last and not first:
            self.add_error("first", _("Say from which grade."))
        elif first and last and (first[0] != last[0] or (last[1] or 0) < (first[1] or 0)):
            self.add_error("last", _("This grade does not follow the first one within its stage."))
        return cleaned

    def terms(self) -> dict[str, Any]:
        """What the goal is about, by the names of its fields."""
        code, _dot, variant = self.cleaned_data["figure"].partition(".")
        first, last = _place(self.cleaned_data["first"]), _place(self.cleaned_data["last"])
        stage, start = first or ("", None)
        end = last[1] if last else start
        grades = {"stage": stage, "from_position": start, "to_position": end}
        return {"figure": code, "variant": variant, "per": self.cleaned_data["per"], **grades}


def _grade_choices(grades: Mapping[tuple[str, int], str]) -> list[tuple[str, Any]]:
    """Whole stages where there are several, then the grades."""
    stages = [stage for stage in Stage.values if any(own == stage for own, _position in grades)]
    whole = [(stage, Stage(stage).label) for stage in stages] if len(stages) > 1 else []
    ordered = sorted(grades, key=lambda key: (stages.index(key[0]), key[1]))
    return [*whole, *((f"{key[0]}-{key[1]}", _("Grade %(grade)s") % {"grade": grades[key]}) for key in ordered)]


def _place(value: str | None) -> tuple[str, int | None] | None:
    """("primary", 3) of "primary-3", ("primary", None) for a whole stage, None for nothing."""
    if not value:
        return None
    stage, _dash, position = value.partition("-")
    return stage, int(position) if position else None


class ReportOptionsForm(forms.ModelForm):
    class Meta:
        model = ReportOptions
        fields = ["circulation_rate", "snapshot_after_days", "titles_in_records"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circulation_rate"].widget = forms.RadioSelect(choices=formulas_of("circulation_rate"))
        self.fields["snapshot_after_days"].validators.append(MaxValueValidator(120))
        self.fields["snapshot_after_days"].widget.attrs |= {"min": 0, "max": 120}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(
                _("Circulation rate"),
                "circulation_rate",
                lead=_("Schools mean three different sums by this word. The one chosen is printed on every report."),
            ),
            Section(
                _("Closing a semester"),
                "snapshot_after_days",
                lead=_("From then on its report stays as it is, whatever is corrected later."),
            ),
            Section(
                _("Reading records of pupils"),
                "titles_in_records",
                lead=_("What a child has read is its own affair: without need, records give numbers only."),
            ),
        )
