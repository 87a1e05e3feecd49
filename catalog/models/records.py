"""What a title's record held beyond our fields, its cover, and titles that became another."""

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.titles import Title


def _said(path: str) -> str:
    """The first text at a path of a record's fields; strict, since a lax path would open the arrays by itself."""
    return f"(jsonb_path_query_first(%(expressions)s, 'strict {path}', '{{}}', true) #>> '{{}}')"


def control_key() -> Func:
    """What tells a record apart: who gave it (801 $b, MARC 21: 003, 040 $a), and its number (001). Empty without."""
    number = _said('$[*] ? (@[0] == "001")[1]')
    givers = (
        _said('$[*] ? (@[0] == "801")[2][*] ? (@[0] == "b")[1]'),
        _said('$[*] ? (@[0] == "003")[1]'),
        _said('$[*] ? (@[0] == "040")[2][*] ? (@[0] == "a")[1]'),
    )
    giver = f"coalesce({', '.join(givers)}, '')"
    plain = "btrim(regexp_replace({}, '\\s+', ' ', 'g'))".format
    template = f"CASE WHEN {plain(number)} <> '' THEN left({plain(giver)} || ':' || {plain(number)}, 100) ELSE '' END"
    return Func(F("fields"), template=template, output_field=models.TextField(db_collation="C"))


class MarcRecord(models.Model):
    """The MARC record that a title came from, whole: what we do not model comes back on export."""

    class Format(models.TextChoices):
        CNMARC = "cnmarc", "CNMARC"
        MARC21 = "marc21", "MARC 21"

    title = models.OneToOneField(Title, on_delete=models.PROTECT, primary_key=True, related_name="marc")
    format = models.CharField(max_length=8, choices=Format.choices)
    leader = models.CharField(max_length=24)
    # [[tag, "data"] | [tag, indicators, [[code, value], …]], …] in the record's order
    fields = models.JSONField(default=list)
    # As `catalog.rules.marc.records.control_key`: the same record again is the same title.
    control_key = models.GeneratedField(
        expression=control_key(), output_field=models.TextField(db_collation="C"), db_persist=True
    )

    class Meta:
        indexes = [models.Index(fields=["control_key"], condition=~Q(control_key=""), name="marc_control_key")]


class Cover(models.Model):
    """A title's cover, resized. In the database, so that a backup is one thing; `version` makes its address new."""

    class Origin(models.TextChoices):
        UPLOAD = "upload", _("Uploaded")
        RECORD = "record", _("From the record")

    title = models.OneToOneField(Title, on_delete=models.PROTECT, primary_key=True, related_name="cover")
    image = models.BinaryField()
    media_type = models.CharField(max_length=20)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    version = models.CharField(max_length=16, db_collation="C")
    origin = models.CharField(max_length=8, choices=Origin.choices)
    updated_at = models.DateTimeField(auto_now=True)


class FormerTitle(models.Model):
    """A title that was merged into another: its old address leads there."""

    number = models.PositiveBigIntegerField(primary_key=True)  # its old primary key
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="former")
    name = models.CharField(max_length=400)
    merged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(number=0), name="former_title_number")]
