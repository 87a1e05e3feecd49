"""A reading group, and a meeting of it."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import GroupMeeting, ReadingGroup
from library_site.forms.fields import DayField
from library_site.forms.layout import Row
from readers.models import Reader
from readers.queries.classes import NamedClass


class GroupForm(forms.ModelForm):
    founded_on = DayField(label=_("founded"))

    class Meta:
        model = ReadingGroup
        fields = ["name", "leader", "school_class", "founded_on", "aim"]

    def __init__(self, *args: Any, people: Sequence[Reader], classes: Sequence[NamedClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].choices = [("", "—"), *((row.pk, row.name) for row in people)]  # type: ignore[attr-defined]
        self.fields["school_class"].choices = [("", _("the whole school")), *((row.pk, row.name) for row in classes)]  # type: ignore[attr-defined]
        self.fields["name"].label = _("Name of the group")
        self.fields["leader"].label = _("Leader of the group")
        self.fields["school_class"].label = _("of the class")
        self.fields["aim"].widget.attrs["rows"] = 3
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("name", "leader"), Row("school_class", "founded_on"), "aim")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class MeetingForm(forms.ModelForm):
    on = DayField(label=_("day"))

    class Meta:
        model = GroupMeeting
        fields = ["on", "place", "topic", "present", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["rows"] = 3
        self.fields["note"].help_text = _("Name pupils only where it is needed.")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("on", "topic"), Row("place", "present"), "note")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
