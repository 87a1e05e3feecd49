"""Registering: oneself, one's class by ticks, a class by number, a reading group; and the list of who takes part."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.exports.registration import registered_table
from activities.forms.registration import ClassNumbersForm, TicksForm
from activities.models import Activity, ActivityRegistration, ReadingGroup
from activities.operations.registration import (
    register_class,
    register_class_list,
    register_group,
    register_person,
    take_back_registration,
)
from activities.queries.audience import classes_invited
from activities.queries.groups import groups_led
from activities.queries.registration import (
    class_counts,
    class_list,
    lines_of,
    own_registration,
    reader_of,
    registered,
)
from activities.views.people import key_of
from activities.views.rights import may_edit, require_seen
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.views.downloads import download
from readers.queries.classes import NamedClass, class_names_on
from readers.queries.scope import classes_of
from readers.views.scope import require_class
from readers.views.told import address_of, done_or_told, tell_errors

ROWS = 100


@require_POST
def register(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Registers whoever is logged in."""
    activity, me = require_seen(request, activity_id), reader_of(request.user.pk)
    if me is None:
        messages.info(request, _("Your account is not tied to a reader yet. Ask the librarian."))
    elif done_or_told(
        request,
        lambda: register_person(
            activity_id=activity.pk, reader_id=me.reader.pk, reference=request.reference, by=request.user,
            at=timezone.now(), address=address_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, _("You are registered."))
    return redirect("activities:activity", activity.pk)


@require_POST
def unregister(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Takes one's own registration back."""
    activity, me = require_seen(request, activity_id), reader_of(request.user.pk)
    row = own_registration(activity, me.reader.pk) if me else None
    if row is None:
        raise Http404
    if _taken_back(request, row, late=False):
        messages.success(request, _("Your registration is taken back."))
    return redirect("activities:activity", activity.pk)


@require_safe
def people(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Who takes part, to print: a class teacher sees the own classes, whoever answers for the activity all."""
    activity = require_seen(request, activity_id)
    classes = _classes_seen(request, activity)
    page = Paginator(registered(activity, classes), ROWS).get_page(request.GET.get("page"))
    counts = class_counts(activity, _invited(request, activity, classes), _day(activity))
    context = {
        "activity": activity, "page": page, "lines": lines_of(list(page), activity, request.reference),
        "counts": counts, "total": sum(row.people for row in counts), "may_edit": may_edit(request, activity),
        "is_open": activity.state == Activity.State.PUBLISHED,
        "groups": _free_groups(request, activity),
    }  # fmt: skip
    return render(request, "activities/activities/people.html", context)


@require_safe
def export(request: SchoolRequest, activity_id: int) -> FileResponse:
    """The same as a file."""
    activity = require_seen(request, activity_id)
    rows = list(registered(activity, _classes_seen(request, activity)))
    return download(request, registered_table(activity, lines_of(rows, activity, request.reference)))


@require_http_methods(["GET", "HEAD", "POST"])
def of_class(request: SchoolRequest, activity_id: int, class_id: int) -> HttpResponse:
    """The pupils of a class, ticked by keys: Enter ticks and goes on to the next."""
    require_class(request, class_id)
    activity = require_seen(request, activity_id)
    if activity.registration != Activity.Registration.PERSON:
        raise Http404
    day = timezone.localdate()
    name = class_names_on(request.reference, day).get(class_id)
    if name is None:
        raise Http404
    pupils = class_list(activity, class_id, day)
    if request.method == "POST" and _ticks_saved(request, activity, class_id, [pupil.pk for pupil in pupils]):
        return redirect("activities:people", activity.pk)
    context = {"activity": activity, "pupils": pupils, "class_name": name, "class_id": class_id}
    return render(request, "activities/activities/ticks.html", context)


def _ticks_saved(request: SchoolRequest, activity: Activity, class_id: int, offered: list[int]) -> bool:
    form = TicksForm(request.POST, offered=offered)
    if not form.is_valid():
        raise Http404  # somebody who is not on the list
    numbers = (0, 0)

    def act() -> None:
        nonlocal numbers
        numbers = register_class_list(
            activity_id=activity.pk, class_id=class_id, reader_ids=form.chosen(), seen=form.shown_ticked(),
            reference=request.reference, by=request.user, at=timezone.now(), late=may_edit(request, activity),
            address=address_of(request),
        )  # fmt: skip

    if not done_or_told(request, act):
        return False
    text = _("Registered: %(new)d; taken back: %(back)d.") % {"new": numbers[0], "back": numbers[1]}
    messages.success(request, text)
    return True


@require_POST
def numbers(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Registers classes with their numbers of people, as many as were filled in; empty ones stay as they are."""
    activity = require_seen(request, activity_id)
    classes = _invited(request, activity, _classes_seen(request, activity))
    form = ClassNumbersForm(request.POST, classes=classes)
    if not form.is_valid():
        tell_errors(request, form)
        return redirect("activities:people", activity.pk)
    done = [one for one, number in form.numbers() if _class_registered(request, activity, one, number)]
    if done:
        text = ngettext("%(count)d class registered.", "%(count)d classes registered.", len(done))
        messages.success(request, text % {"count": len(done)})
    return redirect("activities:people", activity.pk)


def _class_registered(request: SchoolRequest, activity: Activity, class_id: int, number: int) -> bool:
    return done_or_told(
        request,
        lambda: register_class(
            activity_id=activity.pk, class_id=class_id, people=number, reference=request.reference, by=request.user,
            at=timezone.now(), late=may_edit(request, activity), address=address_of(request),
        ),
    )  # fmt: skip


@require_POST
def group(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Registers a reading group: the librarian any, a teacher those they lead."""
    activity, wanted = require_seen(request, activity_id), key_of(request.POST.get("group", ""))
    if wanted is None or wanted not in {row.pk for row in _groups(request)}:
        raise Http404
    act: Callable[[], object] = lambda: register_group(  # noqa: E731
        activity_id=activity.pk, group_id=wanted, reference=request.reference, by=request.user,
        at=timezone.now(), late=may_edit(request, activity), address=address_of(request),
    )  # fmt: skip
    if done_or_told(request, act):
        messages.success(request, _("Registered."))
    return redirect("activities:people", activity.pk)


@require_POST
def take_back(request: SchoolRequest, activity_id: int, registration_id: int) -> HttpResponse:
    """Takes somebody's registration back: of the own class, or any for whoever may edit."""
    activity = require_seen(request, activity_id)
    rows = registered(activity, _classes_seen(request, activity))
    row = get_object_or_404(rows, pk=registration_id)
    if _taken_back(request, row, late=may_edit(request, activity)):
        messages.success(request, _("Taken back"))
    return redirect("activities:people", activity.pk)


def _taken_back(request: SchoolRequest, row: ActivityRegistration, *, late: bool) -> bool:
    return done_or_told(
        request,
        lambda: take_back_registration(
            registration_id=row.pk, by=request.user, at=timezone.now(), late=late, address=address_of(request)
        ),
    )


def _classes_seen(request: SchoolRequest, activity: Activity) -> frozenset[int] | None:
    """The classes whose people this person sees; None for all."""
    return None if may_edit(request, activity) else classes_of(request.user, timezone.localdate())


def _invited(request: SchoolRequest, activity: Activity, classes: frozenset[int] | None) -> list[NamedClass]:
    found = classes_invited(activity.audiences.all(), request.reference, _day(activity))
    return [one for one in found if classes is None or one.pk in classes]


def _day(activity: Activity) -> date:
    """Classes are those of today until the activity is over, then those of its last day."""
    return min(timezone.localdate(), activity.ends_on)


def _groups(request: SchoolRequest) -> QuerySet[ReadingGroup]:
    return groups_led(None if request.user.has_role(Role.LIBRARIAN) else request.user.pk)


def _free_groups(request: SchoolRequest, activity: Activity) -> QuerySet[ReadingGroup]:
    if activity.registration != Activity.Registration.GROUP or activity.state != Activity.State.PUBLISHED:
        return ReadingGroup.objects.none()
    return _groups(request).exclude(pk__in=registered(activity).values("group"))
