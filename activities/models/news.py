"""News of the library on its page."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.files import StoredFile
from library_site.tracking import tracked


@tracked()
class NewsItem(models.Model):
    """A piece of news; seen from `published_at` on, until the day before `ends_on`."""

    name = models.CharField(_("headline"), max_length=100)
    text = models.TextField(_("text"))
    picture = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    ends_on = models.DateField(_("no longer shown from"), null=True, blank=True)
    is_pinned = models.BooleanField(_("stays on top"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="news_named")]
        indexes = [models.Index(fields=["-published_at", "-id"], name="news_published")]
