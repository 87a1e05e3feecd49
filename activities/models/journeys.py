"""Books that travel (图书漂流) and books that are given (赠书)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.activities import Activity
from catalog.models import Batch, Copy, Title
from readers.models import Reader, SchoolClass


class DriftBook(models.Model):
    """A book set adrift, of the library or brought by somebody; known by the number on its drift card."""

    class State(models.TextChoices):
        DRIFTING = "drifting", _("on its way")
        HOME = "home", _("come home")
        LOST = "lost", _("lost")

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="drift_books", db_index=False)
    number = models.CharField(_("drift number"), max_length=20, db_collation="C")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("title"), max_length=200)
    brought_by = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    wish = models.CharField(_("words on its way"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRIFTING)
    since = models.DateField(_("adrift since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="drift_number_unique"),
            models.UniqueConstraint(
                fields=["copy"], condition=Q(state="drifting") & ~Q(copy=None), name="drift_copy_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="drift_book_named"),
        ]


class DriftStop(models.Model):
    """A reader or class that the book came to, and what they wrote before passing it on."""

    book = models.ForeignKey(DriftBook, on_delete=models.PROTECT, related_name="stops", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    is_shown = models.BooleanField(_("may be read by all"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book"], condition=Q(until=None), name="drift_stop_one_at_a_time"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="drift_stop_dates"),
        ]
        indexes = [models.Index(fields=["book", "since"], name="drift_stop_journey")]


class Donation(models.Model):
    """Books given to the library on a day, by a pupil, a class or others in words; `batch` once accessioned."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="donations")
    donor = models.CharField(_("given by"), max_length=100, blank=True)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("given on"))
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    thanked_on = models.DateField(_("thanked on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-on", "-id"], name="donation_by_day")]


class DonatedBook(models.Model):
    """A book that was given: taken into the library, or not, with the reason."""

    class Fate(models.TextChoices):
        WAITING = "waiting", _("to be looked at")
        TAKEN = "taken", _("taken in")
        CORNER = "corner", _("to a book corner")
        REFUSED = "refused", _("not taken")

    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="books")
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True, db_collation="C")
    name = models.CharField(_("title"), max_length=200)
    copies = models.PositiveSmallIntegerField(_("copies"), default=1)
    title = models.ForeignKey(Title, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    fate = models.CharField(_("what became of it"), max_length=8, choices=Fate.choices, default=Fate.WAITING)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="donated_book_named"),
            models.CheckConstraint(condition=Q(copies__range=(1, 999)), name="donated_book_copies"),
            models.CheckConstraint(condition=~Q(fate="refused") | ~Q(reason=""), name="donated_book_refused_why"),
        ]
