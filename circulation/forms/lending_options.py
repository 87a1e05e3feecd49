"""The options of lending."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from circulation.models import CirculationOptions
from library_site.forms.layout import Row, Section

BOUNDS = {"pickup_days": (1, 30), "card_fee": (0, 1000), "visits_per_week": (0, 50), "periods_per_week": (0, 50)}


class LendingOptionsForm(forms.ModelForm):
    class Meta:
        model = CirculationOptions
        fields = list(BOUNDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (lowest, highest) in BOUNDS.items():
            self.fields[name].validators += [MinValueValidator(lowest), MaxValueValidator(highest)]
            self.fields[name].widget.attrs |= {"min": lowest, "max": highest}
        self.fields["card_fee"].help_text = _("In yuan; 0 where a new card costs nothing.")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(
                _("Reservations"),
                Row("pickup_days"),
                lead=_("A book set aside waits so many open days, then the next reader gets it."),
            ),
            Section(_("Cards"), Row("card_fee")),
            Section(
                _("Visits to the reading room"),
                Row("visits_per_week", "periods_per_week"),
                lead=_("The school's own goals, beside which the visits are shown; 0 for no goal."),
            ),
        )
