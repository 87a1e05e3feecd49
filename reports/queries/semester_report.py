"""The semester report: every figure with its sum, its goals, last semester, and what was entered by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from library_site.shared.reference import Reference
from readers.models import Semester
from reports.models import Snapshot
from reports.queries.facts import Facts, facts_of
from reports.queries.goal_progress import goals_beside
from reports.queries.periods import period_of, semester_before, semester_label
from reports.queries.semester_figures import ShownFigure, shown_figures
from reports.queries.settings import goals_of
from reports.queries.snapshots import Difference, snapshot_of
from reports.rules import snapshots
from reports.rules.cards import FigureCard, GoalBeside, sum_text
from reports.rules.catalogue import FigureSpec
from reports.rules.figures import Figure, Period
from reports.rules.numbers import written


@dataclass(frozen=True)
class SemesterReport:
    """A semester's figures by code, in the order of the catalogue. `snapshot` is what it was closed with."""

    semester: Semester
    label: str
    period: Period
    before: Semester | None
    before_label: str
    snapshot: Snapshot | None
    cards: Mapping[str, FigureCard]

    @property
    def rates(self) -> Sequence[FigureCard]:
        return [card for card in self.cards.values() if not card.is_count]

    @property
    def counts(self) -> Sequence[FigureCard]:
        return [card for card in self.cards.values() if card.is_count]


def semester_report(
    semester: Semester, *, reference: Reference, today: date, facts: Facts | None = None
) -> SemesterReport:
    """All that the report shows of a semester; a closed one by its snapshot, with the goals of its school year.

    `facts` are those of the semester, where the page has them already.
    """
    snapshot = snapshot_of(semester)
    period = snapshots.period_of(snapshot) if snapshot else period_of(semester, today)
    if facts is None and (snapshot is None or goals_of(reference, semester)):
        facts = facts_of(period, reference=reference, today=today)
    shown = shown_figures(semester, reference=reference, today=today, facts=facts)
    goals = goals_beside(semester, facts, shown, reference=reference, today=today) if facts else {}
    before = semester_before(reference, semester)
    last = shown_figures(before, reference=reference, today=today) if before else {}
    return SemesterReport(
        semester=semester,
        label=semester_label(semester),
        period=period,
        before=before,
        before_label=semester_label(before) if before else "",
        snapshot=snapshot,
        cards={
            code: card_of(row, period, goals.get(code, ()), _last(last.get(code), row)) for code, row in shown.items()
        },
    )


def card_of(
    shown: ShownFigure, period: Period, goals: tuple[GoalBeside, ...] = (), last: Decimal | None = None
) -> FigureCard:
    """A figure as pages show it. No statement."""
    spec, figure, entered = shown.spec, shown.figure, shown.entered
    days = figure.period if figure else period
    return FigureCard(
        code=spec.code,
        name=spec.name,
        formula=spec.formula_of(shown.variant),
        value=shown.value,
        numerator=figure.numerator if figure else None,
        denominator=figure.denominator if figure else None,
        first=days.starts_on,
        last_day=days.until,
        unit=spec.unit_of(shown.variant),
        percent=shown.percent,
        whole=spec.whole_number,
        goals=goals,
        last=last,
        note=entered.note if entered else "",
        is_entered=entered is not None,
        counted=figure.value if figure else None,
        source=spec.source,
        url=reverse("semester_report:figure", args=[spec.code]),
    )


@dataclass(frozen=True)
class DifferenceLine:
    """A figure as closed, beside what a recount gives."""

    name: Any
    kept: str
    kept_sum: str
    now: str
    now_sum: str


def difference_lines(found: Iterable[Difference]) -> list[DifferenceLine]:
    """Differences in words. No statement."""
    return [DifferenceLine(row.spec.name, *_said(row.spec, row.kept), *_said(row.spec, row.now)) for row in found]


def _said(spec: FigureSpec, figure: Figure | None) -> tuple[str, str]:
    """The value and the sum."""
    if figure is None:
        return written(None), ""
    unit = "%" if spec.is_percent(figure.variant) else ""
    return written(figure.value, whole=spec.whole_number, unit=unit), sum_text(figure.numerator, figure.denominator)


def _last(last: ShownFigure | None, now: ShownFigure) -> Decimal | None:
    """Last semester's value, if it was reckoned by the same formula."""
    return last.value if last and last.variant == now.variant else None
