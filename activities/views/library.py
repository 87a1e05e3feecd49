"""The library's own page, for everybody whom the school lets search; and the same for the screen in the hall."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.queries.library import activities_in_window, list_in_window, results_in_window
from activities.queries.news import shown_news
from activities.queries.settings import activity_options
from catalog.queries.shelf_window import in_order, newest_titles, shown_titles
from circulation.queries.opening import opening
from circulation.queries.timetable import periods_on
from library_site.http import SchoolRequest
from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.classes import classes_on, semester_on
from reports.queries.class_table import ClassRow, class_table
from reports.queries.contest import ContestLine
from reports.queries.dashboard import leaders
from reports.queries.facts import class_counts
from reports.rules.figures import Period

NEWS, COVERS = 4, 12


@dataclass(frozen=True)
class Reading:
    """What is read this semester: the classes from the top, by books per pupil, and all pupils together."""

    semester: Semester
    classes: list[ContestLine]
    most: Any  # books per pupil of the first class: the full width of the bars
    total: ClassRow


@require_safe
def home(request: SchoolRequest) -> HttpResponse:
    """Hours, today's classes, news, activities, new books, and what the classes read. Nobody's name."""
    return render(request, "activities/library/page.html", _context(request))


@require_safe
def screen(request: SchoolRequest) -> HttpResponse:
    """The same for a projector or a screen in the hall, which renews itself."""
    return render(request, "activities/library/screen.html", _context(request))


def _context(request: SchoolRequest) -> dict[str, Any]:
    now = timezone.now()
    today, reference = timezone.localdate(now), request.reference
    options = activity_options(reference)
    return {
        "today": today,
        "options": options,
        "opening": opening(reference, now),
        "periods": _periods(reference, now),
        "news": shown_news(today)[:NEWS],
        "activities": activities_in_window(today),
        "results": results_in_window(today),
        "reading": _reading(reference, today) if options.home_figures else None,
        **_books(today),
    }


def _periods(reference: Reference, now: datetime) -> list[tuple[Any, bool]]:
    """Today's periods in the library, each with whether it runs."""
    rows = periods_on(reference, timezone.localdate(now))
    return [(row, row.span()[0] <= now < row.span()[1]) for row in rows]


def _books(today: date) -> dict[str, Any]:
    """New books and those of a booklist, by three or four statements."""
    new, listed = newest_titles(COVERS), list_in_window(today)
    titles = shown_titles([*new, *(listed.titles if listed else [])])
    return {
        "new_books": in_order(new, titles, COVERS),
        "list": listed.book_list if listed else None,
        "list_books": in_order(listed.titles, titles, COVERS) if listed else [],
    }


def _reading(reference: Reference, today: date) -> Reading | None:
    semester = semester_on(reference, today)
    if semester is None or semester.starts_on > today:
        return None
    counts = class_counts(Period.of(semester.starts_on, semester.ends_on, today=today))
    rows = class_table(counts, classes_on(reference, semester.starts_on))
    first = list(leaders(rows).school)
    return Reading(semester, first, first[0].value, rows[-1]) if first and counts.loans_known else None
