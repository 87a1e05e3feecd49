"""Activities: the list, and the page of one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.forms.activities import PictureForm
from activities.models import Activity, ActivityKind
from activities.operations.activity_pictures import set_picture
from activities.queries.activities import Wanted, activities_seen, current_activities, parts_seen
from activities.queries.audience import audience_text, classes_invited
from activities.queries.registration import own_registration, reader_of, taken_in
from activities.queries.settings import activity_kinds
from activities.queries.viewer import viewer_of
from activities.rules.activities import STEPS, step_problems
from activities.rules.audience import in_audience
from activities.rules.registration import open_problems
from activities.views.panels import panels_of
from activities.views.rights import may_edit, may_see, require_edit, require_seen
from library_site.http import SchoolRequest
from library_site.models import Role
from readers.queries.classes import classes_on, school_years
from readers.queries.scope import classes_of
from readers.views.told import address_of, done_or_told, tell_errors

ROWS = 30
NOW = 12  # cards above the list


@require_safe
def activity_list(request: SchoolRequest) -> HttpResponse:
    """What is on or to come as cards, then all of it by school year, kind and state."""
    today = timezone.localdate()
    user = request.user if request.user.is_authenticated else None
    wanted = _wanted(request)
    page = Paginator(activities_seen(viewer_of(user, today), wanted), ROWS).get_page(request.GET.get("page"))
    plain = wanted == Wanted() and page.number == 1
    context = {
        "page": page, "years": [(row.pk, str(row)) for row in reversed(school_years(request.reference))],
        "kinds": [(row.pk, row.name) for row in activity_kinds(request.reference)], "states": Activity.State.choices,
        "year": wanted.year.pk if wanted.year else None, "kind": wanted.kind_id, "state": wanted.state,
        "now": current_activities(today).filter(parent=None)[:NOW] if plain else [],
        "is_staff": user is not None and user.has_role(Role.LIBRARIAN, Role.PRINCIPAL),
    }  # fmt: skip
    return render(request, "activities/activities/list.html", context)


def _wanted(request: SchoolRequest) -> Wanted:
    year, kind, state = (request.GET.get(name, "") for name in ("year", "kind", "state"))
    return Wanted(
        year=next((row for row in school_years(request.reference) if str(row.pk) == year), None),
        kind_id=next((row.pk for row in activity_kinds(request.reference) if str(row.pk) == kind), None),
        state=state if state in Activity.State.values else "",
    )


@require_safe
def activity(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """The page of an activity, put together of what its shape has."""
    row = require_seen(request, activity_id)
    edits = may_edit(request, row)
    inside = edits or (request.user.is_authenticated and request.user.has_role(Role.PRINCIPAL))
    context: dict[str, Any] = {
        "activity": row, "may_edit": edits, "is_inside": inside,
        "above": row.parent if row.parent and may_see(request, row.parent) else None,
        "whom": audience_text(row.audiences.all(), request.reference, row.starts_on),
        "parts": _parts(request, row, inside), "panels": panels_of(request, row), "today": timezone.localdate(),
    }  # fmt: skip
    context |= _registration(request, row)
    if edits:
        context["steps"] = {step for step in STEPS if not step_problems(row, step)}
        context["is_festival"] = row.kind.shape == ActivityKind.Shape.FESTIVAL
    return render(request, "activities/activities/activity.html", context)


def _parts(request: SchoolRequest, activity: Activity, inside: bool) -> list[tuple[Activity, str]]:
    if activity.kind.shape != ActivityKind.Shape.FESTIVAL:
        return []
    rows = parts_seen(activity, all_states=inside)
    return [(row, audience_text(row.audiences.all(), request.reference, row.starts_on)) for row in rows]


def _registration(request: SchoolRequest, activity: Activity) -> dict[str, Any]:
    """How many registered, and what this person may do about it."""
    if activity.registration == Activity.Registration.NONE:
        return {}
    today, user = timezone.localdate(), request.user
    taken = taken_in(activity)
    found: dict[str, Any] = {
        "taken": taken.people, "left": None if activity.most is None else max(activity.most - taken.people, 0),
        "is_open": not open_problems(activity, activity.registration, today),
    }  # fmt: skip
    if not user.is_authenticated:
        return found
    led = classes_of(user, today)
    found["led"] = [one for one in classes_invited(activity.audiences.all(), request.reference, today) if one.pk in led]
    me = reader_of(user.pk)
    if me and activity.registration == Activity.Registration.PERSON:
        school_class = next((one for one in classes_on(request.reference, today) if one.pk == me.class_id), None)
        found["mine"] = own_registration(activity, me.reader.pk)
        found["is_meant"] = in_audience(
            activity.audiences.all(), category=me.reader.category, school_class=school_class
        )
    return found


@require_POST
def picture(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Puts a picture at the head of the page, or takes it away."""
    row, form = require_edit(request, activity_id), PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        tell_errors(request, form)
        return redirect("activities:edit", row.pk)
    uploads = form.cleaned_data["picture"]
    if done_or_told(
        request,
        lambda: set_picture(
            activity_id=row.pk, upload=uploads[0] if uploads else None, by=request.user, at=timezone.now(),
            address=address_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, _("Saved."))
    return redirect("activities:edit", row.pk)
