"""Class boxes and book corners (班级图书角): which box stands with which class, and books that pupils brought."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked
from readers.models import Reader, SchoolClass


@tracked()
class Box(models.Model):
    """A box of books that goes from class to class. Its books are the open class loans that name it."""

    name = models.CharField(_("box"), max_length=40)
    capacity = models.PositiveSmallIntegerField(_("holds"), default=40)
    is_retired = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="box_name_unique"),
            models.CheckConstraint(condition=Q(capacity__range=(1, 500)), name="box_capacity"),
        ]

    def __str__(self) -> str:
        return self.name


class BoxStay(models.Model):
    """A box stood with a class from a day until a day (the first no longer so)."""

    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="stays")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="box_stays")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["box"], condition=Q(until=None), name="box_stay_one_at_a_time"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="box_stay_dates"),
        ]


class OwnBook(models.Model):
    """A book that a pupil brought to the corner: never in the holdings, given back in the end."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="own_books")
    owner = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="own_books")
    name = models.CharField(_("title"), max_length=200)
    brought_on = models.DateField(_("brought"))
    given_back_on = models.DateField(_("given back"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_back_on=None) | Q(given_back_on__gte=F("brought_on")), name="own_book_dates"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="own_book_named"),
        ]
