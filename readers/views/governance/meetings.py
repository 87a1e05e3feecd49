"""Meetings with minutes and attendance."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from library_site.http import SchoolRequest
from library_site.models import Role
from readers.forms.governance import MeetingForm
from readers.models import Attendance, Meeting
from readers.operations.governance import keep_meeting
from readers.queries.classes import semester_on
from readers.queries.governance import attendance_of, expected_at
from readers.queries.governance import meetings as newest_meetings
from readers.views.told import address_of

PER_PAGE = 30


@require_safe
def meetings(request: SchoolRequest) -> HttpResponse:
    """Meetings, the newest first; `?kind=` for those of the leading group, of the helpers, or others."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Meeting.Kind.values else ""
    context = {
        "page": Paginator(newest_meetings(kind), PER_PAGE).get_page(request.GET.get("page")),
        "kinds": Meeting.Kind.choices,
        "kind": kind,
        "may_write": request.user.has_role(Role.LIBRARIAN),
    }
    return render(request, "readers/people/meetings.html", context)


@require_safe
def meeting(request: SchoolRequest, meeting_id: int) -> HttpResponse:
    """The record of one meeting, as it is read and printed."""
    row = get_object_or_404(Meeting, pk=meeting_id)
    people = attendance_of(row)
    context = {
        "meeting": row,
        "came": [_name(person) for person in people if person.was_there],
        "missed": [_name(person) for person in people if not person.was_there],
        "may_write": request.user.has_role(Role.LIBRARIAN),
    }
    return render(request, "readers/people/meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_meeting(request: SchoolRequest, kind: str) -> HttpResponse:
    """Records a meeting; those who are expected at this kind are offered to tick."""
    if kind not in Meeting.Kind.values:
        raise Http404
    return _write(request, Meeting(kind=kind), present=[])


@require_http_methods(["GET", "HEAD", "POST"])
def edit_meeting(request: SchoolRequest, meeting_id: int) -> HttpResponse:
    """Changes a meeting's record."""
    row = get_object_or_404(Meeting, pk=meeting_id)
    return _write(request, row, present=[_key(person) for person in attendance_of(row) if person.was_there])


def _write(request: SchoolRequest, row: Meeting, *, present: list[str]) -> HttpResponse:
    today = timezone.localdate()
    known = [(_key(person), _name(person)) for person in attendance_of(row)] if row.pk else []
    day = row.held_on if row.pk else today
    expected = known or expected_at(row.kind, semester_on(request.reference, day), day)
    first = {"present": present} if row.pk else {"held_on": today, "present": [key for key, _person in expected]}
    form = MeetingForm(request.POST or None, instance=row, expected=expected, initial=first)
    if form.is_bound and form.is_valid():
        kept = keep_meeting(
            meeting=form.save(commit=False), expected=[key for key, _person in expected],
            present=form.cleaned_data.get("present", []), by=request.user, address=address_of(request),
        )  # fmt: skip
        return redirect("people:meeting", kept.pk)
    context = {"form": form, "title": _("Meeting: %(kind)s") % {"kind": row.get_kind_display()}}
    status = 422 if form.errors else 200
    return render(request, "readers/form_page.html", {**context, "back": "people:meetings"}, status=status)


def _key(row: Attendance) -> str:
    return f"reader-{row.reader_id}" if row.reader_id is not None else f"member-{row.member_id}"


def _name(row: Attendance) -> str:
    person = row.reader or row.member
    return person.name if person else ""
