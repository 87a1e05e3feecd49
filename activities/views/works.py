"""What all pages of works ask first: which activity, which class, and whether this person may."""

from django.http import Http404
from django.utils import timezone

from activities.models import Activity
from activities.queries.audience import classes_invited
from activities.views.rights import may_edit, require_edit, require_seen
from library_site.http import SchoolRequest
from readers.queries.classes import NamedClass
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
