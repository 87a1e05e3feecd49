"""The semester that a page is about."""

from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from library_site.http import SchoolRequest
from library_site.models import Role
from readers.models import Semester
from readers.queries.classes import semester_on, semesters


def chosen_semester(request: SchoolRequest, today: date) -> Semester | None:
    """The one asked for by `semester` in the address or the form, else today's; None where none was entered."""
    wanted = request.POST.get("semester") or request.GET.get("semester") or ""
    if not wanted:
        return semester_on(request.reference, today)
    found = next((row for row in semesters(request.reference) if str(row.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


def needed_semester(request: SchoolRequest, today: date) -> Semester:
    """As `chosen_semester`; without any semester there is no such page."""
    semester = chosen_semester(request, today)
    if semester is None:
        raise Http404
    return semester


def semester_title(semester: Semester) -> str:
    """2026–2027学年第一学期 and the like."""
    values = {"year": semester.school_year, "number": semester.get_number_display()}
    return _("%(year)s school year, %(number)s semester") % values


def page_of(request: SchoolRequest, semester: Semester | None) -> dict[str, Any]:
    """What every page about a semester shows: its name, the others to choose, and whether this person may write."""
    return {
        "semester": semester,
        "semester_title": semester_title(semester) if semester else "",
        "semesters": [(row.pk, semester_title(row)) for row in reversed(semesters(request.reference))],
        "may_write": request.user.has_role(Role.LIBRARIAN),
        "may_see_all": request.user.has_role(Role.LIBRARIAN, Role.PRINCIPAL),
        "may_clock": request.user.has_role(Role.LIBRARIAN, Role.HELPER),
    }
