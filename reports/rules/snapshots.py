"""Figures as a snapshot keeps them, and whether a semester may be closed."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from library_site.shared.problems import Problem
from readers.models import Semester
from reports.models import Snapshot
from reports.rules.figures import Figure, Period

RUNNING = Problem("semester_running", _("The semester is not over yet."))
NO_REASON = Problem("reason_missing", _("The semester is closed already: say why it is closed again."), field="reason")


def closing_problems(semester: Semester, *, today: date, closed: bool, reason: str) -> list[Problem]:
    """Why a semester cannot be closed now; closing it again needs a reason."""
    problems = [RUNNING] if today <= semester.ends_on else []
    return problems if reason or not closed else [*problems, NO_REASON]


def kept(figure: Figure | None) -> dict[str, Any] | None:
    """The figure as JSON; None where it was unknown."""
    if figure is None:
        return None
    return {
        "variant": figure.variant,
        "numerator": figure.numerator if isinstance(figure.numerator, int) else str(figure.numerator),
        "denominator": figure.denominator,
        "percent": figure.percent,
        "value": None if figure.value is None else str(figure.value),
    }


def figure_of(code: str, row: Mapping[str, Any] | None, period: Period) -> Figure | None:
    """A figure read back from what was kept."""
    if row is None:
        return None
    numerator = row["numerator"]
    number = Decimal(numerator) if isinstance(numerator, str) else numerator
    return Figure(code, row["variant"], number, row["denominator"], row["percent"], period)


def period_of(snapshot: Snapshot) -> Period:
    """The days that the figures were counted in, whatever the semester's days are now."""
    days = snapshot.tables["period"]
    first, last = date.fromisoformat(days["starts_on"]), date.fromisoformat(days["ends_on"])
    return Period(first, last, last)


def kept_days(period: Period) -> dict[str, str]:
    return {"starts_on": period.starts_on.isoformat(), "ends_on": period.ends_on.isoformat()}


def figures_of(snapshot: Snapshot, codes: Sequence[str]) -> dict[str, Figure | None]:
    """The figures of a snapshot by code; one that did not exist then is unknown."""
    period = period_of(snapshot)
    return {code: figure_of(code, snapshot.figures.get(code), period) for code in codes}
