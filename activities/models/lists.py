"""Booklists: what the library recommends, to whom, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.activities import Activity
from activities.models.audience import ForGrades, grades_in_order
from catalog.models import Title
from library_site.tracking import tracked
from readers.models import Reader


@tracked()
class BookList(ForGrades):
    """A list of recommended books (推荐书目). Readers see it once published; without the review mark it cannot be."""

    class Occasion(models.TextChoices):
        GRADE = "grade", _("for grades")
        COURSE = "course", _("for a school subject")
        THEME = "theme", _("on a theme")
        FESTIVAL = "festival", _("for a festival")
        MONTH = "month", _("of the month")
        WEEK = "week", _("of the week")
        NEW = "new", _("new books")
        OFFICIAL = "official", _("of an authority")

    name = models.CharField(_("booklist"), max_length=100)
    occasion = models.CharField(_("what for"), max_length=8, choices=Occasion.choices)
    category = models.CharField(
        _("for"), max_length=12, choices=Reader.Category.choices, default=Reader.Category.STUDENT
    )
    course = models.CharField(_("school subject"), max_length=40, blank=True)
    theme = models.CharField(_("theme or festival"), max_length=60, blank=True)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="booklists")
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    ended_on = models.DateField(_("no longer shown from"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="book_list_named"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(reviewed_at__isnull=False), name="book_list_reviewed_before_shown"
            ),
            grades_in_order("book_list_grades"),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="book_list_published")]

    def __str__(self) -> str:
        return self.name


class BookListItem(models.Model):
    """A book of a list and why to read it; a book that the library does not hold is words until it does."""

    book_list = models.ForeignKey(BookList, on_delete=models.PROTECT, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.ForeignKey(Title, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True, db_collation="C")
    name = models.CharField(_("title"), max_length=400)
    author = models.CharField(_("author"), max_length=400, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    reason = models.TextField(_("why read it"), blank=True)
    is_required = models.BooleanField(_("required"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book_list", "title"], condition=~Q(title=None), name="book_list_item_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="book_list_item_named"),
            models.CheckConstraint(condition=Q(isbn="") | Q(isbn__regex=r"^\d{13}$"), name="book_list_item_isbn"),
        ]
        indexes = [models.Index(fields=["book_list", "position"], name="book_list_item_order")]
