"""The page "Reports": the dashboard for the principal, and below it tiles to all reports."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library_site.http import SchoolRequest
from library_site.menu import drawn
from library_site.queries import school
from library_site.shared.charts import Chart
from library_site.shared.reference import Reference
from reports.exports.dashboard import dashboard_sheets
from reports.exports.standards import standards_book
from reports.queries.collection.classes import collection_by_class
from reports.queries.collection.closed import closed_table
from reports.queries.contest import ContestLine
from reports.queries.dashboard import HEADLINE, GoalLine, class_lines, goal_lines, leaders, week_lines
from reports.queries.facts import facts_of
from reports.queries.periods import SEMESTER, ChosenPeriod, chosen
from reports.queries.semester_report import semester_report
from reports.queries.snapshots import snapshot_of
from reports.queries.standards import Comparison, standing
from reports.rules.cards import FigureCard
from reports.views.dashboard_charts import leaders_chart, shares_chart, trend_chart
from reports.views.download import send_book
from reports.views.hub import ENTRIES


@dataclass(frozen=True)
class Board:
    """All that the dashboard shows of the semester."""

    about: ChosenPeriod
    cards: list[FigureCard]
    goals: list[GoalLine]
    trend: Chart
    so_far: int | None
    leaders: Chart
    firsts: list[ContestLine]
    shares: Chart
    standards: list[Comparison]


@require_safe
def dashboard(request: SchoolRequest) -> HttpResponse:
    """The semester that runs or another one, and links to the reports that this person may open."""
    context = {
        "board": board_of(request.reference, timezone.localdate(), request.GET),
        "items": drawn(ENTRIES, request),
    }
    return render(request, "reports/dashboard/page.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """What the dashboard shows, as a workbook with native charts."""
    board = board_of(request.reference, timezone.localdate(), request.GET)
    if board is None:
        raise Http404
    period = board.about.period
    days = f"{period.starts_on:%Y-%m-%d} — {period.until:%Y-%m-%d}"
    options = school(request.reference)
    notes = [options.name if options else "", f"{board.about.label} {days}"]
    sheets = dashboard_sheets(board.cards, [board.trend, board.leaders, board.shares], notes=notes)
    sheets += standards_book(board.standards, None, notes)
    return send_book(request, f"{_('Reports')} {board.about.label}", sheets)


def board_of(reference: Reference, today: date, asked: Mapping[str, Any] | None = None) -> Board | None:
    """The board of the semester asked for, else of today's; None while none is entered. A closed one as closed."""
    about = chosen(asked or {}, reference, today, kinds=(SEMESTER,))
    if about is None or about.semester is None:
        return None
    semester = about.semester
    facts = None if snapshot_of(semester) else facts_of(about.period, reference=reference, today=today)
    report = semester_report(semester, reference=reference, today=today, facts=facts)
    weeks = week_lines(semester, reference=reference, today=today)
    first = leaders(class_lines(semester, facts, reference))
    closed = closed_table(semester)
    shares = closed.table if closed else collection_by_class(about.period, reference=reference, today=today)
    return Board(
        about=about,
        cards=[
            replace(card, goals=(), url=f"{card.url}?{about.query}") for card in map(report.cards.__getitem__, HEADLINE)
        ],
        goals=goal_lines(report.cards.values()),
        trend=trend_chart(weeks),
        so_far=weeks[0].so_far,
        leaders=leaders_chart(first),
        firsts=list(first.grades),
        shares=shares_chart(shares),
        standards=standing(semester, reference=reference, today=today, facts=facts),
    )
