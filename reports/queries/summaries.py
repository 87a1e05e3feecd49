"""The summary of a semester (图书馆工作总结): what is counted, filled in each time, and what was written beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from readers.models import Semester
from readers.queries.classes import classes_on, semesters
from reports.models import Summary
from reports.queries.class_table import ClassRow
from reports.queries.parts import collection, governance, helpers, lending, plans, reading, standards
from reports.queries.parts.care import care_in_short
from reports.queries.parts.counted import Counted
from reports.queries.parts.figures import Shown, as_of, figures_table, number, sentence
from reports.queries.parts.frame import Frame
from reports.queries.parts.problems import problems
from reports.queries.periods import period_of, semester_before, semester_label
from reports.queries.settings import goals_of
from reports.rules.numbers import written
from reports.rules.papers import Block, Note, Part, Sentence, joined
from reports.rules.summary import SECTIONS


@dataclass(frozen=True)
class SummaryPaper:
    """`opening`: aims against results. `summary` is None until somebody wrote something."""

    semester: Semester
    title: str
    subtitle: str
    opening: Sequence[Block]
    parts: Sequence[Part]
    notes: Sequence[Note]
    summary: Summary | None


@dataclass(frozen=True)
class _Source:
    """What all sections draw from."""

    semester: Semester
    counted: Counted

    @property
    def frame(self) -> Frame:
        return self.counted.frame(self.semester)

    @property
    def shown(self) -> Shown:
        return self.counted.shown(self.semester)

    @property
    def last(self) -> Shown:
        return self.counted.last(self.semester)

    @property
    def rows(self) -> Sequence[ClassRow]:
        return self.counted.classes(self.semester).rows


def summary_of(semester: Semester, counted: Counted) -> SummaryPaper:
    """The summary as of today, or of the day on which the semester was closed."""
    summary = Summary.objects.select_related("edited_by").filter(semester=semester).first()
    source = _Source(semester, counted)
    texts = summary.sections if summary else {}
    days = {"first": source.frame.first, "last": source.frame.until}
    note = as_of(source.shown)
    return SummaryPaper(
        semester=semester,
        title=_("Summary of the library's work, %(semester)s") % {"semester": semester_label(semester)},
        subtitle=_("%(first)s to %(last)s") % {name: date_format(day, "DATE_FORMAT") for name, day in days.items()},
        opening=plans.aims_against_results(semester, counted),
        parts=[Part(row.key, row.title, _BLOCKS[row.key](source), texts.get(row.key, "")) for row in SECTIONS],
        notes=[note] if note else [],
        summary=summary,
    )


def _sentences(*found: str) -> list[Block]:
    """One paragraph of all sentences that have their figures."""
    words = joined(*found)
    return [Sentence(words)] if words else []


def _basics(source: _Source) -> list[Block]:
    shown, classes = source.shown, len(classes_on(source.frame.reference, source.semester.starts_on))
    return _sentences(
        _("The school has %(classes)s classes.") % {"classes": written(classes, whole=True)} if classes else "",
        sentence(_("There are %(students)s students."), shown, students="students"),
        sentence(
            _("The library holds %(copies)s copies of %(titles)s titles, worth %(value)s yuan."),
            shown, copies="copies_held", titles="titles_held", value="value_held",
        ),
        sentence(_("That is %(each)s books for each student."), shown, each="holdings_per_student"),
        sentence(_("%(copies)s copies may be taken home."), shown, copies="circulating_copies"),
    )  # fmt: skip


def _rules(source: _Source) -> list[Block]:
    frame = source.frame
    parts: tuple[Callable[[Frame], list[Block]], ...] = (
        governance.leading_group, governance.rules, governance.meeting_list, care_in_short,
    )  # fmt: skip
    return [block for part in parts for block in part(frame)]


def _people(source: _Source) -> list[Block]:
    return [*helpers.helpers(source.semester, source.frame), *governance.development(source.frame)]


def _lending(source: _Source) -> list[Block]:
    shown, frame = source.shown, source.frame
    words = _sentences(
        sentence(
            _("%(all)s books were lent, %(students)s of them to students."),
            shown, all="all_loans", students="student_loans",
        ),
        sentence(
            _("%(borrowers)s students borrowed, %(rate)s of all."),
            shown, borrowers="borrowers", rate="borrowing_rate",
        ),
        sentence(_("That is %(each)s books for each student."), shown, each="books_per_student"),
        sentence(_("The reading rooms had %(visits)s visits."), shown, visits="visits"),
        _compared(source),
    )  # fmt: skip
    before = semester_before(frame.reference, source.semester)
    earlier = period_of(before, frame.today) if before else None
    goals = goals_of(frame.reference, source.semester)
    table = figures_table(lending.LENDING, shown, source.last, goals, caption=_("Figures of lending and service"))
    return [
        *words,
        *([table] if table.rows else []),
        *lending.weeks(frame.period, earlier),
        *lending.class_grid(source.rows, in_full=False),
        *lending.class_chart(source.rows),
    ]


def _compared(source: _Source) -> str:
    """Books per student against the semester before, where both are known."""
    this, last = (row.get("books_per_student") for row in (source.shown, source.last))
    if this is None or last is None or this.value is None or last.value is None or source.frame.period.running:
        return ""
    values = {"last": number(source.last, "books_per_student"), "by": written(abs(this.value - last.value))}
    if this.value == last.value:
        return _("It is as much as in the semester before.")
    if this.value > last.value:
        return _("It is %(by)s more than in the semester before (%(last)s).") % values
    return _("It is %(by)s less than in the semester before (%(last)s).") % values


def _collection(source: _Source) -> list[Block]:
    shown = source.shown
    words = _sentences(
        sentence(_("%(copies)s copies came in this semester."), shown, copies="additions"),
        sentence(
            _("New books of this school year come to %(each)s for each student."), shown, each="additions_per_student"
        ),
    )
    return [
        *words,
        *collection.accessions(source.frame),
        *collection.by_division(source.counted.collection(source.semester)),
    ]


def _activities(source: _Source) -> list[Block]:
    """What was held and came of it, and what teachers read with their classes in the library."""
    shown = source.shown
    table = figures_table(reading.READING, shown, source.last, goals_of(source.frame.reference, source.semester),
                          caption=_("Figures of reading activities"))  # fmt: skip
    return [
        *_sentences(*reading.in_words(shown)),
        *([table] if table.rows else []),
        *reading.activities(source.frame),
        *lending.teachers_periods(source.semester, source.frame),
    ]


def _problems(source: _Source) -> list[Block]:
    unmet = standards.unmet(standards.compared(source.semester, source.counted))
    return problems(source.shown, goals_of(source.frame.reference, source.semester), source.rows, unmet)


def _next(source: _Source) -> list[Block]:
    later = [row for row in semesters(source.frame.reference) if row.starts_on > source.semester.starts_on]
    return plans.aims_alone(later[0]) if later else []


_BLOCKS: dict[str, Callable[[_Source], list[Block]]] = {
    "basics": _basics,
    "rules": _rules,
    "people": _people,
    "lending": _lending,
    "collection": _collection,
    "activities": _activities,
    "problems": _problems,
    "next": _next,
}


def text_of(semester: Semester, key: str) -> str:
    """What was written in a section so far."""
    summary = Summary.objects.filter(semester=semester).first()
    return str(summary.sections.get(key, "")) if summary else ""
