"""What the page for counting visits sends, and a period entered afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Location
from library_site.forms.fields import ClockField, DayField
from library_site.forms.layout import Row
from readers.models import Reader
from readers.queries.classes import NamedClass

ELECTRONIC = "electronic"
# A register on paper is keyed in within the semester; older dates are typing errors.
BACKDATE_DAYS = 200


def place_choices(places: Sequence[Location]) -> list[tuple[str, Any]]:
    """The library, its rooms, and the electronic reading room."""
    rooms = [(str(row.pk), row.name) for row in places]
    return [("", _("The library")), *rooms, (ELECTRONIC, _("Electronic reading room"))]


class PlaceForm(forms.Form):
    """Where people are counted."""

    place = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, places: Sequence[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = place_choices(places)  # type: ignore[attr-defined]
        self.fields["place"].widget.attrs["class"] = "form-select"

    def where(self) -> dict[str, Any]:
        """Room and kind of room."""
        place = self.cleaned_data["place"]
        return {"room_id": int(place) if place.isdecimal() else None, "is_electronic": place == ELECTRONIC}


class VisitScanForm(PlaceForm):
    """One scan: a code, or the reader chosen from several."""

    scan_id = forms.UUIDField()
    code = forms.CharField(max_length=64, required=False)
    reader = forms.IntegerField(required=False, min_value=1)


class ClassVisitForm(PlaceForm):
    """A class with so many people."""

    scan_id = forms.UUIDField()
    school_class = forms.IntegerField(min_value=1)
    heads = forms.IntegerField(min_value=1, max_value=500)


class PeriodVisitForm(PlaceForm):
    """A period with a class: by its teacher, or by the librarian, who may leave the teacher out."""

    day = DayField(label=_("Date"))
    starts = ClockField(label=_("From"))
    school_class = forms.TypedChoiceField(label=_("Class"), coerce=int)
    heads = forms.IntegerField(
        label=_("people"),
        min_value=1,
        max_value=500,
        required=False,
        help_text=_("Empty: as many as are in the class."),
    )
    teacher = forms.TypedChoiceField(label=_("Teacher"), coerce=int, empty_value=None, required=False)
    subject = forms.CharField(label=_("school subject"), max_length=40, required=False)
    what = forms.CharField(label=_("what was read"), max_length=200, required=False)

    def __init__(
        self, *args: Any, classes: Sequence[NamedClass], teachers: Sequence[Reader] | None, **kwargs: Any
    ) -> None:  # fmt: skip
        """Without `teachers` nobody is asked who it was."""
        super().__init__(*args, **kwargs)
        self.fields["school_class"].choices = [(row.pk, row.name) for row in classes]  # type: ignore[attr-defined]
        if teachers is None:
            del self.fields["teacher"]
        else:
            nobody = ("", _("Nobody: the class came by itself"))
            self.fields["teacher"].choices = [nobody, *((row.pk, row.name) for row in teachers)]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        first = Row("day", "starts", "school_class", "heads")
        second = Row("place", "subject") if teachers is None else Row("place", "teacher", "subject")
        self.helper.layout = Layout(first, second, "what")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("starts"):
            data["at"] = timezone.make_aware(datetime.combine(data["day"], data["starts"]))
            if not timezone.now() - timedelta(days=BACKDATE_DAYS) <= data["at"] <= timezone.now():
                self.add_error("day", _("The date lies in the future or too far back."))
        return data
