"""Reading groups: the list, one group with members and meetings, ticking members by class, a semester's overview."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.forms.groups import GroupForm, MeetingForm
from activities.forms.registration import TicksForm
from activities.models import GroupMeeting, ReadingGroup
from activities.operations.groups import drop_meeting, end_group, save_group, save_meeting, set_members
from activities.queries.groups import class_ticks, groups, groups_between, groups_of, meetings_of, members_of
from activities.queries.grown_ups import teachers
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.problems import Refused
from readers.queries.classes import class_names_on, classes_on
from readers.queries.scope import classes_of
from readers.views.semester import chosen_semester, page_of
from readers.views.told import address_of, done_or_told

ROWS = 50
ALL_SEEN_BY = (Role.LIBRARIAN, Role.PRINCIPAL)


@require_safe
def group_list(request: SchoolRequest) -> HttpResponse:
    """The reading groups that this person may see: all, or those led, of the own class, or that one is in."""
    page = Paginator(_seen(request), ROWS).get_page(request.GET.get("page"))
    names = class_names_on(request.reference, timezone.localdate())
    context = {
        "page": page, "rows": [(row, names.get(row.school_class_id or 0, "")) for row in page],
        "may_found": request.user.has_role(Role.LIBRARIAN),
        "may_see_all": request.user.has_role(*ALL_SEEN_BY),
    }  # fmt: skip
    return render(request, "activities/groups/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Founds a group."""
    return _edit(request, ReadingGroup(founded_on=timezone.localdate()))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, group_id: int) -> HttpResponse:
    """Changes a group."""
    return _edit(request, _led(request, group_id))


def _edit(request: SchoolRequest, group: ReadingGroup) -> HttpResponse:
    form = GroupForm(
        request.POST or None, instance=group, people=teachers(),
        classes=classes_on(request.reference, timezone.localdate()),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            saved = save_group(group_id=group.pk, values=form.values(), by=request.user, address=address_of(request))
            return redirect("groups:group", saved.pk)
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "group": group}
    return render(request, "activities/groups/edit.html", context, status=422 if form.is_bound else 200)


@require_safe
def group(request: SchoolRequest, group_id: int) -> HttpResponse:
    """A group with its members and meetings; whoever leads it may write. The principal sees nobody's name."""
    row = _found(_seen(request), group_id)
    today = timezone.localdate()
    page = Paginator(meetings_of(row), ROWS).get_page(request.GET.get("page"))
    may_lead = _may_lead(request, row)
    context: dict[str, Any] = {
        "group": row, "page": page, "may_lead": may_lead,
        "class_name": class_names_on(request.reference, today).get(row.school_class_id or 0, ""),
    }  # fmt: skip
    if may_lead or request.user.roles != [Role.PRINCIPAL]:
        context["members"] = members_of(row, request.reference, today)
    if may_lead:
        here = classes_on(request.reference, today)
        context["form"] = MeetingForm(initial={"on": today})
        context["classes"] = [one for one in here if row.school_class_id in (None, one.pk)]
    return render(request, "activities/groups/group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: SchoolRequest, group_id: int, class_id: int) -> HttpResponse:
    """The pupils of a class, ticked into the group by keys."""
    row, today = _led(request, group_id), timezone.localdate()
    name = class_names_on(request.reference, today).get(class_id)
    if name is None or row.school_class_id not in (None, class_id):
        raise Http404
    pupils = class_ticks(row, class_id, today)
    if request.method == "POST":
        offered = [pupil.pk for pupil in pupils]
        form = TicksForm(request.POST, offered=offered)
        if not form.is_valid():
            raise Http404
        # Only whom this page ticked or unticked: another window may have changed others meanwhile.
        changed = set(form.chosen()) ^ form.shown_ticked()
        if _members_set(request, row, changed, form.chosen()):
            return redirect("groups:group", row.pk)
    context = {"group": row, "pupils": pupils, "class_name": name}
    return render(request, "activities/groups/members.html", context)


def _members_set(request: SchoolRequest, row: ReadingGroup, among: Collection[int], chosen: Collection[int]) -> bool:
    numbers = (0, 0)

    def act() -> None:
        nonlocal numbers
        numbers = set_members(
            group_id=row.pk, among=among, chosen=chosen, on=timezone.localdate(), by=request.user,
            address=address_of(request),
        )  # fmt: skip

    if not done_or_told(request, act):
        return False
    messages.success(request, _("New members: %(new)d; left: %(left)d.") % {"new": numbers[0], "left": numbers[1]})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: SchoolRequest, group_id: int, meeting_id: int) -> HttpResponse:
    """Corrects a meeting."""
    row = _led(request, group_id)
    found = get_object_or_404(GroupMeeting, pk=meeting_id, group=row)
    return _meeting(request, row, found)


@require_POST
def add_meeting(request: SchoolRequest, group_id: int) -> HttpResponse:
    """Enters a meeting."""
    return _meeting(request, _led(request, group_id), GroupMeeting())


def _meeting(request: SchoolRequest, row: ReadingGroup, found: GroupMeeting) -> HttpResponse:
    form = MeetingForm(request.POST or None, instance=found)
    if form.is_bound and form.is_valid():
        save_meeting(
            group_id=row.pk, meeting_id=found.pk, values=form.values(), by=request.user, address=address_of(request)
        )
        messages.success(request, _("Saved."))
        return redirect("groups:group", row.pk)
    context = {"group": row, "form": form, "meeting": found}
    return render(request, "activities/groups/meeting.html", context, status=422 if form.is_bound else 200)


@require_POST
def drop(request: SchoolRequest, group_id: int, meeting_id: int) -> HttpResponse:
    """Removes a meeting."""
    row = _led(request, group_id)
    drop_meeting(group_id=row.pk, meeting_id=meeting_id, by=request.user, address=address_of(request))
    messages.success(request, _("Removed."))
    return redirect("groups:group", row.pk)


@require_POST
def end(request: SchoolRequest, group_id: int) -> HttpResponse:
    """The group ends today."""
    row = _led(request, group_id)
    end_group(group_id=row.pk, on=timezone.localdate(), by=request.user, address=address_of(request))
    messages.success(request, _("The reading group has ended."))
    return redirect("groups:group", row.pk)


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """What the groups did in a semester, to print: counts and topics, nobody's name but the leaders'."""
    semester = chosen_semester(request, timezone.localdate())
    context = page_of(request, semester)
    if semester is not None:
        context["rows"] = groups_between(semester.starts_on, semester.ends_on)
        context["times"] = sum(row.times for row in context["rows"])
    return render(request, "activities/groups/overview.html", context)


def _seen(request: SchoolRequest) -> QuerySet[ReadingGroup]:
    if request.user.has_role(*ALL_SEEN_BY):
        return groups()
    return groups_of(request.user.pk, classes_of(request.user, timezone.localdate()))


def _found(rows: QuerySet[ReadingGroup], group_id: int) -> ReadingGroup:
    row = rows.filter(pk=group_id).first()
    if row is None:
        raise Http404
    return row


def _may_lead(request: SchoolRequest, group: ReadingGroup) -> bool:
    if request.user.has_role(Role.LIBRARIAN):
        return True
    leads = group.leader is not None and group.leader.account_id == request.user.pk
    return leads and request.user.has_role(Role.TEACHER)


def _led(request: SchoolRequest, group_id: int) -> ReadingGroup:
    row = _found(_seen(request), group_id)
    if not _may_lead(request, row):
        raise Http404
    return row
