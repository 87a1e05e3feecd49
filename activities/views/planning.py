"""Making and changing the plan of an activity, copying it, and its way from plan to over."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from activities.forms.activities import DEPARTMENTS, ActivityForm, CopyForm, PictureForm
from activities.forms.whom import WhomMixin, whom_initial
from activities.models import Activity, ActivityKind
from activities.operations.activities import Whom, copy_activity, delete_activity, save_activity, take_step
from activities.queries.grown_ups import teachers
from activities.queries.settings import activity_kinds
from activities.rules.activities import STEPS
from activities.views.rights import require_edit
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.queries.classes import classes_on, grade_names
from readers.views.told import address_of, done_or_told

BY_HAND = frozenset(STEPS) - {"close"}  # closing has a page of its own
PASSED_ON = ("place", "department", "responsible_id", "responsible_words", "starts_on", "ends_on")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """A new plan."""
    return _edit(request, Activity(starts_on=timezone.localdate(), ends_on=timezone.localdate()))


@require_http_methods(["GET", "HEAD", "POST"])
def new_part(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """A new part of a festival, which begins with its days, place and people."""
    festival = require_edit(request, activity_id)
    if festival.kind.shape != ActivityKind.Shape.FESTIVAL:
        raise Http404
    begins = {name: getattr(festival, name) for name in PASSED_ON}
    return _edit(request, Activity(parent=festival, **begins))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """The plan, changed."""
    return _edit(request, require_edit(request, activity_id))


def _edit(request: SchoolRequest, activity: Activity) -> HttpResponse:
    form = _form(request, activity)
    if form.is_bound and form.is_valid() and (saved := _saved(request, activity, form)):
        messages.success(request, _("Saved."))
        return redirect("activities:activity", saved.pk)
    context = {"form": form, "activity": activity, "departments": DEPARTMENTS, "picture_form": PictureForm()}
    return render(request, "activities/activities/edit.html", context, status=422 if form.is_bound else 200)


def _form(request: SchoolRequest, activity: Activity) -> ActivityForm:
    grades = grade_names(request.reference)
    ticked = whom_initial(activity.audiences.all(), grades) if activity.pk else {}
    return ActivityForm(
        request.POST or None, instance=activity, initial=ticked, grades=grades,
        classes=classes_on(request.reference, activity.starts_on), kinds=activity_kinds(request.reference),
        people=teachers(),
    )  # fmt: skip


def _saved(request: SchoolRequest, activity: Activity, form: ActivityForm) -> Activity | None:
    values: dict[str, Any] = form.values() | {"parent_id": activity.parent_id}
    try:
        return save_activity(
            activity_id=activity.pk, values=values, whom=_whom(form), by=request.user, address=address_of(request)
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def _whom(form: WhomMixin) -> list[Whom]:
    return [Whom(**row) for row in form.audience()]


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Last year's activity as a new plan, or a part for another grade."""
    old = require_edit(request, activity_id)
    today, grades = timezone.localdate(), grade_names(request.reference)
    begins = old.starts_on if old.parent else max(today, _a_year_later(old))
    audiences = [row for row in old.audiences.all() if row.school_class_id is None]
    initial = {"name": old.name, "starts_on": begins, **whom_initial(audiences, grades)}
    form = CopyForm(request.POST or None, initial=initial, grades=grades, classes=classes_on(request.reference, begins))
    if form.is_bound and form.is_valid() and (new := _copied(request, old, form)):
        messages.success(request, _("Copied. Look through the plan, then publish it."))
        return redirect("activities:activity", new.pk)
    context = {"form": form, "activity": old}
    return render(request, "activities/activities/copy.html", context, status=422 if form.is_bound else 200)


def _a_year_later(activity: Activity) -> date:
    day = activity.starts_on
    return day.replace(year=day.year + 1, day=min(day.day, 28))


def _copied(request: SchoolRequest, old: Activity, form: CopyForm) -> Activity | None:
    data = form.cleaned_data
    try:
        return copy_activity(
            activity_id=old.pk, name=data["name"], starts_on=data["starts_on"], whom=_whom(form), by=request.user,
            address=address_of(request),
        )  # fmt: skip
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


@require_POST
def step(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Publishes, cancels, reopens, or takes back to planning."""
    activity, name = require_edit(request, activity_id), request.POST.get("step", "")
    if name not in BY_HAND:
        raise Http404
    number = 0

    def act() -> None:
        nonlocal number
        number = take_step(
            activity_id=activity.pk, step=name, at=timezone.now(), with_parts="with_parts" in request.POST,
            by=request.user, address=address_of(request),
        )  # fmt: skip

    if done_or_told(request, act):
        text = ngettext("Done for %(count)d activity.", "Done for %(count)d activities.", number)
        messages.success(request, text % {"count": number})
    return redirect("activities:activity", activity.pk)


@require_POST
def delete(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Takes back a plan."""
    activity = require_edit(request, activity_id)
    act = lambda: delete_activity(activity_id=activity.pk, by=request.user, address=address_of(request))  # noqa: E731
    if done_or_told(request, act):
        messages.success(request, _("Removed."))
        above = activity.parent_id
        return redirect("activities:activity", above) if above else redirect("activities:list")
    return redirect("activities:activity", activity.pk)
