"""A loan rule, and the question which one holds."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Title
from circulation.models import LoanPolicy
from library_site.forms.fields import DayField
from library_site.forms.layout import Row, Section
from readers.models import Reader

EVERY_MATERIAL = ("", _("All kinds of books"))


class LoanRuleForm(forms.ModelForm):
    """A rule from a day on. What a rule must fulfil beyond its bounds is decided where it is written."""

    effective_from = DayField(label=_("holds from"))

    class Meta:
        model = LoanPolicy
        fields = [
            "category",
            "material",
            "effective_from",
            "max_loans",
            "loan_days",
            "max_renewals",
            "blocks_when_overdue",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["material"] = _material(label=_("kind of book"))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
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
                Row("max_loans", "loan_days", "max_renewals"),
                "blocks_when_overdue",
                lead=_("Books at a time are counted over all kinds of books."),
            ),
        )


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
