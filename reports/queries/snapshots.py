"""Closed semesters: what was kept, and what a recount says beside it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet

from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.classes import semesters
from reports.models import Snapshot
from reports.queries.facts import Facts, facts_of
from reports.queries.figures import FIGURES
from reports.queries.loans import first_loan_on
from reports.rules.catalogue import CATALOGUE, FigureSpec
from reports.rules.figures import Figure
from reports.rules.snapshots import figures_of, period_of


@dataclass(frozen=True)
class Difference:
    """A figure that a recount gives another value than the closed semester has."""

    spec: FigureSpec
    kept: Figure | None
    now: Figure | None


def snapshot_of(semester: Semester) -> Snapshot | None:
    """What the semester was closed with; the newest where it was closed again. None while it is open."""
    return snapshots_of(semester).first()


def snapshots_of(semester: Semester) -> "QuerySet[Snapshot]":
    """All closings of a semester, the newest first."""
    return Snapshot.objects.filter(semester=semester).order_by("-pk")


def closed_semesters(chosen: Collection[Semester]) -> dict[int, Snapshot]:
    """{semester: what it was closed with}, those that are open left out. One statement."""
    newest = Snapshot.objects.filter(semester__in=[row.pk for row in chosen])
    return {row.semester_id: row for row in newest.order_by("semester_id", "-pk").distinct("semester_id")}


def differences(semester: Semester, *, reference: Reference, today: date) -> list[Difference]:
    """What a recount of the closed semester's days, by the definitions of its closing, says otherwise."""
    snapshot = snapshot_of(semester)
    if snapshot is None:
        return []
    before = figures_of(snapshot, list(FIGURES))
    facts = facts_of(period_of(snapshot), reference=reference, today=today)
    now = {code: by_variant(facts, code, figure.variant if figure else "") for code, figure in before.items()}
    return [
        Difference(CATALOGUE[code], before[code], now[code])
        for code in FIGURES
        if code in snapshot.figures and _made_of(before[code]) != _made_of(now[code])
    ]


def by_variant(facts: Facts, code: str, variant: str) -> Figure | None:
    """A figure by a formula of its own, or by the school's where none is named."""
    return FIGURES[code](replace(facts, circulation_variant=variant) if variant else facts)


def due_for_closing(reference: Reference, *, today: date, after_days: int) -> Sequence[Semester]:
    """Semesters that ended so many days ago, with loans in the system, and were never closed; the oldest first."""
    over = [row for row in semesters(reference) if row.ends_on + timedelta(days=after_days) < today]
    closed = closed_semesters(over)
    return [row for row in over if row.pk not in closed and first_loan_on(row.ends_on) is not None]


def _made_of(figure: Figure | None) -> object:
    return figure and (figure.numerator, figure.denominator)
