"""News of the library, and the picture at the head of its page."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from activities.models import ActivityOptions, NewsItem, StoredFile
from activities.operations.files import Upload, delete_files, store_file
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

NO_PICTURE = Problem("no_picture", _("This file is no picture."), field="picture")


def save_news(
    *, news: NewsItem, is_shown: bool, picture: Upload | None, drops_picture: bool, by: User, at: datetime,
    address: str | None = None,
) -> NewsItem:  # fmt: skip
    """Writes a piece of news; `is_shown` publishes it or takes it off the page, its first day stays.

    A new picture takes the place of the one before. Refused (`Refused`) for a file that is no picture.
    """
    with act("save_news", by=by, address=address):
        news.by = news.by or by
        news.published_at = (news.published_at or at) if is_shown else None
        before = news.picture_id
        if picture or drops_picture:
            news.picture = _picture(picture, by=by, at=at)
        news.save()
        if before and news.picture_id != before:
            delete_files([before])
        return news


def drop_news(*, news_id: int, by: User, address: str | None = None) -> None:
    """Takes a piece of news away with its picture; the history keeps its words."""
    with act("drop_news", by=by, address=address):
        news = NewsItem.objects.select_for_update().get(pk=news_id)
        news.delete()
        if news.picture_id:
            delete_files([news.picture_id])


def set_library_picture(*, picture: Upload | None, by: User, at: datetime, address: str | None = None) -> None:
    """Puts a picture at the head of the library's page instead of the one before, or takes it away (None).

    Refused (`Refused`) for a file that is no picture.
    """
    with act("set_library_picture", by=by, address=address):
        options = ActivityOptions.objects.select_for_update().first() or ActivityOptions(pk=1)
        before = options.picture_id
        options.picture = _picture(picture, by=by, at=at)
        options.save()
        if before:
            delete_files([before])


def _picture(upload: Upload | None, *, by: User, at: datetime) -> StoredFile | None:
    stored = store_file(upload=upload, by=by, at=at) if upload else None
    if stored and stored.kind != StoredFile.Kind.PICTURE:
        raise Refused([NO_PICTURE])
    return stored
