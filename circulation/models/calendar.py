"""When the library is open, and by when everything is to be back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Location
from library_site.tracking import tracked
from library_site.triggers import renews_settings_token
from readers.models import Reader, Semester

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
    """One span of opening on a weekday (0 = Monday); a weekday without a row is closed.

    With a room it is that room's own; with a category it is for those readers only (pupils at noon, teachers all day).
    A room or category without rows of its own has the hours of all.
    """

    location = models.ForeignKey(
        Location,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("room"),
    )
    category = models.CharField(
        _("reader category"), max_length=12, choices=Reader.Category.choices, blank=True, db_default=""
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["location", "category", "weekday", "opens"], nulls_distinct=False, name="opening_hours_once"
            ),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="opening_hours_order"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="opening_hours_weekday"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class Closure(models.Model):
    """Days on which the library, or one room of it, is closed although the weekday is open; both ends are closed."""

    location = models.ForeignKey(
        Location,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("room"),
    )
    starts_on = models.DateField(_("first closed day"))
    ends_on = models.DateField(_("last closed day"))
    reason = models.CharField(_("reason"), max_length=100)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="closure_dates")]
        triggers = [renews_settings_token()]


@tracked()
class DayOverride(models.Model):
    """The school's word on one day, which goes before weekday, public holiday and make-up working day."""

    day = models.DateField(_("day"))
    is_open = models.BooleanField(_("open"))
    # Which weekday's hours hold on a make-up working day; null where the day's own do.
    hours_of = models.PositiveSmallIntegerField(_("hours of"), choices=WEEKDAYS, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day"], name="day_override_once"),
            models.CheckConstraint(condition=Q(hours_of=None) | Q(hours_of__range=(0, 6)), name="day_override_hours"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class RecallDate(models.Model):
    """By when everything is back at the end of a semester; a graduating grade earlier."""

    semester = models.ForeignKey(Semester, on_delete=models.PROTECT, related_name="recall_dates")
    graduating = models.BooleanField(_("only the graduating grades"), default=False)
    on = models.DateField(_("everything back by"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["semester", "graduating"], name="recall_date_once")]
        triggers = [renews_settings_token()]


@tracked()
class HolidayLending(models.Model):
    """A category may keep books over the holidays after a semester (假期借阅): due in the first week back."""

    semester = models.ForeignKey(Semester, on_delete=models.PROTECT, related_name="holiday_lending")
    category = models.CharField(_("reader category"), max_length=12, choices=Reader.Category.choices)
    opens_on = models.DateField(_("lent from"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["semester", "category"], name="holiday_lending_once")]
        triggers = [renews_settings_token()]
