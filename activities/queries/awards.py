"""Awards as pages show them: which are proposed for a semester, and the lines of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from activities.models import AwardProposal, AwardRule, AwardRun, Consent
from activities.queries.consents import consents_of
from activities.queries.settings import activity_options
from activities.rules.awards import CLASS, FIGURES, PUPIL, Share, order_of
from activities.rules.names import shown_name
from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.classes import STAGE_ORDER, NamedClass, classes_on

MOST_LINES = 2000


@dataclass(frozen=True)
class AwardLine:
    """An award in a semester: its run if it was proposed, and how many are kept."""

    rule: AwardRule
    run: AwardRun | None
    number: int


@dataclass(frozen=True)
class ProposalLine:
    """A line with its figures in the order of the rule; `is_tied` where people must settle the last places."""

    line: AwardProposal
    name: str
    class_name: str
    figures: Sequence[tuple[str | Promise, str]]
    is_tied: bool


@dataclass(frozen=True)
class ProposalGroup:
    """The lines among which places are counted: of a class, a grade or the school; `open` places are not filled."""

    name: str
    lines: Sequence[ProposalLine]
    kept: int
    open: int


@dataclass(frozen=True)
class Announced:
    """A class with those of it who are honoured, as they are named in public."""

    name: str
    names: Sequence[str]


def awards_of(semester: Semester | None) -> list[AwardLine]:
    """The awards in use, and what became of them in a semester; those no longer used that it has. Two statements."""
    kept = Count("lines", filter=Q(lines__is_kept=True))
    rows = AwardRun.objects.filter(semester=semester).annotate(number=kept) if semester else AwardRun.objects.none()
    runs = {run.rule_id: run for run in rows}
    rules = AwardRule.objects.filter(Q(is_retired=False) | Q(pk__in=list(runs))).order_by("position", "pk")
    return [AwardLine(rule, runs.get(rule.pk), _number(runs.get(rule.pk))) for rule in rules]


def _number(run: Any) -> int:
    return run.number if run is not None else 0


def runs() -> "QuerySet[AwardRun]":
    return AwardRun.objects.select_related("rule", "semester__school_year")


def proposal(run: AwardRun, reference: Reference, today: date) -> list[ProposalGroup]:
    """The lines of a run in groups in the order of the school, the best first. One statement."""
    classes = {row.pk: row for row in classes_on(reference, min(run.semester.ends_on, today))}
    rows = list(run.lines.select_related("reader")[:MOST_LINES])
    if run.rule.whom != CLASS:  # of a person who was erased only the line is left
        rows = [row for row in rows if row.reader is not None]
    groups: dict[Any, list[AwardProposal]] = {}
    for row in sorted(rows, key=lambda row: _place(classes.get(row.school_class_id or 0), row, run)):
        groups.setdefault(_group(run.rule, row, classes), []).append(row)
    return [_shown(run, name, lines, classes) for name, lines in groups.items()]


def _place(school_class: NamedClass | None, row: AwardProposal, run: AwardRun) -> tuple[Any, ...]:
    order = order_of(run.criteria, numbers(row.figures))
    if school_class is None:
        return (9, 0, 0, order)
    grade = (STAGE_ORDER[school_class.stage], school_class.position)
    within = school_class.number if run.rule.share == Share.CLASS else 0
    return (*grade, within, order) if run.rule.share != Share.SCHOOL else (0, 0, 0, order)


def _group(rule: AwardRule, row: AwardProposal, classes: Mapping[int, NamedClass]) -> str:
    school_class = classes.get(row.school_class_id or 0)
    if rule.share == Share.SCHOOL or school_class is None:
        return ""
    if rule.share == Share.CLASS:
        return school_class.name
    return _("Grade %(grade)s") % {"grade": school_class.grade}


def _shown(run: AwardRun, name: str, rows: Sequence[AwardProposal], classes: Mapping[int, NamedClass]) -> ProposalGroup:
    most = run.rule.most
    kept = sum(row.is_kept for row in rows)
    is_open = most is not None and max(kept, sum(row.is_proposed for row in rows)) < most
    tied_at = _tied_at(run, rows) if is_open else None
    lines = [_line(run, row, classes, tied_at) for row in rows]
    return ProposalGroup(name, lines, kept, most - kept if most is not None and tied_at is not None else 0)


def _tied_at(run: AwardRun, rows: Sequence[AwardProposal]) -> tuple[Decimal, ...] | None:
    """The rank of those who are equal for the last places: the best whom the rule left out though places are free."""
    left_out = [row for row in rows if not row.is_proposed and not row.is_kept]
    return min((order_of(run.criteria, numbers(row.figures)) for row in left_out), default=None)


def _line(
    run: AwardRun, row: AwardProposal, classes: Mapping[int, NamedClass], tied_at: tuple[Decimal, ...] | None
) -> ProposalLine:
    school_class = classes.get(row.school_class_id or 0)
    class_name = school_class.name if school_class else ""
    figures = numbers(row.figures)
    names = FIGURES[run.rule.whom]
    shown = [(names[code], _written(figures.get(code))) for code in _codes(run) if code in names]
    is_tied = not row.is_proposed and tied_at is not None and order_of(run.criteria, figures) == tied_at
    return ProposalLine(row, row.reader.name if row.reader else class_name, class_name, shown, is_tied)


def figure_names(run: AwardRun) -> list[str | Promise]:
    """The headings of the figures of a run's lines."""
    return [FIGURES[run.rule.whom][code] for code in _codes(run) if code in FIGURES[run.rule.whom]]


def _codes(run: AwardRun) -> list[str]:
    """The figures that the criteria are about, those that rank first."""
    ranking = [one["figure"] for one in run.criteria if "order" in one]
    return list(dict.fromkeys([*ranking, *(one["figure"] for one in run.criteria)]))


def numbers(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Figures as they were kept, as numbers again."""
    return {name: Decimal(value) if isinstance(value, str) else value for name, value in figures.items()}


def _written(value: Any) -> str:
    return "—" if value is None else str(value)


def announced(run: AwardRun, reference: Reference, today: date) -> list[Announced]:
    """Who is honoured, class by class, as they may be named in public: pupils as the school chose. Two statements."""
    rows = list(run.lines.filter(is_kept=True).select_related("reader", "honour").order_by("reader__number", "pk"))
    standing = [row for row in rows if not (hasattr(row, "honour") and row.honour.revoked_on)]
    classes = classes_on(reference, min(run.semester.ends_on, today))
    if run.rule.whom == CLASS:
        wanted = {row.school_class_id for row in standing}
        return [Announced(row.name, []) for row in classes if row.pk in wanted]
    agreed = consents_of([row.reader_id for row in standing if row.reader_id], Consent.What.NAME, today)
    option = activity_options(reference).names

    def name(row: AwardProposal, class_name: str) -> str:
        if row.reader is None:
            return ""
        if run.rule.whom != PUPIL:
            return row.reader.name
        return shown_name(row.reader.name, option, consent=row.reader_id in agreed, class_name=class_name)

    if run.rule.whom != PUPIL:
        return [Announced("", [name(row, "") for row in standing if row.reader])]
    of_class = {row.pk: [name(one, row.name) for one in standing if one.school_class_id == row.pk] for row in classes}
    return [Announced(row.name, of_class[row.pk]) for row in classes if of_class[row.pk]]
