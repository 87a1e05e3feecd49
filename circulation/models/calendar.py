"""When the library is open."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked
from library_site.triggers import renews_settings_token

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


@tracked()
class OpeningHours(models.Model):
    """One span of opening on a weekday (0 = Monday); a weekday without a row is closed."""

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["weekday", "opens"], name="opening_hours_unique"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="opening_hours_order"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="opening_hours_weekday"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class Closure(models.Model):
    """Days on which the library is closed although the weekday is open; both ends are closed days."""

    starts_on = models.DateField(_("first closed day"))
    ends_on = models.DateField(_("last closed day"))
    reason = models.CharField(_("reason"), max_length=100)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="closure_dates")]
        triggers = [renews_settings_token()]
