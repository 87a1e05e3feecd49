"""Works handed in, their judges and scores, prizes, and the register of honours."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.activities import Activity, ReadingGroup
from activities.models.files import StoredFile
from library_site.tracking import tracked
from readers.models import Reader, SchoolClass, Semester


class OfSomebody:
    """A work or result of a person or a reading group; both are fetched with it where names are shown."""

    reader: Reader | None
    group: ReadingGroup | None

    @property
    def whose(self) -> str:
        """The own name, for those who may read it; empty for a whole class and for the erased."""
        return self.group.name if self.group else self.reader.name if self.reader else ""


class Entry(OfSomebody, models.Model):
    """A work handed in to an activity, from paper or written here; blind judges know it by its `number` alone.

    One from paper without reader and group is a photograph of a class's pile that waits for its name.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        HANDED_IN = "handed_in", _("handed in")
        REFUSED = "refused", _("not accepted")

    class Source(models.TextChoices):
        PAPER = "paper", _("from paper")
        TYPED = "typed", _("written here")

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveIntegerField(_("number of the work"))
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    group = models.ForeignKey(ReadingGroup, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(_("title of the work"), max_length=100, blank=True)
    text = models.TextField(_("text"), blank=True)
    teacher = models.CharField(_("guided by"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=6, choices=Source.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    saved_at = models.DateTimeField(_("saved"))
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="entry_number_unique"),
            models.UniqueConstraint(
                fields=["activity", "reader"],
                condition=Q(state="draft") | Q(state="handed_in"),
                name="entry_one_of_a_reader",
            ),
            models.CheckConstraint(
                condition=~Q(state="handed_in") | Q(handed_in_at__isnull=False), name="entry_handed_in_at"
            ),
        ]
        indexes = [models.Index(fields=["activity", "school_class"], name="entry_by_class")]


class EntryFile(models.Model):
    """A picture or file of a work, in its order."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)


class Judge(models.Model):
    """An account that gives scores in an activity; of who was taken off no score counts any more."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="judges")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "account"], name="judge_unique")]


@tracked()
class Score(models.Model):
    """What a judge gives a work, on the scale of the activity."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="scores", db_index=False)
    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="scores")
    value = models.DecimalField(_("score"), max_digits=6, decimal_places=2)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    at = models.DateTimeField(_("given"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "judge"], name="score_unique"),
            models.CheckConstraint(condition=Q(value__gte=0), name="score_value"),
        ]


@tracked()
class Prize(models.Model):
    """A prize of an activity in words (一等奖), how many there are, the highest first."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="prizes", db_index=False)
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("prize"), max_length=40)
    places = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "name"], name="prize_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="prize_named"),
        ]


@tracked()
class Result(OfSomebody, models.Model):
    """Who gets which prize: of a work, or of a person, class or group where nothing was handed in."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="results")
    prize = models.ForeignKey(Prize, on_delete=models.PROTECT, related_name="results")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="results", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    group = models.ForeignKey(ReadingGroup, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    mean = models.DecimalField(_("mean score"), max_digits=7, decimal_places=3, null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=~Q(entry=None), name="result_one_per_entry"),
            models.UniqueConstraint(
                fields=["activity", "reader"], condition=Q(entry=None), name="result_one_per_reader"
            ),
        ]


@tracked()
class AwardRule(models.Model):
    """An award of the school (阅读之星、先进班级): for whom, by which figures, how many, and its words on paper.

    `criteria` is a list of {"figure", "least", "most"} that all must be met (either bound may be left out), and of one
    or two {"figure", "order": "most" or "least"} that rank; figures are named in `activities.rules.awards`.
    """

    class For(models.TextChoices):
        PUPIL = "pupil", _("pupils")
        CLASS = "class", pgettext_lazy("award", "classes")
        TEACHER = "teacher", _("teachers")

    class Share(models.TextChoices):
        SCHOOL = "school", _("in the whole school")
        GRADE = "grade", _("in each grade")
        CLASS = "class", _("in each class")

    name = models.CharField(_("award"), max_length=40)
    whom = models.CharField(_("for"), max_length=8, choices=For.choices)
    criteria = models.JSONField(_("criteria"), default=list)
    most = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    share = models.CharField(_("counted within"), max_length=8, choices=Share.choices, default=Share.CLASS)
    words = models.TextField(_("words of the certificate"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="award_rule_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="award_rule_named"),
        ]


@tracked()
class AwardRun(models.Model):
    """One award proposed for one semester, by the criteria of that day; announced once."""

    rule = models.ForeignKey(AwardRule, on_delete=models.PROTECT, related_name="runs", db_index=False)
    semester = models.ForeignKey(Semester, on_delete=models.PROTECT, related_name="+")
    criteria = models.JSONField(default=list)
    proposed_at = models.DateTimeField(_("proposed"))
    announced_at = models.DateTimeField(_("announced"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "semester"], name="award_run_unique")]


class AwardProposal(models.Model):
    """A line of an award's proposal: its figures, whether the rule proposes it, whether people keep it, and why not."""

    run = models.ForeignKey(AwardRun, on_delete=models.PROTECT, related_name="lines", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    figures = models.JSONField(default=dict)
    is_proposed = models.BooleanField(_("proposed by the rule"))
    is_kept = models.BooleanField(_("awarded"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "reader"], condition=~Q(reader=None), name="award_proposal_one_per_reader"
            ),
            models.CheckConstraint(
                condition=Q(is_proposed=models.F("is_kept")) | ~Q(reason=""),
                name="award_proposal_reasoned",
            ),
        ]
        indexes = [models.Index(fields=["run"], name="award_proposal_run")]


@tracked()
class Honour(models.Model):
    """A line of the register of honours (荣誉册), as its certificate says it; taken back with a reason, never deleted.

    `name` is as it was printed; it goes when the person is erased, the line stays.
    """

    class Level(models.TextChoices):
        SCHOOL = "school", _("of the school")
        DISTRICT = "district", _("of the district")
        CITY = "city", _("of the city")
        PROVINCE = "province", _("of the province")
        NATION = "nation", _("national")

    number = models.CharField(_("certificate number"), max_length=20, blank=True, db_collation="C")
    awarded_on = models.DateField(_("awarded on"))
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.SCHOOL)
    occasion = models.CharField(_("occasion"), max_length=100)
    award = models.CharField(_("award"), max_length=60)
    work = models.CharField(_("title of the work"), max_length=100, blank=True)
    name = models.CharField(_("awarded to"), max_length=64)
    class_name = models.CharField(_("class"), max_length=30, blank=True)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, null=True, related_name="honours")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, related_name="+")
    teacher = models.CharField(_("guided by"), max_length=40, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="honours")
    result = models.ForeignKey(Result, on_delete=models.PROTECT, null=True, related_name="honours", db_index=False)
    proposal = models.OneToOneField(AwardProposal, on_delete=models.PROTECT, null=True, related_name="honour")
    revoked_on = models.DateField(_("taken back on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="honour_number_unique"),
            models.UniqueConstraint(
                fields=["result"], condition=Q(revoked_on=None) & ~Q(result=None), name="honour_one_per_result"
            ),
            models.CheckConstraint(condition=Q(revoked_on=None) | ~Q(reason=""), name="honour_revoked_with_reason"),
        ]
        indexes = [models.Index(fields=["-awarded_on", "-id"], name="honour_by_day")]
