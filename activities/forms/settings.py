"""A kind of activity, and the options of activities."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import ActivityKind, ActivityOptions
from activities.models.options import ShownNames
from library_site.forms.layout import Row, Section


class KindForm(forms.Form):
    name = forms.CharField(label=_("kind"), max_length=30)
    shape = forms.ChoiceField(label=_("shape"), choices=ActivityKind.Shape.choices, initial=ActivityKind.Shape.WORKS)
    is_retired = forms.BooleanField(label=_("no longer used"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shape"].help_text = _("Says which pages such an activity has.")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("name", "shape"), "is_retired")


class ActivityOptionsForm(forms.ModelForm):
    class Meta:
        model = ActivityOptions
        fields = ["names", "ranks_pupils", "home_figures", "certificate_signer", "note_marks", "welcome"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].widget = forms.RadioSelect(choices=ShownNames.choices)
        self.fields["welcome"].widget.attrs["rows"] = 3
        self.fields["note_marks"].help_text = _("Separated by blanks, the best first, such as: A B C.")
        self.fields["certificate_signer"].help_text = _("Empty: the school's name.")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Section(
                _("Pupils in public"),
                "names",
                "ranks_pupils",
                lead=_(
                    "On walls, in lists of results and on the library's page. In full only with the guardian's consent."
                ),
            ),
            Section(_("Notes and certificates"), "note_marks", "certificate_signer"),
            Section(_("The library's page"), "welcome", "home_figures"),
        )
