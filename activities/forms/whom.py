"""Whom an activity is for, as ticks: grades, single classes, teachers and staff."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.grades import grade_choices, place_of
from activities.models import Audience
from readers.models import Reader
from readers.queries.classes import NamedClass

GROWN_UPS = (Reader.Category.TEACHER, Reader.Category.STAFF)
Row = dict[str, Any]  # the columns of an `Audience`


class WhomMixin(forms.Form):
    """`grades_for`, `classes_for`, `grown_ups`; nothing ticked is the whole school.

    The form is made with `grades` (`readers.queries.classes.grade_names`) and `classes` (those of the day).
    """

    grades_for = forms.MultipleChoiceField(label=_("Grades"), required=False, widget=forms.CheckboxSelectMultiple)
    classes_for = forms.MultipleChoiceField(
        label=_("Or only these classes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    grown_ups = forms.MultipleChoiceField(
        label=_("Grown-ups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(value, value.label) for value in GROWN_UPS],
    )

    def __init__(
        self, *args: Any, grades: Mapping[tuple[str, int], str], classes: Sequence[NamedClass], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.grades = grades
        offered = [(key, text) for key, text in grade_choices(grades) if "-" in key]
        self.fields["grades_for"].choices = offered  # type: ignore[attr-defined]
        self.fields["classes_for"].choices = [(str(row.pk), row.name) for row in classes]  # type: ignore[attr-defined]

    def audience(self) -> list[Row]:
        """The rows of a valid form, neighbouring grades in one."""
        data = self.cleaned_data
        rows = grade_rows(data["grades_for"], self.grades)
        rows += [{"school_class_id": int(pk)} for pk in data["classes_for"]]
        return rows + [{"category": str(value)} for value in data["grown_ups"]]


def grade_rows(chosen: Iterable[str], grades: Mapping[tuple[str, int], str]) -> list[Row]:
    """Rows of grades from (stage, first) to last; one row without a stage where every grade is chosen."""
    places = sorted(place for place in map(place_of, chosen) if place is not None)
    if places and len(places) == len(grades):
        return [{"stage": ""}]
    rows: list[Row] = []
    for stage, position in places:
        last = rows[-1] if rows else None
        if last and last["stage"] == stage and last["to_position"] == (position or 0) - 1:
            last["to_position"] = position
        else:
            rows.append({"stage": stage, "from_position": position, "to_position": position})
    return rows


def whom_initial(audiences: Iterable[Audience], grades: Mapping[tuple[str, int], str]) -> dict[str, list[str]]:
    """What is ticked for these rows."""
    found: dict[str, list[str]] = {"grades_for": [], "classes_for": [], "grown_ups": []}
    for row in audiences:
        if row.category != Reader.Category.STUDENT:
            found["grown_ups"].append(row.category)
        elif row.school_class_id:
            found["classes_for"].append(str(row.school_class_id))
        else:
            found["grades_for"] += [f"{stage}-{place}" for stage, place in grades if _within(row, stage, place)]
    return found


def _within(row: Audience, stage: str, place: int) -> bool:
    if row.stage not in ("", stage):
        return False
    return row.from_position is None or row.from_position <= place <= (row.to_position or 0)
