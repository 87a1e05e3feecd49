"""A plan's beginning, its words, aims and items."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from library_site.forms.fields import DayField
from reports.models import PlanAim, PlanItem, WorkPlan
from reports.queries.plans import PlanRow, figures_to_aim_at, seen_of

USUAL = 0  # no plan has this number
WORDS = ["guiding_idea", "situation", "measures"]


class BeginForm(forms.Form):
    """Which semester, and whether the plan begins with an earlier one."""

    semester = forms.TypedChoiceField(label=_("Semester"), coerce=int)
    source = forms.TypedChoiceField(label=_("Begin with"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, rows: Sequence[PlanRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        semester, source = self.fields["semester"], self.fields["source"]
        assert isinstance(semester, forms.TypedChoiceField) and isinstance(source, forms.TypedChoiceField)
        semester.choices = [(row.semester.pk, row.label) for row in rows if row.plan is None]
        plans = [(row.plan.pk, _("the plan of %(semester)s") % {"semester": row.label}) for row in rows if row.plan]
        source.choices = [("", _("an empty plan")), (USUAL, _("the usual plan, to be edited")), *plans]


class WordsForm(forms.ModelForm):
    """The words of a plan; `seen` marks what was there when the form was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    class Meta:
        model = WorkPlan
        fields = WORDS
        widgets = dict.fromkeys(WORDS, forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen_of(self.instance)

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in WORDS}


class AimForm(forms.ModelForm):
    """An aim: in words, and as a figure of the report with its target."""

    figure = forms.ChoiceField(label=_("figure"), required=False)
    target = forms.DecimalField(
        label=_("Target of the figure"), min_value=0, max_digits=10, decimal_places=2, required=False
    )

    class Meta:
        model = PlanAim
        fields = ["text", "figure", "target", "result"]
        help_texts = {"result": _("For aims without a figure, or what the figure does not say.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figure = self.fields["figure"]
        assert isinstance(figure, forms.ChoiceField)
        figure.choices = [("", _("none: an aim in words")), *figures_to_aim_at()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "figure" in data and "target" in data and bool(data["figure"]) != (data["target"] is not None):
            self.add_error("target", _("A figure needs its target, and a target its figure."))
        return data


class ItemForm(forms.ModelForm):
    """An item of work in a month of the semester."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    done_on = DayField(label=_("Done on"), required=False)

    class Meta:
        model = PlanItem
        fields = ["month", "text", "person", "done_on", "note"]

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["month"]
        assert isinstance(field, forms.TypedChoiceField)
        own = {self.instance.month} if self.instance.pk else set()
        field.choices = [
            (month.isoformat(), date_format(month, "YEAR_MONTH_FORMAT")) for month in sorted({*months, *own})
        ]
