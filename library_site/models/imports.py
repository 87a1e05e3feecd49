"""Imports: a sheet that somebody brought, its rows while they wait, and how its columns were matched.

Rows are checked here first, with nothing of the library locked; see `library_site.imports`.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One sheet on its way in. `error` is {code, params}: the text is made in the reader's language."""

    class Kind(models.TextChoices):
        HOLDINGS = "holdings", _("Holdings")
        ROSTER = "roster", _("Roster")
        MARC = "marc", _("MARC records")

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Columns to be matched")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Ready to apply")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        FAILED = "failed", _("Failed, nothing was changed")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    file_name = models.CharField(_("file"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.UPLOADED)
    # [{name, rows, width, header_row, header_rows, dropped}] as found; `sheet` is the chosen one
    sheets = models.JSONField(default=list)
    sheet = models.PositiveSmallIntegerField(_("sheet"), default=0)
    header_row = models.PositiveIntegerField(_("header row"), default=1)
    header_rows = models.PositiveSmallIntegerField(_("rows of the header"), default=1)
    columns = models.JSONField(default=dict)  # {field: column, counted from 0}
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.JSONField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    # What cannot wait in the transaction (search words) is done after it; null until then.
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="applied") ^ Q(applied_at=None), name="import_applied_at_when_applied"
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], name="import_run_latest")]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of a sheet: its cells as text, what they were read as, and what would become of it."""

    class Verdict(models.TextChoices):
        WAITING = "", _("Not yet checked")
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("Same")
        BAD = "bad", _("Bad")
        SKIPPED = "skipped", _("Left out")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows", db_index=False)
    sheet = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(default=list)
    values = models.JSONField(null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True, default=Verdict.WAITING)
    problems = models.JSONField(default=list)  # [{field, value, code, params, note}]; a note does not stop the row

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "sheet", "number"], name="import_row_unique")]
        indexes = [models.Index(fields=["run", "verdict"], name="import_row_verdict")]


class ImportMapping(models.Model):
    """How the columns of a sheet with these headings were matched last time."""

    kind = models.CharField(max_length=10, choices=ImportRun.Kind.choices)
    signature = models.CharField(max_length=64, db_collation="C")
    columns = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "signature"], name="import_mapping_unique")]
