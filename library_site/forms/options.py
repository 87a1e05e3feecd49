"""What a school sets once and changes rarely."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from library_site.forms.layout import Row, Section
from library_site.models import School


class OptionsForm(forms.ModelForm):
    """The options of the school; stage and system belong to the first start, since classes are built on them."""

    class Meta:
        model = School
        fields = [
            "name",
            "desk_quiet_seconds",
            "desk_speech",
            "public_search",
            "barcode_digits",
            "book_numbers",
            "clc_edition",
            "clc_depth",
            "retention_years",
        ]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _limit(self.fields["desk_quiet_seconds"], 3, 600)
        _limit(self.fields["barcode_digits"], 4, 14)
        _limit(self.fields["clc_depth"], 0, 20)
        _limit(self.fields["retention_years"], 1, 30)
        self.fields["clc_depth"].help_text = _(
            "Letters and digits that a new title keeps: with 4, I287.45 becomes I287; 0 keeps all."
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(_("The school"), "name"),
            Section(
                _("Front desk"),
                Row("desk_quiet_seconds"),
                "desk_speech",
                lead=_("After this time without a scan the open reader is closed, so that nobody borrows on it."),
            ),
            Section(
                _("Catalogue"),
                "public_search",
                Row("barcode_digits"),
                lead=_("Copies that have no number yet get the next free one with so many digits."),
            ),
            Section(
                _("Call numbers"),
                Row("book_numbers"),
                Row("clc_edition", "clc_depth"),
                lead=_("They hold for new titles; what stands on the shelf keeps its number."),
            ),
            Section(
                _("Privacy"),
                Row("retention_years"),
                lead=_("Loans of older school years stay counted, but nobody can see any more whose they were."),
            ),
        )


def _limit(field: forms.Field, lowest: int, highest: int) -> None:
    """The database's bounds, said at the field rather than above the form."""
    field.validators += [MinValueValidator(lowest), MaxValueValidator(highest)]
    field.widget.attrs.update(min=lowest, max=highest)
