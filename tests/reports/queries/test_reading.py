"""Figures of reading activities: what counts, what is unknown, and what stands behind them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Attempt, Honour, Quiz, ReadingNote
from library_site.shared.reference import current_reference
from reports.queries.behind import behind
from reports.queries.facts import facts_of
from reports.queries.figures import FIGURES
from reports.queries.parts import reading
from reports.queries.parts.frame import Frame
from reports.queries.reading import ReadingCounts, reading_counts
from reports.rules.figures import Period
from tests.factories.activities import make_activity
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.told import tell_everything

pytestmark = pytest.mark.django_db
DAY, TODAY = date(2026, 10, 12), date(2026, 11, 20)
PERIOD = Period(date(2026, 9, 1), date(2027, 1, 31), TODAY)


@pytest.fixture
def told():
    """Two pupils of two classes, each with one of everything."""
    make_school_year(2026)
    for number in (1, 2):
        school_class = make_class(2024, number)
        tell_everything(make_reader(school_class=school_class), DAY, school_class=school_class)


def test_one_of_everything_of_two_pupils_is_counted(told):
    counts = reading_counts(PERIOD)

    assert replace(counts, notes_by_class={}) == ReadingCounts(
        activities=2, participants=2, works=2, prizes=2, suggestions=2, requests=2, notes_known=True
    )
    assert sorted(counts.notes_by_class.values()) == [1, 1]


def test_nothing_is_unknown_before_the_first_and_nought_after_it(told):
    before = Period(date(2026, 2, 1), date(2026, 7, 1), date(2026, 7, 1))
    after = Period(date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 10))

    assert reading_counts(before) == ReadingCounts()
    assert (reading_counts(after).activities, reading_counts(after).notes) == (0, 0)


def test_festival_is_counted_by_its_parts_and_a_cancelled_part_not():
    festival = make_activity("读书节", took_part=999)
    make_activity("征文", parent=festival, took_part=30)
    make_activity("朗诵", parent=festival, state=Activity.State.CANCELLED, took_part=20)

    counts = reading_counts(PERIOD)

    assert (counts.activities, counts.participants) == (1, 30)


def test_festival_without_parts_is_counted_itself():
    make_activity("读书节", took_part=300)

    assert reading_counts(PERIOD).participants == 300


def test_quiz_counts_who_handed_in_the_paper_that_most_answered():
    activity = make_activity("知识竞赛", shape="quiz")
    for number in (1, 3):
        quiz = Quiz.objects.create(activity=activity, name=f"卷{number}")
        for _one in range(number):
            done = {"handed_in_at": activity.published_at, "points": 5, "started_at": activity.published_at}
            Attempt.objects.create(quiz=quiz, source="paper", **done)
    Attempt.objects.create(quiz=quiz, source="browser", started_at=activity.published_at)

    assert reading_counts(PERIOD).participants == 3


def test_honour_taken_back_counts_until_that_day(told):
    Honour.objects.update(revoked_on=DAY + timedelta(days=10), reason="误发")

    until = DAY + timedelta(days=9)
    assert reading_counts(Period(PERIOD.starts_on, until, until)).prizes == 2
    assert reading_counts(PERIOD).prizes is None


def test_notes_of_teachers_and_drafts_are_not_pupils_notes(told):
    note = ReadingNote.objects.order_by("pk").first()
    ReadingNote.objects.filter(pk=note.pk).update(category="teacher")
    assert reading_counts(PERIOD).notes == 1
    ReadingNote.objects.filter(pk=note.pk).update(category="student", state="draft", shown="private")
    assert reading_counts(PERIOD).notes == 1


@pytest.mark.parametrize("code", reading.READING)
def test_list_behind_adds_up_to_the_figure(told, code):
    facts = facts_of(PERIOD, reference=current_reference(), today=TODAY)
    figure = FIGURES[code](facts)

    (table,) = behind(code, facts, reference=current_reference(), today=TODAY)

    place = 1 if "notes" in code else 0
    assert table.total[place] == sum(cells[place] for _name, cells in table.rows) == figure.numerator == 2


def test_counts_take_two_statements():
    with CaptureQueriesContext(connection) as captured:
        reading_counts(PERIOD)

    assert len(captured) == 2


def test_papers_list_what_was_held_and_awarded_and_name_no_pupil(told):
    frame = Frame(PERIOD, current_reference(), TODAY)
    Honour.objects.update(name="王小明")

    (held,), (honours,) = reading.activities(frame), reading.honours(frame)

    assert [row[0] for row in held.rows] == [DAY, DAY]
    assert [row[3:] for row in held.rows] == [[1, 1, 1], [1, 1, 1]]
    assert [list(row)[-1] for row in honours.rows] == [2]
    assert "王小明" not in str(honours.rows)


def test_papers_without_activities_are_empty():
    frame = Frame(PERIOD, current_reference(), TODAY)

    assert reading.activities(frame) == reading.honours(frame) == reading.booklists(frame) == []
