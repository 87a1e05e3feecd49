"""The page "Circulation": tiles to all around lending, in the order of a day's work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from library_site.menu import Entry, drawn

ENTRIES: list[Entry] = [
    Entry("timetable:timetable", _("Lending timetable"), "calendar-week", _("Which class comes when; missed periods.")),
    Entry("visits:page", _("Count visits"), "person-check", _("By card, by class, reading periods, figures.")),
    Entry("reservations:shelf", _("Pick-up shelf"), "bookmark-check", _("Reserved books, waiting lists, class sets.")),
    Entry("boxes:boxes", _("Class boxes"), "box-seam", _("Boxes that stand with classes, and book corners.")),
    Entry("in_room:overview", _("Use in the room"), "lamp", _("Reference works that are not back yet.")),
    Entry("circulation:out", _("Who has what"), "list-check", _("Books out, class by class, to print.")),
    Entry("overdue:overdue", _("Overdue"), "alarm", _("Slips, chat text, letters, end of the semester.")),
    Entry("charges:overview", _("Charges"), "cash-coin", _("Who owes, receipts, and the cash.")),
    Entry("blocks:overview", _("Suspensions and blocks"), "person-slash", _("Who may not borrow for a while.")),
    Entry("day:exceptions", _("Exceptions of the day"), "shield-exclamation", _("Overrides, waivers, dated back.")),
    Entry("day:closing", _("Close the day"), "moon-stars", _("What is left of today.")),
    Entry("loan_rules:rules", _("Loan rules"), "journal-check", _("How many books, how long, from when on.")),
]


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """Links to what this person may open around lending."""
    return render(request, "circulation/hub.html", {"items": drawn(ENTRIES, request)})
