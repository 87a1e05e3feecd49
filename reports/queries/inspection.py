"""The inspection folder of a school year: registers, plans, summaries, minutes and figures as one paper."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from library_site.shared.reference import Reference
from readers.models import SchoolYear, Semester
from readers.queries.classes import semesters
from reports.queries.collection.classes import collection_by_class
from reports.queries.parts import care, collection, governance, helpers, lending, plans, reading, standards
from reports.queries.parts.counted import Counted
from reports.queries.parts.figures import figures_table
from reports.queries.parts.frame import Frame
from reports.queries.periods import semester_label, year_label
from reports.queries.settings import goals_of
from reports.queries.summaries import summary_of
from reports.rules.catalogue import CATALOGUE
from reports.rules.figures import Period
from reports.rules.inspection import PARTS
from reports.rules.papers import Block, Heading, Part, Sentence


@dataclass(frozen=True)
class Folder:
    """`parts` stand in the order of the contents page; one without blocks says that there is nothing."""

    title: str
    label: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class _Year:
    """What the parts draw from."""

    year: SchoolYear
    counted: Counted

    @property
    def frame(self) -> Frame:
        today = self.counted.today
        period = Period.of(self.year.starts_on, self.year.ends_on, today=today)
        return Frame(period, self.counted.reference, today)

    @property
    def begun(self) -> list[Semester]:
        """The semesters of the year that have begun."""
        own = (row for row in semesters(self.counted.reference) if row.school_year_id == self.year.pk)
        return [row for row in own if row.starts_on <= self.counted.today]

    def each(self, blocks: Callable[[Semester], list[Block]]) -> list[Block]:
        """The blocks of each semester under its name; nothing for one without."""
        found: list[Block] = []
        for semester in self.begun:
            if made := blocks(semester):
                found += [Heading(semester_label(semester)), *made]
        return found


def folder_of(year: SchoolYear, keys: Collection[str], *, reference: Reference, today: date) -> Folder:
    """The parts of `keys` (`reports.rules.inspection`), as of today or of the end of the year."""
    source = _Year(year, Counted(reference, today))
    return Folder(
        title=_("Inspection folder of the library"),
        label=year_label(year),
        parts=[Part(row.key, row.title, _BLOCKS[row.key](source)) for row in PARTS if row.key in keys],
    )


def _rules(source: _Year) -> list[Block]:
    return [*governance.rules(source.frame), *governance.texts_of_rules(source.frame)]


def _plans(source: _Year) -> list[Block]:
    return source.each(lambda semester: plans.plan_in_words(semester, source.counted))


def _summaries(source: _Year) -> list[Block]:
    """Summaries in words; their tables have parts of their own."""
    return source.each(lambda semester: _words(semester, source.counted))


def _words(semester: Semester, counted: Counted) -> list[Block]:
    blocks: list[Block] = []
    for part in summary_of(semester, counted).parts:
        said = [block for block in part.blocks if isinstance(block, Sentence)]
        said += [Sentence(line) for line in part.paragraphs]
        if said:
            blocks += [Sentence(_("[%(section)s]") % {"section": part.title}), *said]
    return blocks


def _figures(source: _Year) -> list[Block]:
    return source.each(lambda semester: _figures_of(semester, source.counted))


def _figures_of(semester: Semester, counted: Counted) -> list[Block]:
    goals = goals_of(counted.reference, semester)
    table = figures_table(list(CATALOGUE), counted.shown(semester), counted.last(semester), goals, caption="")
    return [table] if table.rows else []


def _classes(source: _Year) -> list[Block]:
    return source.each(lambda semester: lending.class_grid(source.counted.classes(semester).rows, in_full=True))


def _visits(source: _Year) -> list[Block]:
    return source.each(lambda semester: lending.visits(semester, source.counted.frame(semester)))


def _helpers(source: _Year) -> list[Block]:
    return source.each(lambda semester: helpers.helpers(semester, source.counted.frame(semester)))


def _holdings(source: _Year) -> list[Block]:
    frame = source.frame
    table = collection_by_class(frame.period, reference=frame.reference, today=frame.today)
    return [block for block in [*collection.by_division(table), *collection.by_class(table)] if block.shape == "grid"]


def _standards(source: _Year) -> list[Block]:
    """As of the last semester of the year that has begun."""
    begun = source.begun
    return standards.standards(standards.compared(begun[-1], source.counted)) if begun else []


def _activities(source: _Year) -> list[Block]:
    return source.each(lambda semester: reading.activities(source.counted.frame(semester)))


_BLOCKS: dict[str, Callable[[_Year], list[Block]]] = {
    "group": lambda source: governance.leading_group(source.frame),
    "rules": _rules,
    "plans": _plans,
    "summaries": _summaries,
    "figures": _figures,
    "classes": _classes,
    "months": lambda source: lending.months(source.frame),
    "visits": _visits,
    "holdings": _holdings,
    "standards": _standards,
    "accessions": lambda source: collection.accessions(source.frame),
    "activities": _activities,
    "honours": lambda source: reading.honours(source.frame),
    "booklists": lambda source: reading.booklists(source.frame),
    "helpers": _helpers,
    "meetings": lambda source: governance.minutes(source.frame),
    "development": lambda source: governance.development(source.frame),
    "care": lambda source: [*care.care_in_short(source.frame), *care.care_register(source.frame)],
}
