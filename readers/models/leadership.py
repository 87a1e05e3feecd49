"""Who answers for the library (领导小组), and the librarian's development."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from library_site.tracking import tracked


@tracked()
class LeadingGroupMember(models.Model):
    """A member of the leading group from a date until a date; the leader in charge (分管领导) is marked."""

    name = models.CharField(_("name"), max_length=64)
    post = models.CharField(_("post at the school"), max_length=60, blank=True)
    duty = models.CharField(_("duty in the group"), max_length=100, blank=True)
    is_in_charge = models.BooleanField(_("leader in charge"), default=False)
    position = models.PositiveSmallIntegerField(_("position in the list"), default=1)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="leading_group_named"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="leading_group_dates"),
            models.UniqueConstraint(
                fields=["is_in_charge"],
                condition=Q(is_in_charge=True, until=None),
                name="leading_group_one_in_charge",
                violation_error_message=_("Another member is the leader in charge: end that first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class DevelopmentRecord(models.Model):
    """One line of the register of the librarian's training, visits, papers and prizes."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("Training")
        VISIT = "visit", _("Visit")
        PAPER = "paper", _("Paper")
        PRIZE = "prize", _("Prize")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("date"))
    person = models.CharField(_("person"), max_length=64)
    title = models.CharField(_("title"), max_length=150)
    place_or_level = models.CharField(_("place or level"), max_length=100, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="development_titled")]
        indexes = [models.Index(fields=["-on", "-id"], name="development_newest")]
