"""Reading notes and cards: written by pupils and teachers, on paper or here."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.files import StoredFile
from catalog.models import Title
from readers.models import Reader, SchoolClass


class ReadingNote(models.Model):
    """A note on a book. It counts on `written_on`, in the class and category of that day, once handed in.

    `text` may be empty: of forty paper cards often only that they were written is entered, with a mark. A photograph of
    a card is a draft without a reader until its pupil is named. What is sent twice has one `key` and is one note.
    """

    class Kind(models.TextChoices):
        NOTE = "note", _("Reading note")
        CARD = "card", _("Reading card")
        EXCERPT = "excerpt", _("Excerpts")
        RESPONSE = "response", _("Response to a book")
        SHEET = "sheet", _("Reading newspaper")

    class Source(models.TextChoices):
        PAPER = "paper", _("from paper")
        TYPED = "typed", _("written here")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        HANDED_IN = "handed_in", _("handed in")
        RETURNED = "returned", _("given back to be improved")
        MARKED = "marked", _("read and marked")

    class Shown(models.TextChoices):
        PRIVATE = "private", _("writer and teachers")
        PROPOSED = "proposed", _("proposed for the wall")
        WALL = "wall", _("on the class's wall")
        SCHOOL = "school", _("on the school's page")

    key = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.NOTE)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    category = models.CharField(_("category"), max_length=12, choices=Reader.Category.choices)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    title = models.ForeignKey(Title, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    book = models.CharField(_("book"), max_length=200, blank=True)
    heading = models.CharField(_("heading"), max_length=100, blank=True)
    text = models.TextField(_("text"), blank=True)
    written_on = models.DateField(_("written on"))
    source = models.CharField(_("source"), max_length=6, choices=Source.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    mark = models.CharField(_("mark"), max_length=10, blank=True)
    comment = models.TextField(_("teacher's comment"), blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    marked_at = models.DateTimeField(_("marked"), null=True)
    is_best = models.BooleanField(_("among the best"), default=False)
    shown = models.CharField(_("seen by"), max_length=8, choices=Shown.choices, default=Shown.PRIVATE)
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    saved_at = models.DateTimeField(_("saved"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="reading_note_key_unique"),
            models.CheckConstraint(
                condition=~Q(state="draft") | Q(shown="private"), name="reading_note_drafts_are_private"
            ),
        ]
        indexes = [
            models.Index(fields=["reader", "-written_on", "-id"], name="reading_note_reader"),
            models.Index(fields=["school_class", "written_on"], name="reading_note_class"),
            models.Index(fields=["written_on"], name="reading_note_day"),
            models.Index(
                fields=["-written_on", "-id"],
                condition=Q(shown="proposed") | Q(shown="wall") | Q(shown="school"),
                name="reading_note_shown",
            ),
        ]


class NoteFile(models.Model):
    """A photograph of a note's paper, in its order."""

    note = models.ForeignKey(ReadingNote, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
