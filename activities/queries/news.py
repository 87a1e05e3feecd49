"""News of the library: what readers see, and whether they may see its picture."""

from datetime import date

from django.db.models import Q, QuerySet

from activities.models import ActivityOptions, NewsItem
from activities.queries.viewer import Viewer


def shown_news(day: date) -> QuerySet[NewsItem]:
    """What is published and has not ended, what stays on top first."""
    running = Q(ends_on=None) | Q(ends_on__gt=day)
    rows = NewsItem.objects.filter(running, published_at__date__lte=day).select_related("picture")
    return rows.order_by("-is_pinned", "-published_at", "-pk")


def all_news() -> QuerySet[NewsItem]:
    """All of it for who writes it, drafts first."""
    return NewsItem.objects.select_related("picture").order_by("published_at", "-pk").reverse()


def sees_news_picture(file_id: int, viewer: Viewer) -> bool:
    """Everybody while the news is shown; the librarian always."""
    rows = NewsItem.objects.all() if viewer.is_librarian else shown_news(viewer.day)
    return rows.filter(picture=file_id).exists()


def sees_library_picture(file_id: int, viewer: Viewer) -> bool:
    """The picture at the head of the library's page is for everybody."""
    return ActivityOptions.objects.filter(picture=file_id).exists()
