"""Acts that change many readers at once and can be taken back as one: a roster applied, a grade that left."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from readers.models.people import Reader


class Turn(models.Model):
    """One such act. `details` is {"classes": [pk of each class it made]}; `undone_at` says that it was taken back."""

    class Kind(models.TextChoices):
        ROSTER = "roster", _("Roster")
        GRADUATION = "graduation", _("Graduation")
        LEAVING = "leaving", _("Leaving")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    day = models.DateField(_("holds from"))
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("library_site.ImportRun", on_delete=models.PROTECT, null=True, related_name="turns")
    details = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run"], condition=~Q(run=None), name="turn_once_per_run"),
        ]


class TurnReader(models.Model):
    """A reader as the act found them and left them; see `readers.operations.turns.state_of`.

    `before` is null for somebody who came new. `reason` is why somebody may leave although something is outstanding.
    """

    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="readers")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="turns")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["turn", "reader"], name="turn_reader_once")]
