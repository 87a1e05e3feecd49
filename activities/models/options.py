"""What the school sets for activities, notes and the library's home page."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.audience import ForGrades, grades_in_order
from activities.models.files import StoredFile
from library_site.tracking import tracked
from library_site.triggers import renews_settings_token
from readers.models import Reader


class ShownNames(models.TextChoices):
    """How a pupil is named where others read it."""

    SHORT = "short", _("shortened")
    CLASS_ONLY = "class", _("class only")
    FULL = "full", _("in full, with consent")


@tracked()
class ActivityOptions(models.Model):
    """One row at most; without it the defaults hold."""

    certificate_signer = models.CharField(_("certificates are signed by"), max_length=60, blank=True)
    note_marks = models.CharField(_("marks for notes, the best first"), max_length=60, blank=True)
    names = models.CharField(
        _("pupils' names in public"), max_length=6, choices=ShownNames.choices, default=ShownNames.SHORT
    )
    ranks_pupils = models.BooleanField(_("rank single pupils in public"), default=False)
    home_figures = models.BooleanField(_("class reading figures on the library's page"), default=True)
    welcome = models.TextField(_("words of welcome"), blank=True)
    picture = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="activity_options_single_row")]
        triggers = [renews_settings_token()]


@tracked()
class ReadingQuota(ForGrades):
    """Books to read and notes to write in a semester, for grades or for teachers, from a school year on."""

    category = models.CharField(_("category"), max_length=12, choices=Reader.Category.choices, default="student")
    books = models.PositiveSmallIntegerField(_("books a semester"), null=True, blank=True)
    notes = models.PositiveSmallIntegerField(_("notes a semester"), null=True, blank=True)
    from_year = models.PositiveSmallIntegerField(_("from the school year that begins in"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "stage", "from_position", "to_position", "from_year"],
                nulls_distinct=False,
                name="reading_quota_unique",
                violation_error_message=_("There is an amount for these grades from that year on."),
            ),
            models.CheckConstraint(
                condition=Q(books__isnull=False) | Q(notes__isnull=False), name="reading_quota_says_something"
            ),
            grades_in_order("reading_quota_grades"),
        ]
        triggers = [renews_settings_token()]


@tracked()
class Consent(models.Model):
    """A guardian agreed on paper that a pupil's name, works or picture may be shown; until withdrawn."""

    class What(models.TextChoices):
        NAME = "name", _("name in full")
        WORKS = "works", _("works and notes")
        PICTURE = "picture", _("pictures with the pupil")

    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="consents", db_index=False)
    what = models.CharField(_("agreed to"), max_length=8, choices=What.choices)
    given_on = models.DateField(_("given on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    note = models.CharField(_("where the paper is kept"), max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "what"], condition=Q(withdrawn_on=None), name="consent_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=models.F("given_on")), name="consent_dates"
            ),
        ]
        indexes = [models.Index(fields=["reader"], name="consent_reader")]
