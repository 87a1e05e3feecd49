"""A kind of label paper, as the packet and the ruler say."""

from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from catalog.models import LabelStock
from library_site.forms.layout import Row, Section

_SIZES = ("page_width", "page_height", "label_width", "label_height")
_MARGINS = ("left", "top", "gap_across", "gap_down")
_NUDGES = ("nudge_right", "nudge_down")
_COUNTS = ("columns", "rows")
# The database's bounds, said at the field; nobody prints labels larger than a metre.
_LIMITS = {
    **dict.fromkeys(_SIZES, ("1", "1000")),
    **dict.fromkeys(_MARGINS, ("0", "1000")),
    **dict.fromkeys(_NUDGES, ("-20", "20")),
    "columns": ("1", "10"),
    "rows": ("1", "40"),
}


class LabelStockForm(forms.ModelForm):
    """All sizes in millimetres; whether the labels fit on the page is checked when it is saved."""

    class Meta:
        model = LabelStock
        fields = ["name", "feed", *_SIZES, *_COUNTS, *_MARGINS, *_NUDGES]
        labels = {"name": _("Name of the paper")}
        widgets = {"feed": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (lowest, highest) in _LIMITS.items():
            field = self.fields[name]
            field.validators += [MinValueValidator(Decimal(lowest)), MaxValueValidator(Decimal(highest))]
            field.widget.attrs.update(min=lowest, max=highest, step="1" if name in _COUNTS else "any")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = _layout()


def _layout() -> Layout:
    return Layout(
        Section(_("The paper"), "name", "feed", Row("page_width", "page_height"), lead=_ROLL),
        Section(
            _("The labels"), Row("columns", "rows"), Row("label_width", "label_height"), lead=_("All sizes in mm.")
        ),
        Section(_("Margins and gaps"), Row("left", "top"), Row("gap_across", "gap_down"), lead=_MARGIN),
        Section(_("Your printer"), Row("nudge_right", "nudge_down"), lead=_NUDGE),
    )


_ROLL = _("Of a roll, one page is one row of labels with the strip that carries them.")
_MARGIN = _("From the edge of the page to the first label, and between two labels.")
_NUDGE = _("By how much the print is to be moved, as found with the test frame; less than 0 for left and up.")
