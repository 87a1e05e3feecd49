"""Which side's values are kept when two titles become one, and what may be lost."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.queries.merging import GOES, STAYS, Difference
from library_site.shared.problems import Problem


class FindForm(forms.Form):
    """Looking for the other title."""

    q = forms.CharField(label=_("Title, author, ISBN, call number or pinyin"), required=False, max_length=120)


class MergeForm(forms.Form):
    """One choice per column that differs, and one tick per thing that would be lost."""

    seen = forms.CharField(required=False, max_length=40)  # what `seen_together` was when the page was made

    def __init__(self, data: Any = None, *, differences: Sequence[Difference], losses: Sequence[Problem]) -> None:
        super().__init__(data)
        self.differences, self.losses = differences, losses
        for row in differences:
            self.fields[row.name] = forms.ChoiceField(
                label=row.label, choices=[(STAYS, row.stays), (GOES, row.goes)], initial=row.offered
            )
        for problem in losses:
            self.fields[f"accept_{problem.code}"] = forms.BooleanField(label=problem.message)

    @property
    def sides(self) -> dict[str, str]:
        return {row.name: self.cleaned_data[row.name] for row in self.differences}

    @property
    def accepted(self) -> list[str]:
        return [problem.code for problem in self.losses if self.cleaned_data.get(f"accept_{problem.code}")]

    def rows(self) -> list[tuple[Difference, Any, bool]]:
        """(difference, its field, whether the value of the one that goes is chosen)."""
        return [(row, self[row.name], self[row.name].value() == GOES) for row in self.differences]

    def ticks(self) -> list[tuple[Problem, Any]]:
        return [(problem, self[f"accept_{problem.code}"]) for problem in self.losses]
