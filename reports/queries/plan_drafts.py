"""The usual work plan of a semester, for a school that has none to begin with: texts in `reports/data/`, to be edited.

Its aims are the goals that the school has set itself.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from library_site.shared.reference import Reference
from readers.models import Semester
from reports.models import Goal, PlanAim, PlanItem, WorkPlan
from reports.queries.settings import goals_of
from reports.rules.catalogue import CATALOGUE
from reports.rules.numbers import written
from reports.rules.plans import WORDS, months_of, shifted

FILE = Path(__file__).resolve().parent.parent / "data" / "work_plan.csv"


@dataclass(frozen=True)
class Draft:
    """What a plan begins with; aims and items are not saved and belong to no plan yet."""

    words: dict[str, str] = field(default_factory=dict)
    aims: Sequence[PlanAim] = ()
    items: Sequence[PlanItem] = ()


def usual_draft(semester: Semester, reference: Reference) -> Draft:
    """The usual words and items of such a semester, and the school's goals as aims."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["semester"] == str(semester.number)]
    months = months_of(semester)
    return Draft(
        words={name: "\n".join(row["text"] for row in rows if row["part"] == name) for name in WORDS},
        aims=[_aim(goal) for goal in goals_of(reference, semester) if _is_of_a_semester(goal)],
        items=[
            PlanItem(month=months[min(int(row["after"]), len(months) - 1)], text=row["text"], person=row["person"])
            for row in rows
            if row["part"] == "item"
        ],
    )


def draft_of(source: WorkPlan, semester: Semester) -> Draft:
    """What an earlier plan says, none of it done, in the months of the new semester."""
    aims = source.aims.order_by("position", "pk")
    items = source.items.order_by("month", "position", "pk")
    return Draft(
        words={name: getattr(source, name) for name in WORDS},
        aims=[PlanAim(text=row.text, figure=row.figure, variant=row.variant, target=row.target) for row in aims],
        items=[
            PlanItem(month=shifted(row.month, source.semester, semester), text=row.text, person=row.person)
            for row in items
        ],
    )


def _is_of_a_semester(goal: Goal) -> bool:
    return goal.per == Goal.Per.SEMESTER and goal.stage == "" and goal.figure in CATALOGUE


def _aim(goal: Goal) -> PlanAim:
    spec = CATALOGUE[goal.figure]
    unit = spec.unit_of(goal.variant)
    target = written(goal.target, whole=spec.whole_number, unit=str(unit) if unit == "%" else "")
    text = _("%(name)s: %(target)s") % {"name": spec.name, "target": target}
    return PlanAim(text=text, figure=goal.figure, variant=goal.variant, target=goal.target)
