"""Choosing grades: the whole school, a stage, one grade, or from one grade to another."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models.audience import ForGrades
from library_site.models.school import Stage


class GradesMixin(forms.Form):
    """Two selects, `first` and `last`; the form is made with `grades` (`readers.queries.classes.grade_names`).

    `chosen_grades()` gives {"stage", "from_position", "to_position"} of a valid form; `grades_initial(row)` turns it
    round.
    """

    first = forms.ChoiceField(label=_("From grade"), required=False)
    last = forms.ChoiceField(label=_("To grade"), required=False)

    def __init__(self, *args: Any, grades: Mapping[tuple[str, int], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = grade_choices(grades)
        self.fields["first"].choices = [("", _("the whole school")), *offered]  # type: ignore[attr-defined]
        self.fields["last"].choices = [("", _("only this one")), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = place_of(cleaned.get("first")), place_of(cleaned.get("last"))
        if last and not first:
            self.add_error("first", _("Say from which grade."))
        elif first and last and (first[0] != last[0] or (last[1] or 0) < (first[1] or 0)):
            self.add_error("last", _("This grade does not follow the first one within its stage."))
        return cleaned

    def chosen_grades(self) -> dict[str, Any]:
        """The columns of a `ForGrades` row."""
        first, last = place_of(self.cleaned_data["first"]), place_of(self.cleaned_data["last"])
        stage, start = first or ("", None)
        return {"stage": stage, "from_position": start, "to_position": last[1] if last and start else start}


def grades_initial(row: ForGrades) -> dict[str, str]:
    """What the two selects show for a row."""
    if not row.stage or row.from_position is None:
        return {"first": row.stage, "last": ""}
    last = f"{row.stage}-{row.to_position}" if row.to_position != row.from_position else ""
    return {"first": f"{row.stage}-{row.from_position}", "last": last}


def grade_choices(grades: Mapping[tuple[str, int], str]) -> list[tuple[str, Any]]:
    """Whole stages where there are several, then the grades."""
    stages = [stage for stage in Stage.values if any(own == stage for own, _position in grades)]
    whole = [(stage, Stage(stage).label) for stage in stages] if len(stages) > 1 else []
    ordered = sorted(grades, key=lambda key: (stages.index(key[0]), key[1]))
    return [*whole, *((f"{key[0]}-{key[1]}", _("Grade %(grade)s") % {"grade": grades[key]}) for key in ordered)]


def place_of(value: str | None) -> tuple[str, int | None] | None:
    """("primary", 3) of "primary-3", ("primary", None) for a whole stage, None for nothing."""
    if not value:
        return None
    stage, _dash, position = value.partition("-")
    return stage, int(position) if position else None
