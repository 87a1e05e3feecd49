"""The bank of questions, quizzes made of it, and how pupils answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.activities import Activity
from activities.models.lists import BookList
from catalog.models import Title
from library_site.tracking import tracked
from readers.models import Reader, SchoolClass


@tracked()
class Question(models.Model):
    """A question, its options and the right ones (places from 0); one that was asked is not changed but ended."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("one is right")
        SEVERAL = "several", _("several are right")
        YES_NO = "yes_no", _("right or wrong")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SINGLE)
    text = models.TextField(_("question"))
    options = models.JSONField(_("options"), default=list)
    right = models.JSONField(_("right options"), default=list)
    explanation = models.TextField(_("explanation"), blank=True)
    title = models.ForeignKey(Title, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    book_list = models.ForeignKey(BookList, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_retired = models.BooleanField(_("no longer asked"), default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="question_text")]


@tracked()
class Quiz(models.Model):
    """A paper of questions of an activity; open in the browser between two moments, or printed and keyed in."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="quizzes")
    name = models.CharField(_("paper"), max_length=60)
    minutes = models.PositiveSmallIntegerField(_("minutes allowed"), default=20)
    opens_at = models.DateTimeField(pgettext_lazy("survey", "opens"), null=True, blank=True)
    closes_at = models.DateTimeField(pgettext_lazy("survey", "closes"), null=True, blank=True)
    shuffles = models.BooleanField(_("mixed order in the browser"), default=True)
    shows_answers = models.BooleanField(_("right answers shown once it is closed"), default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(1, 240)), name="quiz_minutes"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=models.F("opens_at")),
                name="quiz_hours",
            ),
        ]


class QuizQuestion(models.Model):
    """A question on a paper, in its order, and what it is worth."""

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="questions", db_index=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField(_("points"), default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quiz", "question"], name="quiz_question_once")]


class Attempt(models.Model):
    """One person's answers to one paper, {question: [places]}; marked when handed in, once, and kept so."""

    class Source(models.TextChoices):
        PAPER = "paper", _("from paper")
        BROWSER = "browser", _("in the browser")

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    source = models.CharField(_("source"), max_length=8, choices=Source.choices)
    seed = models.UUIDField(default=uuid.uuid4)  # the order in which this person sees the questions
    started_at = models.DateTimeField(_("begun"))
    handed_in_at = models.DateTimeField(_("handed in"), null=True)
    answers = models.JSONField(default=dict)
    points = models.PositiveSmallIntegerField(_("points"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quiz", "reader"], name="attempt_one_per_reader"),
            models.CheckConstraint(
                condition=Q(handed_in_at=None, points=None) | Q(handed_in_at__isnull=False, points__isnull=False),
                name="attempt_marked_when_handed_in",
            ),
        ]
