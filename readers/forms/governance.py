"""The leading group, meetings, rules and their study, and the librarian's register."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library_site.forms.fields import DayField
from readers.models import DevelopmentRecord, LeadingGroupMember, Meeting, Regulation
from readers.queries.classes import NamedClass

LINES = 14


class MemberForm(forms.ModelForm):
    since = DayField(label=_("From"))
    until = DayField(label=_("Until"), required=False)

    class Meta:
        model = LeadingGroupMember
        fields = ["name", "post", "duty", "is_in_charge", "position", "since", "until"]
        labels = {
            "name": _("Name"),
            "post": _("Post at the school"),
            "duty": _("Duty in the group"),
            "is_in_charge": _("Leader in charge"),
            "position": _("Position in the list"),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The end must not lie before the beginning."))
        return data


class DevelopmentForm(forms.ModelForm):
    on = DayField(label=_("Date"))

    class Meta:
        model = DevelopmentRecord
        fields = ["kind", "on", "person", "title", "place_or_level", "note"]
        labels = {
            "kind": _("Kind"),
            "person": _("Person"),
            "title": _("What it was"),
            "place_or_level": _("Place or level"),
            "note": _("Note"),
        }


class MeetingForm(forms.ModelForm):
    """A meeting; `present` are keys of those who came, out of those who were expected."""

    held_on = DayField(label=_("Date"))
    present = forms.MultipleChoiceField(
        label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip

    class Meta:
        model = Meeting
        fields = ["title", "held_on", "place", "present", "also_present", "minutes"]
        labels = {
            "title": _("Subject"),
            "place": pgettext_lazy("meeting", "Place"),
            "also_present": _("Also present"),
            "minutes": _("Minutes"),
        }
        widgets = {"minutes": forms.Textarea(attrs={"rows": LINES})}

    def __init__(self, *args: Any, expected: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["present"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = expected
        if not expected:
            del self.fields["present"]


class RegulationForm(forms.ModelForm):
    """A rule's title and place, and its text as of a date."""

    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 20}), help_text=_("One article a line.")
    )  # fmt: skip
    valid_from = DayField(label=_("Valid from"))
    is_confirmed = forms.BooleanField(label=_("Confirmed by the school"), required=False)

    class Meta:
        model = Regulation
        fields = ["title", "position"]
        labels = {"title": _("Title of the rule"), "position": _("Position")}


class StudyForm(forms.Form):
    """Classes that studied a rule on a day."""

    regulation = forms.TypedChoiceField(label=_("Rule"), coerce=int)
    on = DayField(label=_("Date"))
    led_by = forms.CharField(label=_("Led by"), max_length=64, required=False)
    classes = forms.TypedMultipleChoiceField(
        label=_("Classes that studied it"), coerce=int, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip

    def __init__(
        self, *args: Any, regulations: Sequence[Regulation], classes: Sequence[NamedClass], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rule, school_classes = self.fields["regulation"], self.fields["classes"]
        assert isinstance(rule, forms.TypedChoiceField)
        assert isinstance(school_classes, forms.TypedMultipleChoiceField)
        rule.choices = [(row.pk, row.title) for row in regulations]
        school_classes.choices = [(row.pk, row.name) for row in classes]
