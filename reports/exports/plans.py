"""The work plan as a document, in the order in which schools write theirs."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.exports.word import WordDocument, new_document
from reports.queries.plans import AimLine, PlanPage
from reports.rules.papers import Block, Grid, Note, Part


def plan_document(page: PlanPage, *, school: str) -> WordDocument:
    """The plan with its aims and items; what is done bears its day."""
    document = new_document(school, _("Work plan of the library"), subtitle=page.label)
    for part in plan_parts(page):
        document.heading(part.title)
        document.text(part.text)
        for block in part.blocks:
            document.block(block)
    return document


def plan_parts(page: PlanPage) -> list[Part]:
    """The parts that say something: idea, situation, aims, measures, items by month."""
    plan = page.plan
    parts = [
        Part("guiding_idea", _("Guiding idea"), text=plan.guiding_idea),
        Part("situation", _("Situation"), text=plan.situation),
        Part("aims", _("Aims"), _aims(page)),
        Part("measures", _("Measures"), text=plan.measures),
        Part("items", _("Work by month"), _items(page)),
    ]
    return [part for part in parts if not part.is_empty]


def _aims(page: PlanPage) -> list[Block]:
    if not page.aims:
        return []
    heading = [_("Aim"), _("Target"), _("Result")]
    rows = [[line.aim.text, _target(line), line.result_text] for line in page.aims]
    formulas = [
        Note(_("%(name)s: %(formula)s") % {"name": line.spec.name, "formula": line.formula})
        for line in page.aims
        if line.spec
    ]
    return [Grid(heading, rows, widths=(5, 3, 2)), *dict.fromkeys(formulas)]


def _target(line: AimLine) -> str:
    return f"{line.spec.name} {line.target_text}" if line.spec else ""


def _items(page: PlanPage) -> list[Block]:
    rows = list(_item_rows(page))
    heading = [_("Month"), _("Item of work"), _("Person in charge"), _("Done on")]
    return [Grid(heading, rows, widths=(2, 6, 2, 2))] if rows else []


def _item_rows(page: PlanPage) -> Iterator[list[str]]:
    for month, items in page.months:
        for item in items:
            text = f"{item.text} ({item.note})" if item.note else item.text
            done = f"{item.done_on:%Y-%m-%d}" if item.done_on else ""
            yield [date_format(month, "YEAR_MONTH_FORMAT"), text, item.person, done]
