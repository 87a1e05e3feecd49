"""An award: for whom, by which figures, how many."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import AwardRule
from library_site.forms.layout import FieldTable, Row, Section

ORDERS = [("most", pgettext_lazy("order", "the most first")), ("least", pgettext_lazy("order", "the least first"))]
PLAIN = ("name", "most", "share", "words", "is_retired")


class AwardRuleForm(forms.Form):
    """The figures are those of the pupils, classes or teachers that the award is for: {code: name}."""

    name = forms.CharField(label=_("award"), max_length=40)
    most = forms.IntegerField(
        label=_("how many"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("Empty: all who meet the criteria."),
    )
    share = forms.ChoiceField(label=_("counted within"), choices=AwardRule.Share.choices)
    first_by = forms.ChoiceField(label=_("ranked by"))
    first_order = forms.ChoiceField(label=_("order"))
    then_by = forms.ChoiceField(label=_("then by"), required=False)
    then_order = forms.ChoiceField(label=_("order"))
    words = forms.CharField(
        label=_("words of the certificate"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("{occasion} stands for the semester. The award's name follows on a line of its own."),
    )
    is_retired = forms.BooleanField(label=_("no longer used"), required=False)

    def __init__(self, *args: Any, whom: str, figures: Mapping[str, str | Promise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.figures = figures
        self._offer("first_by", [*figures.items()])
        self._offer("then_by", [("", "—"), *figures.items()])
        for name in ("first_order", "then_order"):
            self._offer(name, ORDERS)
        if whom == AwardRule.For.TEACHER:  # no class is theirs
            self._offer("share", [(AwardRule.Share.SCHOOL, AwardRule.Share.SCHOOL.label)])
        if whom == AwardRule.For.CLASS:
            self._offer("share", [(one, one.label) for one in (AwardRule.Share.GRADE, AwardRule.Share.SCHOOL)])
        for code in figures:
            for side, label in (("least", _("at least")), ("most", _("at most"))):
                self.fields[f"{side}_{code}"] = forms.DecimalField(
                    label=label, min_value=0, max_digits=7, decimal_places=2, required=False
                )
        self.helper = _helper(figures)

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def values(self) -> dict[str, Any]:
        """The columns of a rule."""
        return {name: self.cleaned_data[name] for name in PLAIN} | {"criteria": self._criteria()}

    def _criteria(self) -> list[dict[str, Any]]:
        data, rows = self.cleaned_data, []
        for code in self.figures:
            bounds = {side: data[f"{side}_{code}"] for side in ("least", "most")}
            given = {side: float(value) for side, value in bounds.items() if value is not None}
            if given:
                rows.append({"figure": code, **given})
        rows.append({"figure": data["first_by"], "order": data["first_order"]})
        if data["then_by"] and data["then_by"] != data["first_by"]:
            rows.append({"figure": data["then_by"], "order": data["then_order"]})
        return rows


def _helper(figures: Mapping[str, str | Promise]) -> FormHelper:
    rows = [(name, [f"least_{code}", f"most_{code}"]) for code, name in figures.items()]
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(
        Section(_("The award"), "name", Row("most", "share")),
        Section(
            _("Who may be proposed"),
            FieldTable([_("Figure"), _("at least"), _("at most")], rows),
            lead=_("Figures of the semester. Leave empty what does not matter."),
        ),
        Section(_("Who comes first"), Row("first_by", "first_order"), Row("then_by", "then_order")),
        Section(_("On paper"), "words", "is_retired"),
    )
    return helper


def initial_of(rule: AwardRule) -> dict[str, Any]:
    """What the form shows of a rule."""
    found: dict[str, Any] = {name: getattr(rule, name) for name in PLAIN}
    orders = [one for one in rule.criteria if "order" in one]
    for name, one in zip(("first", "then"), orders, strict=False):
        found |= {f"{name}_by": one["figure"], f"{name}_order": one["order"]}
    for one in rule.criteria:
        found |= {f"{side}_{one['figure']}": one[side] for side in ("least", "most") if side in one}
    return found


class DecideForm(forms.Form):
    """Keeping a line or leaving it out."""

    kept = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    reason = forms.CharField(max_length=200, required=False)


class AddForm(forms.Form):
    """Somebody whom the criteria did not propose."""

    key = forms.IntegerField(min_value=1)
    reason = forms.CharField(max_length=200, required=False)
