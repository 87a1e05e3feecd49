"""The figures of a semester as they are shown, wherever they are shown: report, dashboard, documents, plans."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from library_site.shared.reference import Reference
from readers.models import Semester
from reports.models import EnteredFigure
from reports.queries.facts import Facts, facts_of
from reports.queries.figures import FIGURES
from reports.queries.settings import report_options
from reports.queries.snapshots import snapshot_of
from reports.rules.catalogue import CATALOGUE, FigureSpec
from reports.rules.figures import Figure, Period
from reports.rules.snapshots import figures_of


@dataclass(frozen=True)
class ShownFigure:
    """A figure with the value to show: the entered one, else that of the closed semester, else the computed one.

    `figure` is what the system counts, by the snapshot in a closed semester; None where it knows nothing. `value` None
    is unknown: shown as a dash, never as 0.
    """

    spec: FigureSpec
    variant: str
    figure: Figure | None
    entered: EnteredFigure | None
    is_closed: bool

    @property
    def value(self) -> Decimal | None:
        if self.entered is not None:
            return self.entered.value
        return None if self.figure is None else self.figure.value

    @property
    def percent(self) -> bool:
        return self.spec.is_percent(self.variant)


def shown_figures(
    semester: Semester, *, reference: Reference, today: date, facts: Facts | None = None
) -> dict[str, ShownFigure]:
    """{code: figure} of a semester, in the order of the catalogue.

    A closed semester is read from its snapshot. `facts` are those of the semester, where the page has them already.
    """
    snapshot = snapshot_of(semester)
    if snapshot is not None:
        figures = figures_of(snapshot, list(CATALOGUE))
    else:
        period = Period.of(semester.starts_on, semester.ends_on, today=today)
        counted = facts or facts_of(period, reference=reference, today=today)
        figures = {code: FIGURES[code](counted) for code in CATALOGUE}
    rate = report_options(reference).circulation_rate
    entered = {(row.figure, row.variant): row for row in EnteredFigure.objects.filter(semester=semester)}
    return {
        code: _shown(spec, figures[code], rate if spec.variants else "", entered, is_closed=snapshot is not None)
        for code, spec in CATALOGUE.items()
    }


def _shown(
    spec: FigureSpec,
    figure: Figure | None,
    variant: str,
    entered: dict[tuple[str, str], EnteredFigure],
    *,
    is_closed: bool,
) -> ShownFigure:
    """A figure of a closed semester keeps the formula of that time."""
    used = figure.variant if figure else variant
    return ShownFigure(spec, used, figure, entered.get((spec.code, used)), is_closed)
