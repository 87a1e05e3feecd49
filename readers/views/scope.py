"""Object-level rights in views: what lies outside a person's reach answers as if it did not exist."""

from django.http import Http404
from django.utils import timezone

from library_site.http import SchoolRequest
from readers.queries.scope import classes_within


def classes_reached(request: SchoolRequest) -> frozenset[int] | None:
    """The classes that this person's right to this page reaches; None for the whole school. Asked once a request."""
    if not hasattr(request, "_classes_reached"):
        request._classes_reached = classes_within(  # type: ignore[attr-defined]
            request.scope, request.user, timezone.localdate()
        )
    return request._classes_reached  # type: ignore[attr-defined]


def require_class(request: SchoolRequest, class_id: int) -> None:
    """404 for a class out of reach."""
    classes = classes_reached(request)
    if classes is not None and class_id not in classes:
        raise Http404
