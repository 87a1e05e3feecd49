"""What all pages of works ask first: which activity, which class, and whether this person may."""

from django.http import Http404
from django.utils import timezone

from activities.models import Activity
from activities.queries.audience import classes_invited
from activities.rules.audience import in_audience
from activities.rules.entries import handing_in
from activities.views.rights import may_edit, require_edit, require_seen
from library_site.http import SchoolRequest
from library_site.shared.problems import Problem
from readers.models import ClassMembership, Reader
from readers.queries.classes import NamedClass, classes_on
from readers.views.scope import classes_reached


def require_works(request: SchoolRequest, activity_id: int) -> Activity:
    """An activity that works are handed in to, for whoever may edit it; else 404."""
    return _with_works(require_edit(request, activity_id))


def entered_classes(request: SchoolRequest, activity_id: int) -> tuple[Activity, list[NamedClass]]:
    """The activity, and those of its classes whose works this person enters: all for who may edit it, else the own."""
    activity = _with_works(require_seen(request, activity_id))
    classes = classes_invited(activity.audiences.all(), request.reference, timezone.localdate())
    reached = None if may_edit(request, activity) else classes_reached(request)
    return activity, [row for row in classes if reached is None or row.pk in reached]


def require_entered(request: SchoolRequest, activity_id: int, class_id: int) -> tuple[Activity, NamedClass]:
    """The activity and the class; 404 where this person does not enter its works."""
    activity, classes = entered_classes(request, activity_id)
    found = next((row for row in classes if row.pk == class_id), None)
    if found is None:
        raise Http404
    return activity, found


def _with_works(activity: Activity) -> Activity:
    if not activity.takes_entries:
        raise Http404
    return activity


def class_of(reader: Reader) -> int | None:
    """The class that the reader is in now."""
    rows = ClassMembership.objects.filter(reader=reader, until=None)
    return rows.values_list("school_class_id", flat=True).first()


def own_problems(request: SchoolRequest, activity: Activity, reader: Reader) -> list[Problem]:
    """Why the reader cannot hand in the own work today. One statement."""
    today, class_id = timezone.localdate(), class_of(reader)
    school_class = next((row for row in classes_on(request.reference, today) if row.pk == class_id), None)
    is_meant = in_audience(activity.audiences.all(), category=reader.category, school_class=school_class)
    return handing_in(activity, day=today, is_meant=is_meant)
