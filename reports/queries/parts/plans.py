"""The work plan of a semester: its words, its aims with what was reached, its items by month."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from readers.models import Semester
from reports.models import WorkPlan
from reports.queries.parts.counted import Counted
from reports.queries.parts.figures import Shown
from reports.queries.plans import AimLine, aim_line, plan_of
from reports.rules.papers import Block, Cell, Grid, Heading, Sentence, paragraphs_of
from reports.rules.plans import by_month, months_of


def plan_in_words(semester: Semester, counted: Counted) -> list[Block]:
    """The whole plan as it was written, with what became of it."""
    plan = plan_of(semester)
    if plan is None:
        return []
    blocks: list[Block] = []
    words = {_("Guiding idea"): plan.guiding_idea, _("Situation"): plan.situation, _("Measures"): plan.measures}
    for title, text in words.items():
        if text.strip():
            blocks += [Heading(title), *(Sentence(line) for line in paragraphs_of(text))]
    return [*blocks, *_aims(plan, semester, counted.shown(semester), counted), *_items(plan, semester)]


def aims_against_results(semester: Semester, counted: Counted) -> list[Block]:
    """What was aimed at and what was reached; a result in words stands beside the figure."""
    plan = plan_of(semester)
    return _aims(plan, semester, counted.shown(semester), counted) if plan else []


def aims_alone(semester: Semester) -> list[Block]:
    """What is aimed at in a semester to come, and what is to be done in which month."""
    plan = plan_of(semester)
    if plan is None:
        return []
    sentences: list[Block] = [Sentence(_("Aim: %(aim)s") % {"aim": aim.text}) for aim in plan.aims.all()]
    return [*sentences, *_items(plan, semester)]


def _aims(plan: WorkPlan, semester: Semester, shown: Shown, counted: Counted) -> list[Block]:
    is_over = semester.ends_on < counted.today
    lines = [_aim(aim_line(row, shown, is_over=is_over)) for row in plan.aims.all()]
    if not lines:
        return []
    head = [_("Aim"), _("Target"), _("Result"), _("Reached")]
    return [Grid(head, lines, _("Aims and results"), (6, 2, 4, 2), right=frozenset({1}))]


def _aim(line: AimLine) -> list[Cell]:
    return [line.aim.text, line.target_text, line.result_text, _verdict(line)]


def _verdict(line: AimLine) -> str:
    """While the semester runs, what is not reached may still be."""
    if line.reached:
        return _("reached")
    return _("not reached") if line.reached is False and line.is_over else ""


def _items(plan: WorkPlan, semester: Semester) -> list[Block]:
    lines = list(_item_lines(plan, semester))
    head = [_("Month"), _("Item of work"), _("Person in charge"), _("Done on"), _("Note")]
    return [Grid(head, lines, _("Work by month"), (3, 6, 2, 3, 3))] if lines else []


def _item_lines(plan: WorkPlan, semester: Semester) -> Iterator[list[Cell]]:
    for month, items in by_month(list(plan.items.all()), months_of(semester)):
        for item in items:
            yield [date_format(month, "YEAR_MONTH_FORMAT"), item.text, item.person, item.done_on or "", item.note]
