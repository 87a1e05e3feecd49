"""Reading activities: what is planned, for whom, who registered, how it went."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.audience import ForGrades, grades_in_order
from activities.models.files import StoredFile
from library_site.tracking import tracked
from library_site.triggers import renews_settings_token
from readers.models import Reader, SchoolClass


@tracked()
class ActivityKind(models.Model):
    """A kind of activity as the school calls it (读书节, 征文, 讲座 …); its shape says which pages it has."""

    class Shape(models.TextChoices):
        FESTIVAL = "festival", _("Festival: holds other activities")
        WORKS = "works", _("Works that are handed in and judged")
        GENERAL = "general", _("Meeting or performance")
        QUIZ = "quiz", _("Knowledge quiz")
        DRIFT = "drift", _("Book drift")
        DONATION = "donation", _("Donation of books")
        LESSON = "lesson", _("Library lesson")
        LECTURE = "lecture", _("Lecture")
        OUTSIDE = "outside", _("Contest outside the school")

    name = models.CharField(_("kind"), max_length=30)
    shape = models.CharField(_("shape"), max_length=10, choices=Shape.choices)
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="activity_kind_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="activity_kind_named"),
        ]
        triggers = [renews_settings_token()]

    def __str__(self) -> str:
        return self.name


@tracked()
class Activity(models.Model):
    """An activity from its plan to its summary; one with a parent is part of a festival.

    It counts in the semester of its first day. Seen by readers from `published_at` on, in the state published or over.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being planned")
        PUBLISHED = "published", pgettext_lazy("activity", "published")
        OVER = "over", pgettext_lazy("activity", "over")
        CANCELLED = "cancelled", _("cancelled")

    class Registration(models.TextChoices):
        NONE = "none", _("none needed")
        PERSON = "person", _("each person")
        CLASS = "class", _("by class")
        GROUP = "group", _("by reading group")

    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    name = models.CharField(_("name"), max_length=100)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    hours = models.CharField(_("time of day"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    aims = models.TextField(_("aims"), blank=True)
    plan = models.TextField(_("plan"), blank=True)
    rules = models.TextField(_("rules"), blank=True)
    responsible = models.ForeignKey(
        Reader, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    responsible_words = models.CharField(_("responsible, in words"), max_length=60, blank=True)
    department = models.CharField(_("department"), max_length=40, blank=True)
    picture = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    registration = models.CharField(
        _("registration"), max_length=8, choices=Registration.choices, default=Registration.NONE
    )
    register_until = models.DateField(_("register until"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(_("at most, in all"), null=True, blank=True)
    most_per_class = models.PositiveSmallIntegerField(_("at most per class"), null=True, blank=True)
    takes_entries = models.BooleanField(_("works are handed in"), default=False)
    entries_until = models.DateField(_("works until"), null=True, blank=True)
    blind = models.BooleanField(_("judges see no names"), default=True)
    scale = models.PositiveSmallIntegerField(_("scores from 0 to"), default=100)
    results_at = models.DateTimeField(_("results published"), null=True, blank=True)
    took_part = models.PositiveIntegerField(_("took part, counted"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="activity_named"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="activity_dates"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="activity_not_its_own_part"),
            models.CheckConstraint(condition=Q(scale__range=(1, 1000)), name="activity_scale"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="cancelled") | Q(published_at__isnull=False),
                name="activity_published_at",
            ),
        ]
        indexes = [models.Index(fields=["-starts_on", "-id"], name="activity_by_day")]

    def __str__(self) -> str:
        return self.name


@tracked()
class Audience(ForGrades):
    """Whom an activity is for: grades, one class, or a category of readers. An activity without any is for all."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="audiences")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    category = models.CharField(
        _("category"), max_length=12, choices=Reader.Category.choices, default=Reader.Category.STUDENT
    )

    class Meta:
        constraints = [grades_in_order("audience_grades")]


class ActivitySession(models.Model):
    """One hour of an activity as it was held: a lesson of a class, a lecture, a rehearsal."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField(_("day"))
    hours = models.CharField(_("time of day"), max_length=40, blank=True)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    topic = models.CharField(_("topic"), max_length=100, blank=True)
    led_by = models.CharField(_("held by"), max_length=60, blank=True)
    present = models.PositiveIntegerField(_("present"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)


class ReadingGroup(models.Model):
    """A reading group (读书社、读书小组) with its leader; of one class or of the whole school."""

    name = models.CharField(_("reading group"), max_length=40)
    leader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    aim = models.TextField(_("what the group wants"), blank=True)
    founded_on = models.DateField(_("founded"))
    ended_on = models.DateField(_("ended"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(ended_on=None), name="reading_group_name_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="reading_group_named"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("founded_on")), name="reading_group_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """Who is in a reading group from a day until a day (the first no longer so)."""

    group = models.ForeignKey(ReadingGroup, on_delete=models.PROTECT, related_name="members")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "reader"], condition=Q(until=None), name="group_member_one_current"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="group_member_dates"),
        ]


class GroupMeeting(models.Model):
    """A meeting of a reading group: when, about which book, how many came, what was said."""

    group = models.ForeignKey(ReadingGroup, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=60, blank=True)
    topic = models.CharField(_("topic"), max_length=100)
    present = models.PositiveSmallIntegerField(_("present"), null=True, blank=True)
    note = models.TextField(_("notes"), blank=True)


class ActivityRegistration(models.Model):
    """A person, class or group that takes part; one taken back stays as a row and no longer counts.

    `school_class` of a person is the class of that day: figures go by it once the reader is forgotten.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="registrations", db_index=False)
    by_what = models.CharField(max_length=8, choices=Activity.Registration.choices)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    group = models.ForeignKey(ReadingGroup, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    number_of_people = models.PositiveSmallIntegerField(_("how many"), default=1)
    at = models.DateTimeField(_("registered"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    cancelled_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "reader"],
                condition=Q(by_what="person", cancelled_at=None),
                name="registration_one_per_person",
            ),
            models.UniqueConstraint(
                fields=["activity", "school_class"],
                condition=Q(by_what="class", cancelled_at=None),
                name="registration_one_per_class",
            ),
            models.UniqueConstraint(
                fields=["activity", "group"],
                condition=Q(by_what="group", cancelled_at=None),
                name="registration_one_per_group",
            ),
            models.CheckConstraint(
                condition=Q(by_what="person")
                | Q(by_what="class", school_class__isnull=False, reader=None)
                | Q(by_what="group", group__isnull=False, reader=None),
                name="registration_of_whom",
            ),
        ]
        indexes = [models.Index(fields=["activity", "school_class"], name="registration_by_class")]
