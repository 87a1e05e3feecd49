"""One row in every table of activities that says something of a reader."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from activities import models as rows
from readers.models import Reader, SchoolClass
from tests.factories.activities import make_activity
from tests.factories.readers import make_class, make_school_year
from tests.factories.site import make_user

SECRET = "只有我知道的话"


def make_file(name: str = "照片.webp") -> rows.StoredFile:
    at = timezone.now()
    file = rows.StoredFile.objects.create(
        kind="picture", name=name, media_type="image/webp", size=4, width=1, height=1, version="0a1b2c3d", added_at=at
    )
    rows.FileBytes.objects.create(file=file, content=b"webp", preview=b"webp")
    return file


def tell_everything(reader: Reader, on: date, *, school_class: SchoolClass | None = None) -> None:
    """All of it over on the day; texts are SECRET."""
    at = timezone.make_aware(datetime.combine(on, time(12)))
    where = {"reader": reader, "school_class": school_class or make_class()}
    activity = make_activity(starts_on=on, ends_on=on, shape="works")
    rows.ActivityRegistration.objects.create(activity=activity, by_what="person", at=at, **where)
    _works(activity, where, on, at)
    _honours(activity, where, on, at)
    _group(reader, on)
    _notes(where, on, at)
    _journeys(activity, where, on)
    _voice(reader, where, on, at)
    challenge = rows.Challenge.objects.create(name="挑战", goal="books", target=5, starts_on=on, ends_on=on)
    rows.Badge.objects.create(challenge=challenge, is_class=False, reached_on=on, **where)
    rows.Consent.objects.create(reader=reader, what="works", given_on=on, withdrawn_on=on, note=SECRET)
    quiz = rows.Quiz.objects.create(activity=activity, name="卷一")
    rows.Attempt.objects.create(
        quiz=quiz, source="paper", started_at=at, handed_in_at=at, points=8, answers={"1": [0]}, **where
    )


def _works(activity: rows.Activity, where: dict, on: date, at: datetime) -> None:
    texts = {"name": SECRET, "text": SECRET, "reason": SECRET}
    entry = rows.Entry.objects.create(
        activity=activity, number=1, source="paper", state="handed_in", saved_at=at, handed_in_at=at, **texts, **where
    )
    rows.EntryFile.objects.create(entry=entry, file=make_file())
    judge = rows.Judge.objects.create(activity=activity, account=make_user("teacher"))
    rows.Score.objects.create(entry=entry, judge=judge, value=90, note=SECRET, at=at)
    prize = rows.Prize.objects.create(activity=activity, position=1, name="一等奖")
    rows.Result.objects.create(activity=activity, prize=prize, entry=entry, reason=SECRET, **where)


def _honours(activity: rows.Activity, where: dict, on: date, at: datetime) -> None:
    semester = make_school_year(on.year).semesters.get(number=1)
    rule, _created = rows.AwardRule.objects.get_or_create(name="阅读之星", defaults={"whom": "pupil"})
    run, _created = rows.AwardRun.objects.get_or_create(rule=rule, semester=semester, defaults={"proposed_at": at})
    facts = {"figures": {"loans": 3}, "reason": SECRET, "is_proposed": False}
    kept = rows.AwardProposal.objects.create(run=run, is_kept=True, **facts, **where)
    words = {"occasion": "读书节", "award": "阅读之星", "name": SECRET, "work": SECRET}
    rows.Honour.objects.create(activity=activity, proposal=kept, awarded_on=on, **words, **where)


def _group(reader: Reader, on: date) -> None:
    group = rows.ReadingGroup.objects.create(name=f"读书社{reader.pk}", leader=reader, founded_on=on, ended_on=on)
    rows.GroupMember.objects.create(group=group, reader=reader, since=on, until=on)


def _notes(where: dict, on: date, at: datetime) -> None:
    texts = {"heading": SECRET, "text": SECRET, "comment": SECRET}
    note = rows.ReadingNote.objects.create(
        category="student", written_on=on, source="paper", state="marked", shown="wall", saved_at=at, **texts, **where
    )
    rows.NoteFile.objects.create(note=note, file=make_file())


def _journeys(activity: rows.Activity, where: dict, on: date) -> None:
    brought = {"brought_by": where["reader"], "wish": SECRET, "state": "home", "since": on, "until": on}
    book = rows.DriftBook.objects.create(activity=activity, number="1", name="城南旧事", **brought)
    rows.DriftStop.objects.create(book=book, since=on, until=on, remark=SECRET, is_shown=True, **where)
    donation = rows.Donation.objects.create(donor=SECRET, note=SECRET, on=on, **where)
    rows.DonatedBook.objects.create(donation=donation, name="草房子")


def _voice(reader: Reader, where: dict, on: date, at: datetime) -> None:
    asked = {"reader": reader, "at": at}
    suggestion = rows.Suggestion.objects.create(name="草房子", reason=SECRET, state_at=at, category="student", **asked)
    rows.Backer.objects.create(suggestion=suggestion, **asked)
    rows.Message.objects.create(category="student", text=SECRET, reply=SECRET, state="shown", at=at, **where)
    rows.MaterialRequest.objects.create(category="student", subject="端午", details=SECRET, purpose="paper", **asked)
    survey = rows.Survey.objects.create(name="问卷", opens_on=on - timedelta(days=7), closes_on=on)
    words = rows.SurveyQuestion.objects.create(survey=survey, position=1, kind="text", text="建议")
    scale = rows.SurveyQuestion.objects.create(survey=survey, position=2, kind="scale", text="满意")
    rows.SurveyAnswer.objects.create(survey=survey, answers={str(words.pk): SECRET, str(scale.pk): 5})
    rows.SurveyVoter.objects.create(survey=survey, reader=reader)
