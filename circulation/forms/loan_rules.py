"""A loan rule, and the question which one holds."""

from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from catalog.models import Title
from circulation.models import LoanPolicy
from circulation.queries.loan_rules import COLUMNS
from library_site.forms.fields import DayField
from library_site.forms.layout import Row, Section
from readers.models import Reader

EVERY_MATERIAL = ("", _("All kinds of books"))


# What a rule has by itself where the form says nothing: fields of another cost are not shown.
OPTIONAL = (
    "max_reservations", "overdue_cost", "grace_days", "suspension_per_day", "suspension_cap", "fee_per_day", "fee_cap",
    "lost_multiple",
)  # fmt: skip
# {field: (lowest, highest)}, as the database checks them.
BOUNDS = {
    "max_loans": (0, 500),
    "loan_days": (1, 400),
    "max_renewals": (0, 20),
    "max_reservations": (0, 100),
    "grace_days": (0, 60),
    "suspension_per_day": (1, 30),
    "suspension_cap": (1, 365),
    "fee_per_day": (0, 100),
    "fee_cap": (0, 1000),
    "lost_multiple": (0, 10),
    "owes_at_most": (Decimal("0.01"), 10000),
}


class LoanRuleForm(forms.ModelForm):
    """A rule from a day on. What a rule must fulfil beyond its bounds is decided where it is written."""

    effective_from = DayField(label=_("holds from"))

    class Meta:
        model = LoanPolicy
        fields = list(COLUMNS)
        widgets = {"overdue_cost": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["material"] = _material(label=_("kind of book"))
        for name in OPTIONAL:
            self.fields[name].required = False
        for name, (lowest, highest) in BOUNDS.items():
            field = self.fields[name]
            field.validators += [MinValueValidator(lowest), MaxValueValidator(highest)]
            field.widget.attrs |= {"min": lowest, "max": highest}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*_sections())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        usual = LoanPolicy()
        for name in OPTIONAL:
            if name in cleaned and cleaned[name] in (None, ""):
                cleaned[name] = getattr(usual, name)
        if cleaned.get("overdue_cost") == LoanPolicy.OverdueCost.MONEY:
            self._check_money(cleaned)
        return cleaned

    def _post_clean(self) -> None:
        """No row is checked: the form knows none, and the rule being changed would stand in its own way."""

    def _check_money(self, cleaned: dict[str, Any]) -> None:
        per_day, cap = cleaned.get("fee_per_day"), cleaned.get("fee_cap")
        if per_day is not None and per_day <= 0:
            self.add_error("fee_per_day", _("Say how much each open day costs."))
        elif per_day is not None and cap is not None and cap < per_day:
            self.add_error("fee_cap", _("Say how much it is at most: one day's fee or more."))


def _sections() -> list[Section]:
    return [
        Section(
            _("For whom, and for what"),
            Row("category", "material"),
            lead=_("A rule for one kind of book goes before the rule for all kinds."),
        ),
        Section(
            _("From when on"),
            "effective_from",
            lead=_("The rule so far ends the day before. Books already lent keep the terms they were lent under."),
        ),
        Section(
            _("Terms"),
            Row("max_loans", "loan_days", "max_renewals", "max_reservations"),
            "aligns_to_period",
            lead=_("Books at a time are counted over all kinds of books; those of one kind, over that kind."),
        ),
        Section(
            _("When something is overdue"),
            "blocks_when_overdue",
            "overdue_cost",
            Row("grace_days", css_class="cost-suspension cost-money"),
            Row("suspension_per_day", "suspension_cap", css_class="cost-suspension"),
            Row("fee_per_day", "fee_cap", css_class="cost-money"),
            lead=_("Only open days count. Taking money from pupils needs a legal ground: ask before you choose it."),
        ),
        Section(
            _("Losses and debts"),
            Row("lost_multiple", "owes_at_most"),
            lead=_("Without a sum, money owed never stops lending."),
        ),
    ]


class WhichRuleForm(forms.Form):
    """Reader and book as one would scan them, or category and kind of book."""

    reader = forms.CharField(label=_("card or school number"), required=False, max_length=64)
    book = forms.CharField(label=_("barcode of the book"), required=False, max_length=64)
    category = forms.ChoiceField(label=_("reader category"), required=False, choices=Reader.Category.choices)
    material = forms.ChoiceField(label=_("kind of book"), required=False)
    day = DayField(label=_("on the day"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["material"] = _material(label=_("kind of book"))
        self.fields["day"].initial = today
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"


def _material(*, label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[EVERY_MATERIAL, *Title.Material.choices])
