"""Reading challenges: a goal, reached by real loans and notes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.activities import Activity
from activities.models.audience import ForGrades, grades_in_order
from activities.models.lists import BookList
from library_site.tracking import tracked
from readers.models import Reader, SchoolClass


@tracked()
class Challenge(ForGrades):
    """A goal for pupils or classes of some grades, from a day to a day. Who is meant takes part; nobody registers."""

    class Goal(models.TextChoices):
        BOOKS = "books", _("borrow books")
        LIST = "list", _("books of a list")
        NOTES = "notes", _("write notes")
        CLASS_BOOKS = "class_books", _("a class borrows books, per pupil")
        CLASS_NOTES = "class_notes", _("a class writes notes, per pupil")

    name = models.CharField(_("challenge"), max_length=60)
    goal = models.CharField(pgettext_lazy("challenge", "goal"), max_length=12, choices=Goal.choices)
    target = models.DecimalField(_("how many"), max_digits=6, decimal_places=1)
    book_list = models.ForeignKey(
        BookList, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    badge = models.CharField(_("badge"), max_length=30, default="award", db_collation="C")
    words = models.TextField(_("words"), blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="challenges")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="challenge_named"),
            models.CheckConstraint(condition=Q(target__gt=0), name="challenge_target"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="challenge_dates"),
            models.CheckConstraint(condition=~Q(goal="list") | Q(book_list__isnull=False), name="challenge_list_named"),
            grades_in_order("challenge_grades"),
        ]


class Badge(models.Model):
    """A goal reached, by a pupil or a class, on a day; it stays whatever changes later."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="badges", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="badges")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    is_class = models.BooleanField()
    reached_on = models.DateField(_("reached on"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "reader"], condition=Q(is_class=False), name="badge_one_per_reader"
            ),
            models.UniqueConstraint(
                fields=["challenge", "school_class"], condition=Q(is_class=True), name="badge_one_per_class"
            ),
        ]
