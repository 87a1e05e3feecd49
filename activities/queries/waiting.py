"""What of reading activities waits for somebody: the librarian's desk, a reader, a class teacher, a judge."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from activities.models import Activity, ActivityRegistration, Entry, Judge, ReadingNote, Score, Survey
from activities.queries.activities import activities_for
from activities.queries.persons import Person
from activities.queries.quizzes import OwnQuiz, own_quizzes
from activities.queries.surveys import open_surveys

_OFFICE = """
    SELECT (SELECT count(*) FROM activities_message WHERE state = 'waiting') AS messages,
           (SELECT count(*) FROM activities_suggestion WHERE state = 'new') AS suggestions,
           (SELECT count(*) FROM activities_materialrequest WHERE state = 'new') AS requests,
           (SELECT count(*) FROM activities_readingnote WHERE shown = 'proposed') AS notes
"""


@dataclass(frozen=True)
class OfficeCounts:
    """Messages not read, suggestions and requests that nobody has looked at, notes proposed for the wall."""

    messages: int
    suggestions: int
    requests: int
    notes: int


def office_counts() -> OfficeCounts:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OFFICE)
        return OfficeCounts(*cursor.fetchone())


@dataclass(frozen=True)
class OwnTasks:
    """What a reader can do now and has not: what to register for, to hand in, to answer; notes given back."""

    activities: list[Activity]  # on or to come, for this reader
    to_register: list[Activity]
    to_hand_in: list[Activity]
    surveys: list[Survey]
    quizzes: list[OwnQuiz]
    returned: int


def own_tasks(person: Person, at: datetime, day: date) -> OwnTasks:
    """About ten statements, however many activities there are."""
    reader = person.reader
    meant = list(activities_for(category=reader.category, school_class=person.school_class, day=day))
    keys = [row.pk for row in meant]
    mine = ActivityRegistration.objects.filter(reader=reader, cancelled_at=None, activity__in=keys)
    registered = set(mine.values_list("activity_id", flat=True))
    works = Entry.objects.filter(reader=reader, state=Entry.State.HANDED_IN, activity__in=keys)
    handed_in = set(works.values_list("activity_id", flat=True))
    surveys = open_surveys(
        reader_id=reader.pk, category=reader.category, school_class=person.school_class, day=day
    )  # fmt: skip
    return OwnTasks(
        activities=meant,
        to_register=[row for row in meant if _registers(row, day) and row.pk not in registered],
        to_hand_in=[row for row in meant if _takes_works(row, day) and row.pk not in handed_in],
        surveys=list(surveys),
        quizzes=[row for row in own_quizzes(person, at, day) if row.is_open and not row.is_done],
        returned=ReadingNote.objects.filter(reader=reader, state=ReadingNote.State.RETURNED).count(),
    )


def _registers(activity: Activity, day: date) -> bool:
    open_until = activity.register_until or activity.ends_on
    return activity.registration == Activity.Registration.PERSON and day <= open_until


def _takes_works(activity: Activity, day: date) -> bool:
    return activity.takes_entries and day <= (activity.entries_until or activity.ends_on)


def notes_to_mark(class_ids: Collection[int]) -> int:
    """Notes of these classes that were handed in and not read yet. One statement, none without classes."""
    waiting = ReadingNote.objects.filter(school_class__in=class_ids, state=ReadingNote.State.HANDED_IN)
    return waiting.filter(category="student").count() if class_ids else 0


def works_to_judge(account_id: int) -> int:
    """Works that wait for this account's score, in activities without published results. One statement."""
    judging = Judge.objects.filter(account=account_id, removed_at=None, activity=OuterRef("activity"))
    scored = Score.objects.filter(judge__account=account_id, entry=OuterRef("pk"))
    rows = Entry.objects.filter(Q(Exists(judging)), ~Exists(scored), state=Entry.State.HANDED_IN)
    return rows.filter(activity__results_at=None).count()
