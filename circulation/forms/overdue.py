"""What the pages about books to come back are narrowed by, and what is noted when they are printed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from circulation.models import Reminder
from readers.queries.classes import NamedClass

OTHERS = "others"
DAYS = (1, 7, 14, 30, 60)
TIMES = (0, 1, 2, 3)


class NarrowForm(forms.Form):
    """Class, grade, how late, how often reminded; one reader where a page is about one."""

    school_class = forms.ChoiceField(label=_("Class"), required=False)
    grade = forms.ChoiceField(label=_("Grade"), required=False)
    late = forms.TypedChoiceField(
        label=_("Overdue for"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(days, ngettext_lazy("%d day or more", "%d days or more", days) % days) for days in DAYS],
    )
    reminded = forms.TypedChoiceField(
        label=_("Times reminded"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            (0, _("any number of times")),
            *((times, ngettext_lazy("%d time or more", "%d times or more", times) % times) for times in TIMES[1:]),
        ],
    )
    reader = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, classes: Sequence[NamedClass], others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(row.pk), row.name) for row in classes]
        grades = dict.fromkeys((grade_key(row), row.grade) for row in classes)
        self._offer("school_class", [*rows, *([(OTHERS, _("Teachers and others"))] if others else [])])
        self._offer("grade", [(key, name) for key, name in grades])
        if len(rows) < 2:
            del self.fields["grade"]
        for field in self.visible_fields():
            field.field.widget.attrs["class"] = "form-select"

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *choices]


def grade_key(row: NamedClass) -> str:
    """How a grade is written in an address."""
    return f"{row.stage}-{row.position}"


class RemindForm(forms.Form):
    """What kind of reminder goes out, and whether it calls in everything for the semester's end."""

    kind = forms.ChoiceField(choices=Reminder.Kind.choices)
    recall = forms.BooleanField(required=False)


class ChatForm(forms.Form):
    """What the chat may read: the least first."""

    who = forms.ChoiceField(
        label=pgettext_lazy("in a chat text", "Pupils"),
        required=False,
        choices=[("numbers", _("only school numbers")), ("names", _("names"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    what = forms.ChoiceField(
        label=pgettext_lazy("in a chat text", "Books"),
        required=False,
        choices=[("count", _("only how many")), ("titles", _("titles"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
