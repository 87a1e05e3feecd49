"""What readers say: suggestions to buy, the message board, surveys, requests for material."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.audience import ForGrades, grades_in_order
from activities.models.lists import BookList, BookListItem
from catalog.models import Title
from circulation.models import ClassSet, Reservation
from library_site.tracking import tracked
from readers.models import Reader, SchoolClass


class Suggestion(models.Model):
    """A book that somebody wants the library to buy (荐购), and what became of it; or one that a booklist lacks."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        SEEN = "seen", _("seen")
        ORDERED = "ordered", _("ordered")
        ON_SHELF = "on_shelf", pgettext_lazy("suggestion", "on the shelf")
        DECLINED = "declined", _("declined")

    isbn = models.CharField(_("ISBN"), max_length=13, blank=True, db_collation="C")
    name = models.CharField(_("title"), max_length=200)
    author = models.CharField(_("author"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=100, blank=True)
    reason = models.CharField(_("why it should be bought"), max_length=300, blank=True)
    copies = models.PositiveSmallIntegerField(_("copies"), default=1)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    category = models.CharField(_("category"), max_length=12, choices=Reader.Category.choices, blank=True)
    item = models.ForeignKey(BookListItem, on_delete=models.PROTECT, null=True, blank=True, related_name="suggestions")
    title = models.ForeignKey(Title, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.NEW)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    at = models.DateTimeField(_("suggested"))
    state_at = models.DateTimeField(_("since"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="suggestion_named"),
            models.CheckConstraint(condition=Q(isbn="") | Q(isbn__regex=r"^\d{13}$"), name="suggestion_isbn"),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(answer=""), name="suggestion_declined_why"),
            models.UniqueConstraint(
                fields=["isbn"],
                condition=~Q(isbn="") & (Q(state="new") | Q(state="seen") | Q(state="ordered")),
                name="suggestion_one_open_per_isbn",
            ),
        ]
        indexes = [models.Index(fields=["state", "-at", "-id"], name="suggestion_by_state")]


class Backer(models.Model):
    """Somebody else who wants the same book."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="backers", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["suggestion", "reader"], name="backer_unique")]


class Message(models.Model):
    """A message on the board: read by the librarian first, by others once shown; with one reply."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be read")
        SHOWN = "shown", _("shown")
        PRIVATE = "private", _("answered to the writer alone")
        HIDDEN = "hidden", _("not shown")

    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    category = models.CharField(_("category"), max_length=12, choices=Reader.Category.choices)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.TextField(_("message"))
    at = models.DateTimeField(_("written"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    reply = models.TextField(_("reply"), blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="message_text")]
        indexes = [models.Index(fields=["state", "-at", "-id"], name="message_by_state")]


@tracked()
class Survey(ForGrades):
    """A short survey, anonymous always: that somebody answered is kept apart from what was answered."""

    name = models.CharField(_("survey"), max_length=100)
    introduction = models.TextField(_("introduction"), blank=True)
    category = models.CharField(_("for"), max_length=12, choices=Reader.Category.choices, blank=True)
    opens_on = models.DateField(pgettext_lazy("survey", "opens"))
    closes_on = models.DateField(pgettext_lazy("survey", "closes"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # By hand, once all sheets of paper are keyed in: from then on nothing is added.
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    shows_results = models.BooleanField(_("results are shown once closed"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="survey_named"),
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="survey_dates"),
            grades_in_order("survey_grades"),
        ]


class SurveyQuestion(models.Model):
    """A question of a survey, with its options where it has some."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("choose one")
        SEVERAL = "several", _("choose several")
        SCALE = "scale", _("1 to 5")
        TEXT = "text", _("own words")

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    text = models.CharField(_("question"), max_length=200)
    options = models.JSONField(_("options"), default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="survey_question_text")]


class SurveyAnswer(models.Model):
    """One sheet of answers, {question: answer}, with nobody's name, hour or order: its key is random."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    is_paper = models.BooleanField(_("from paper"), default=False)
    answers = models.JSONField(default=dict)


class SurveyVoter(models.Model):
    """That a reader answered, so that nobody answers twice; gone when the survey is over."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="voters", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "reader"], name="survey_voter_once")]


class MaterialRequest(models.Model):
    """A teacher's or pupil's request for material (为人找书), answered with a list of books."""

    class Purpose(models.TextChoices):
        OPEN_LESSON = "open_lesson", _("open lesson")
        LESSON = "lesson", _("preparing lessons")
        PAPER = "paper", _("paper or research")
        CONTEST = "contest", _("contest")
        OTHER = "other", _("other")

    class State(models.TextChoices):
        NEW = "new", _("new")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("done")
        DECLINED = "declined", _("nothing found")

    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    category = models.CharField(_("category"), max_length=12, choices=Reader.Category.choices)
    subject = models.CharField(_("about what"), max_length=100)
    purpose = models.CharField(_("what for"), max_length=12, choices=Purpose.choices)
    details = models.TextField(_("details"), blank=True)
    needed_on = models.DateField(_("needed by"), null=True, blank=True)
    at = models.DateTimeField(_("asked"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.NEW)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    book_list = models.ForeignKey(
        BookList, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(subject=""), name="material_request_subject")]
        indexes = [models.Index(fields=["state", "-at", "-id"], name="material_request_by_state")]


class MaterialItem(models.Model):
    """A book or source of the answer; set aside by a reservation or a class set."""

    request = models.ForeignKey(MaterialRequest, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.ForeignKey(Title, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    words = models.CharField(_("book or source"), max_length=300)
    note = models.CharField(_("note"), max_length=200, blank=True)
    reservation = models.ForeignKey(
        Reservation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    class_set = models.ForeignKey(
        ClassSet, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
