"""One person goes from every table of activities; what was counted, and others' words, stay."""

from datetime import date

import pytest

from activities import models as rows
from activities.operations.retention import TOLD
from circulation.operations.erasure import erase_reader
from circulation.queries.stored import stored_about
from library_site.audit import act
from library_site.audit_log.values import Names
from readers.models import Reader
from reports.queries.reading import reading_counts
from reports.rules.figures import Period
from tests.activities.operations.test_retention import naming, numbers, saying
from tests.circulation.operations.test_retention import NOW
from tests.factories.readers import make_reader
from tests.factories.site import make_user
from tests.factories.told import SECRET, tell_everything

pytestmark = pytest.mark.django_db
YOUNG = date(2026, 3, 1)
BEHIND_ANOTHER_ROW = {"activities_score", "activities_entryfile", "activities_notefile"}


def gone(**fields: object) -> Reader:
    reader = make_reader(status="left", left_on=date(2026, 11, 1), **fields)
    tell_everything(reader, YOUNG)
    rows.SurveyAnswer.objects.all().delete()  # nobody's: it says whose it is nowhere
    return reader


def erase(reader: Reader) -> None:
    erase_reader(reader_id=reader.pk, by=make_user(), at=NOW)


def test_erasure_leaves_the_person_and_their_words_in_no_table():
    reader = gone()

    erase(reader)

    assert naming(reader) == set()
    assert saying(SECRET) == set()
    assert not rows.StoredFile.objects.exists()


def test_erasure_empties_what_history_kept_of_the_person():
    reader = gone()
    with act("edit_reader", by=make_user()):
        rows.Honour.objects.update(class_name="三(1)班")
        rows.Score.objects.update(value=91)
        rows.Result.objects.update(mean=91)

    erase(reader)

    assert naming(reader) == set()
    assert saying(SECRET) == set()


def test_erasure_leaves_others_as_they_were():
    reader, other = gone(), make_reader()
    tell_everything(other, YOUNG)
    named = naming(other)

    erase(reader)

    assert naming(other) == named
    assert rows.ReadingNote.objects.get(reader=other).text == SECRET
    assert rows.StoredFile.objects.count() == 2


def test_erasure_leaves_the_rows_that_are_counted():
    reader = gone()
    before = numbers()

    erase(reader)

    after = numbers()
    assert {table for table in before if before[table] != after[table]} == {
        "activities_backer",
        "activities_surveyvoter",
        "activities_entryfile",
        "activities_notefile",
        "activities_storedfile",
        "activities_filebytes",
    }
    assert rows.Honour.objects.values_list("award", "name").get() == ("阅读之星", "")


def test_erasure_of_who_was_honoured_and_had_it_taken_back():
    reader = gone()
    rows.Honour.objects.update(revoked_on=YOUNG, reason=SECRET)

    erase(reader)

    assert rows.Honour.objects.get().reason == "—"


def test_export_of_a_person_has_what_belongs_to_their_works():
    reader = make_reader()
    tell_everything(reader, YOUNG)
    tell_everything(make_reader("别人"), YOUNG)

    tables = stored_about(reader, Names({}))

    assert all(len(table.rows) == 1 for table in tables)
    assert len(tables) == 1 + len(TOLD) + len(BEHIND_ANOTHER_ROW)


def test_figures_stay_what_they_were():
    reader = gone()
    period = Period(date(2025, 9, 1), date(2026, 7, 31), date(2026, 7, 31))
    before = reading_counts(period)

    erase(reader)

    assert before.works == 1
    assert reading_counts(period) == before
