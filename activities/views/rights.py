"""Who may do what with one activity: the librarian all, whoever answers for it the same for that one."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from activities.models import Activity
from activities.queries.activities import SHOWN, activities
from library_site.models import Role


def may_edit(request: HttpRequest, activity: Activity) -> bool:
    """The librarian, and the account of the reader who answers for the activity or for the festival it is part of."""
    user = request.user
    if not user.is_authenticated:
        return False
    if not user.has_role(Role.LIBRARIAN, Role.TEACHER):
        return False
    if user.has_role(Role.LIBRARIAN):
        return True
    answering = [activity.responsible, activity.parent.responsible if activity.parent else None]
    return any(reader is not None and reader.account_id == user.pk for reader in answering)


def may_see(request: HttpRequest, activity: Activity) -> bool:
    """Everybody what is published; plans and what was cancelled only editors and the principal."""
    published = activity.published_at is not None and activity.published_at <= timezone.now()
    if published and activity.state in SHOWN:
        return True
    user = request.user
    return may_edit(request, activity) or (user.is_authenticated and user.has_role(Role.PRINCIPAL))


def require_seen(request: HttpRequest, activity_id: int) -> Activity:
    """The activity; 404 for one that this person must not know of."""
    activity = activities().select_related("parent__responsible").filter(pk=activity_id).first()
    if activity is None or not may_see(request, activity):
        raise Http404
    return activity


def require_edit(request: HttpRequest, activity_id: int) -> Activity:
    """The activity; 404 for whoever may not edit it."""
    activity = require_seen(request, activity_id)
    if not may_edit(request, activity):
        raise Http404
    return activity
