"""Input about money that readers owe."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Location, Title
from circulation.models import DamageDegree, DefaultPrice
from circulation.queries.accounts import ChargeLine
from circulation.queries.prices import Worth

MOST = Decimal("99999.99")


class Money(forms.DecimalField):
    """An amount in yuan, more than nothing unless told otherwise."""

    def __init__(self, *, least: str = "0.01", **kwargs: Any) -> None:
        kwargs.setdefault("label", _("amount (yuan)"))
        super().__init__(min_value=Decimal(least), max_value=MOST, max_digits=7, decimal_places=2, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"


class OnceForm(forms.Form):
    """A form that is recorded once, however often it is sent."""

    scan_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan_id"].initial = uuid4


class Ticked(forms.TypedMultipleChoiceField):
    """Any numbers that were ticked: a page sent twice names charges that are settled by then."""

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal() and len(str(value)) < 19


class PayForm(OnceForm):
    """Which charges are paid, and how much is taken."""

    charges = Ticked(
        label=_("for"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what is paid.")},
    )
    amount = Money(label=_("taken (yuan)"))

    def __init__(self, *args: Any, lines: Sequence[ChargeLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["charges"].initial = [line.charge.pk for line in lines]
        self.fields["amount"].initial = sum(line.now.balance for line in lines)


class ReasonForm(OnceForm):
    """Why something is taken back."""

    reason = forms.CharField(label=_("reason"), max_length=200)


class WaiverForm(ReasonForm):
    amount = Money()


class RefundForm(ReasonForm):
    amount = Money()


class MendedForm(OnceForm):
    reason = forms.CharField(label=_("note"), max_length=200, required=False)


class ReplacementForm(OnceForm):
    """The same book brought: under which number, where it stands, what it costs."""

    barcode = forms.CharField(
        label=_("barcode of the new copy"),
        max_length=32,
        required=False,
        help_text=_("Leave empty for the next free number."),
    )
    location = forms.ModelChoiceField(label=_("location"), queryset=Location.objects.none(), empty_label=None)
    price = Money(label=_("price (yuan)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["location"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Location.objects.order_by("name")


class LossForm(OnceForm):
    """What is asked for a lost book."""

    amount = Money(least="0", help_text=_("0 if nothing is asked."))

    def __init__(self, *args: Any, worth: Worth, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].initial = worth.amount


class DamageForm(OnceForm):
    """How badly a book was damaged, and what is asked for it."""

    degree = forms.TypedChoiceField(label=_("degree of damage"), coerce=int, widget=forms.RadioSelect)
    amount = Money(
        least="0", required=False, help_text=_("Empty: the share of the price that belongs to the degree. 0: nothing.")
    )
    to_repair = forms.BooleanField(label=_("goes to repair"), required=False)

    def __init__(self, *args: Any, worth: Worth, degrees: Sequence[DamageDegree], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["degree"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(degree.pk, self._label(degree, worth)) for degree in degrees]
        self._worth, self._degrees = worth, {degree.pk: degree for degree in degrees}

    def _label(self, degree: DamageDegree, worth: Worth) -> str:
        amount = worth.damaged(degree.percent)
        cost = f"{degree.percent} %" if amount is None else f"{degree.percent} % · ¥{amount}"
        return f"{degree.name} ({cost})"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        degree = self._degrees.get(data.get("degree", 0))
        if degree is not None:
            data["degree"] = degree
            if data.get("amount") is None and "amount" not in self.errors:
                data["amount"] = self._worth.damaged(degree.percent)
                if data["amount"] is None:
                    self.add_error("amount", _("No price is known: say what is asked."))
        return data


class FinanceNumberForm(forms.Form):
    finance_number = forms.CharField(label=_("number of the finance office"), max_length=40, required=False)


class CashUpForm(forms.Form):
    """What was in the box; `after` is the count before it that the page knew."""

    after = forms.IntegerField(widget=forms.HiddenInput, required=False)
    counted = Money(least="0", label=_("counted (yuan)"))
    note = forms.CharField(
        label=_("note"), max_length=200, required=False, help_text=_("Needed where count and entries differ.")
    )


class DefaultPricesForm(forms.Form):
    """One price per material; an empty field means that none is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(DefaultPrice.objects.values_list("material", "price"))
        for material, label in Title.Material.choices:
            self.fields[material] = Money(label=label, required=False, initial=known.get(material))


class DegreeForm(forms.Form):
    """One degree of damage."""

    name = forms.CharField(label=_("degree of damage"), max_length=40)
    percent = forms.IntegerField(label=_("per cent of the price"), min_value=0, max_value=300)
