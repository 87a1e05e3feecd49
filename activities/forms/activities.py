"""The plan of an activity, copying one, and what is chosen on the list."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.files import FilesField
from activities.forms.whom import WhomMixin
from activities.models import Activity, ActivityKind
from library_site.forms.fields import DayField
from library_site.forms.layout import Row, Section
from readers.models import Reader

LABELS = {"kind": _("Kind"), "name": _("Name of the activity"), "responsible": _("Responsible teacher")}
TEXTS = ("aims", "plan", "rules")
DEPARTMENTS = (_("Library"), _("Teaching office"), _("Moral education office"), _("Young Pioneers"))


class ActivityForm(WhomMixin, forms.ModelForm):
    """All that a plan says. The parent is given by the page."""

    starts_on = DayField(label=_("first day"))
    ends_on = DayField(label=_("last day"))
    register_until = DayField(label=_("register until"), required=False)
    entries_until = DayField(label=_("works until"), required=False)

    class Meta:
        model = Activity
        fields = [
            "kind", "name", "starts_on", "ends_on", "hours", "place", *TEXTS, "responsible", "responsible_words",
            "department", "registration", "register_until", "most", "most_per_class", "takes_entries", "entries_until",
            "blind", "scale",
        ]  # fmt: skip

    def __init__(self, *args: Any, kinds: Sequence[ActivityKind], people: Sequence[Reader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [kind for kind in kinds if not kind.is_retired or kind.pk == self.instance.kind_id]
        self.fields["kind"].choices = [("", "—"), *((kind.pk, kind.name) for kind in offered)]  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [("", "—"), *((row.pk, row.name) for row in people)]  # type: ignore[attr-defined]
        for name, label in LABELS.items():
            self.fields[name].label = label
        for name in TEXTS:
            self.fields[name].widget.attrs["rows"] = 4
        self.fields["hours"].widget.attrs["placeholder"] = "14:00–15:30"
        self.fields["department"].widget.attrs["list"] = "departments"
        self.fields["responsible_words"].help_text = _("Where it is nobody of the school's list, or several.")
        self.fields["scale"].widget.attrs |= {"min": 1, "max": 1000}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = _layout()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day lies before the first."))
        return data

    def values(self) -> dict[str, Any]:
        """The columns of the plan."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def _layout() -> Layout:
    return Layout(
        Section(_("What it is"), Row("kind", "name")),
        Section(_("When and where"), Row("starts_on", "ends_on"), Row("hours", "place")),
        Section(
            _("Who may take part"),
            InlineCheckboxes("grades_for"),
            InlineCheckboxes("classes_for"),
            InlineCheckboxes("grown_ups"),
            lead=_("Nothing ticked is the whole school."),
        ),
        Section(
            _("What is planned"), *TEXTS, lead=_("Readers see all of it once it is published. Lines stay as typed.")
        ),
        Section(
            _("Who answers for it"),
            Row("responsible", "department"),
            "responsible_words",
            lead=_("This teacher may edit the activity and sees who registered."),
        ),
        Section(
            _("Registration"),
            Row("registration", "register_until"),
            Row("most", "most_per_class"),
            lead=_("Numbers are people; empty where there is no limit. Class teachers tick names for their class."),
        ),
        Section(_("Works"), "takes_entries", Row("entries_until", "scale"), "blind"),
    )


class CopyForm(WhomMixin):
    """From when on the copy is, its name and for whom."""

    name = forms.CharField(label=_("Name of the activity"), max_length=100)
    starts_on = DayField(label=_("first day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row("name", "starts_on"),
            InlineCheckboxes("grades_for"),
            InlineCheckboxes("classes_for"),
            InlineCheckboxes("grown_ups"),
        )


class PictureForm(forms.Form):
    """One picture, or none to take the present one away."""

    picture = FilesField(label=_("Picture"), pictures_only=True, most=1, required=False)
