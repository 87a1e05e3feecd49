"""The school beside the standards that it is measured by."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from readers.models import Semester
from reports.models import StandardRow
from reports.queries.parts.counted import Counted
from reports.queries.standards import Comparison, standing
from reports.rules.papers import Block, Cell, Grid, Note
from reports.rules.standards import Line


def compared(semester: Semester, counted: Counted) -> Sequence[Comparison]:
    """The standards beside what the school has at the end of the semester, or today."""
    facts = counted.facts(semester)
    return standing(semester, reference=counted.reference, today=counted.today, facts=facts)


def standards(comparisons: Sequence[Comparison]) -> list[Block]:
    """A table for each standard, with its source; unsure demands are marked."""
    head = [_("Measured"), _("Demanded"), _("Own figure"), _("Gap"), _("Result")]
    blocks: list[Block] = []
    for one in comparisons:
        lines = [_line(line) for line in one.lines]
        blocks.append(Grid(head, lines, one.standard.name, (5, 3, 3, 3, 2), right=frozenset({1, 2, 3})))
        if one.standard.source:
            blocks.append(Note(one.standard.source))
    return blocks


def unmet(comparisons: Sequence[Comparison]) -> list[str]:
    """A sentence for each demand that is not met."""
    words = _("%(measure)s is %(own)s; %(standard)s demands %(value)s.")
    return [
        words % {"measure": _name(line), "own": line.own_text, "standard": one.standard.name, "value": _demanded(line)}
        for one in comparisons
        for line in one.lines
        if line.met is False
    ]


def _line(line: Line) -> list[Cell]:
    name = _name(line) if line.is_sure else _("%(measure)s (to be confirmed)") % {"measure": _name(line)}
    gap = f"{line.gap_text} {line.measure.gap_unit}" if line.gap else None if line.met is None else "0"
    return [name, _demanded(line), line.own_text, gap, _verdict(line)]


def _name(line: Line) -> str:
    return _("Share of %(classes)s") % {"classes": line.name} if line.measure.code == "share" else str(line.name)


def _demanded(line: Line) -> str:
    sign = "≤" if line.sense == StandardRow.Sense.AT_MOST else "≥"
    unit = "" if line.measure.unit == "%" else f" {line.measure.unit}"
    return f"{sign} {line.value_text}{unit}"


def _verdict(line: Line) -> str:
    if line.met is None:
        return _("not known yet")
    return pgettext("a standard", "met") if line.met else pgettext("a standard", "not met")
