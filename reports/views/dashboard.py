"""The page "Reports": the dashboard for the principal, and below it tiles to all reports."""

from dataclasses import dataclass
from datetime import date

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
from reports.queries.collection.classes import collection_by_class
from reports.queries.contest import ContestLine
from reports.queries.dashboard import GoalLine, goal_lines, headline, leaders, week_lines
from reports.queries.facts import facts_of
from reports.queries.periods import SEMESTER, chosen, semester_before
from reports.queries.semester_figures import shown_figures
from reports.queries.settings import goals_of
from reports.rules.cards import FigureCard
from reports.rules.figures import Period
from reports.views.dashboard_charts import leaders_chart, shares_chart, trend_chart
from reports.views.download import send_book
from reports.views.hub import ENTRIES


@dataclass(frozen=True)
class Board:
    """All that the dashboard shows of the semester."""

    label: str
    period: Period
    cards: list[FigureCard]
    goals: list[GoalLine]
    trend: Chart
    so_far: int | None
    leaders: Chart
    firsts: list[ContestLine]
    shares: Chart


@require_safe
def dashboard(request: SchoolRequest) -> HttpResponse:
    """The semester that runs, and links to the reports that this person may open."""
    context = {"board": board_of(request.reference, timezone.localdate()), "items": drawn(ENTRIES, request)}
    return render(request, "reports/dashboard/page.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """What the dashboard shows, as a workbook with native charts."""
    board = board_of(request.reference, timezone.localdate())
    if board is None:
        raise Http404
    days = f"{board.period.starts_on:%Y-%m-%d} — {board.period.until:%Y-%m-%d}"
    options = school(request.reference)
    notes = [options.name if options else "", f"{board.label} {days}"]
    sheets = dashboard_sheets(board.cards, [board.trend, board.leaders, board.shares], notes=notes)
    return send_book(request, f"{_('Reports')} {board.label}", sheets)


def board_of(reference: Reference, today: date) -> Board | None:
    """The board of today's semester; None while none is entered."""
    about = chosen({}, reference, today, kinds=(SEMESTER,))
    if about is None or about.semester is None:
        return None
    facts = facts_of(about.period, reference=reference, today=today)
    shown = shown_figures(about.semester, reference=reference, today=today, facts=facts)
    before = semester_before(reference, about.semester)
    last = shown_figures(before, reference=reference, today=today) if before else {}
    weeks = week_lines(about.semester, reference=reference, today=today)
    first = leaders(facts, reference)
    return Board(
        label=about.label,
        period=about.period,
        cards=headline(shown, last, about.period),
        goals=goal_lines(shown, goals_of(reference, about.semester)),
        trend=trend_chart(weeks),
        so_far=weeks[0].so_far,
        leaders=leaders_chart(first),
        firsts=list(first.grades),
        shares=shares_chart(collection_by_class(about.period, reference=reference, today=today)),
    )
