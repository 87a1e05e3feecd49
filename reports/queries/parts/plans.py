"""The work plan of a semester: its words, its aims with what was reached, its items by month."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from readers.models import Semester
from reports.models import PlanAim, PlanItem, WorkPlan
from reports.queries.parts.figures import Shown, value_of
from reports.queries.semester_figures import ShownFigure
from reports.rules.papers import Block, Cell, Grid, Heading, Sentence, paragraphs_of


def plan_of(semester: Semester) -> WorkPlan | None:
    """The semester's plan; None if none was written."""
    return WorkPlan.objects.filter(semester=semester).first()


def plan_in_words(semester: Semester, shown: Shown) -> list[Block]:
    """The whole plan as it was written, with what became of it."""
    plan = plan_of(semester)
    if plan is None:
        return []
    blocks: list[Block] = []
    for title, text in (
        (_("Guiding idea"), plan.guiding_idea),
        (_("Situation"), plan.situation),
        (_("Measures"), plan.measures),
    ):
        if text.strip():
            blocks += [Heading(title), *(Sentence(line) for line in paragraphs_of(text))]
    return [*blocks, *_aims(plan, shown), *_items(plan)]


def aims_against_results(semester: Semester, shown: Shown) -> list[Block]:
    """What was aimed at and what was reached; a result in words stands beside the figure."""
    plan = plan_of(semester)
    return _aims(plan, shown) if plan else []


def aims_alone(semester: Semester) -> list[Block]:
    """What is aimed at in a semester to come, and what is to be done in which month."""
    plan = plan_of(semester)
    if plan is None:
        return []
    sentences: list[Block] = [Sentence(_("Aim: %(aim)s") % {"aim": aim.text}) for aim in _aims_of(plan)]
    return [*sentences, *_items(plan)]


def _aims_of(plan: WorkPlan) -> list[PlanAim]:
    return list(plan.aims.order_by("position", "pk"))


def _aims(plan: WorkPlan, shown: Shown) -> list[Block]:
    lines = [_aim(row, shown) for row in _aims_of(plan)]
    if not lines:
        return []
    head = [_("Aim"), _("Goal"), _("Result"), _("Reached")]
    return [Grid(head, lines, _("Aims and results"), (6, 2, 4, 2), right=frozenset({1}))]


def _aim(aim: PlanAim, shown: Shown) -> list[Cell]:
    found = shown.get(aim.figure)
    if found is None or aim.target is None:
        return [aim.text, "", aim.result, ""]
    told = _same_formula(found, aim)
    result = [value_of(found) if told else "", aim.result]
    return [
        aim.text,
        value_of(found, aim.target),
        _(", ").join(part for part in result if part),
        _verdict(found, aim.target) if told else "",
    ]


def _same_formula(found: ShownFigure, aim: PlanAim) -> bool:
    """A result by another formula says nothing of the aim."""
    return found.value is not None and aim.variant in ("", found.variant)


def _verdict(found: ShownFigure, target: Decimal) -> str:
    assert found.value is not None
    is_reached = found.value >= target if found.spec.higher_is_better else found.value <= target
    return _("reached") if is_reached else _("not reached")


def _items(plan: WorkPlan) -> list[Block]:
    rows: Sequence[PlanItem] = list(plan.items.order_by("month", "position", "pk"))
    if not rows:
        return []
    head = [_("Month"), _("Item of work"), _("By whom"), _("Done on"), _("Note")]
    lines = [
        [date_format(row.month, "YEAR_MONTH_FORMAT"), row.text, row.person, row.done_on or "", row.note] for row in rows
    ]
    return [Grid(head, lines, _("Work by month"), (3, 6, 2, 2, 3))]
