"""What readers wrote and did is forgotten with the kept school years; what was counted stays."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from activities import models as rows
from activities.operations.retention import STEPS, TOLD
from circulation.models import RetentionRun
from circulation.operations.retention import forget_old, preview
from readers.models import Reader
from reports.queries.reading import reading_counts
from reports.rules.figures import Period
from tests.circulation.operations.test_retention import BEFORE, NOW
from tests.factories.readers import make_reader
from tests.factories.site import make_user
from tests.factories.told import SECRET, tell_everything

pytestmark = pytest.mark.django_db
OLD, YOUNG = date(2022, 3, 1), date(2026, 3, 1)


def forget() -> RetentionRun | None:
    return forget_old(before=BEFORE, by=None, at=NOW)


def test_account_that_registered_or_wrote_goes_with_the_reader():
    reader = make_reader(account=make_user("student"))
    tell_everything(reader, OLD)
    typed = (rows.ActivityRegistration, rows.Entry, rows.ReadingNote)
    for model in typed:
        model.objects.update(by=reader.account)

    forget()

    assert not any(model.objects.exclude(reader=None, by=None).exists() for model in typed)


def models() -> list[Any]:
    return [
        model for model in apps.get_app_config("activities").get_models() if not hasattr(model, "pgh_tracked_model")
    ]


def naming(reader: Reader) -> set[str]:
    """Tables of activities that name the reader, history included."""
    found = set()
    for model in apps.get_app_config("activities").get_models():
        columns = [field.name for field in model._meta.local_fields if field.related_model is Reader]
        if any(model._default_manager.filter(**{column: reader.pk}).exists() for column in columns):
            found.add(model._meta.db_table)
    return found


def saying(text: str) -> set[str]:
    """Tables of activities in which a text stands anywhere, history included."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_app_config("activities").get_models():
            table = model._meta.db_table
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table} AS t WHERE t::text LIKE %s)", [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def numbers() -> dict[str, int]:
    """How many rows each table has: what figures are counted from."""
    return {model._meta.db_table: model._default_manager.count() for model in models()}


def test_what_is_over_is_forgotten_in_every_table():
    reader = make_reader()
    tell_everything(reader, OLD)
    assert preview(before=BEFORE, at=NOW)["activities"] == 17

    run = forget()

    assert run.counts["activities"] == 17
    honours = {"activities_honour", "activities_honourevent"}
    award = {"activities_awardproposal"}  # the line of an award stays known as long as the honour
    assert naming(reader) == {"activities_groupmember", "activities_readinggroup", *award, *honours}
    assert saying(SECRET) == {*honours, *award}
    assert not rows.StoredFile.objects.exists()
    assert not rows.FileBytes.objects.exists()


def test_forgetting_again_finds_nothing():
    tell_everything(make_reader(), OLD)
    forget()

    assert forget() is None


def test_what_is_young_stays_but_who_answered_a_survey_that_is_over():
    reader = make_reader()
    tell_everything(reader, YOUNG)
    named, said = naming(reader), saying(SECRET)

    assert forget().counts == {"activities": 1}

    assert naming(reader) == named - {"activities_surveyvoter"}
    assert saying(SECRET) == said


def test_voter_of_an_open_survey_stays_so_that_nobody_answers_twice():
    survey = rows.Survey.objects.create(name="问卷", opens_on=OLD, closes_on=NOW.date())
    rows.SurveyVoter.objects.create(survey=survey, reader=make_reader())

    assert forget() is None


def test_rows_stay_for_the_count_but_those_that_only_say_who_wanted():
    tell_everything(make_reader(), OLD)
    before = numbers()

    forget()

    after = numbers()
    gone = {table: before[table] - after[table] for table in before if before[table] != after[table]}
    gone_with_files = {"activities_entryfile": 1, "activities_notefile": 1}
    files = {"activities_storedfile": 2, "activities_filebytes": 2, **gone_with_files}
    assert gone == {"activities_backer": 1, "activities_surveyvoter": 1, **files}
    assert rows.Attempt.objects.get().points == 8
    assert rows.ReadingNote.objects.get().school_class is not None
    assert rows.SurveyAnswer.objects.get().answers.popitem()[1] == 5


def test_line_that_was_not_awarded_goes():
    reader = make_reader()
    tell_everything(reader, OLD)
    kept = rows.AwardProposal.objects.get()
    other = rows.AwardProposal.objects.create(run=kept.run, reader=make_reader(), is_proposed=False, is_kept=False)
    young = rows.AwardRun.objects.create(rule=kept.run.rule, semester=semester_after(kept.run), proposed_at=NOW)
    rows.AwardProposal.objects.create(run=young, reader=reader, is_proposed=False, is_kept=False)

    forget()

    assert set(rows.AwardProposal.objects.values_list("run", "is_kept")) == {(kept.run_id, True), (young.pk, False)}
    assert not rows.AwardProposal.objects.filter(pk=other.pk).exists()


def test_forgotten_message_is_shown_to_nobody():
    tell_everything(make_reader(), OLD)

    forget()

    message = rows.Message.objects.get()
    assert (message.state, message.text, message.reply) == ("hidden", "—", "")


def test_books_still_adrift_keep_who_brought_them():
    tell_everything(make_reader(), OLD)
    rows.DriftBook.objects.update(state="drifting", until=None)

    forget()

    assert rows.DriftBook.objects.exclude(brought_by=None).exists()


def test_every_table_that_names_a_reader_is_forgotten():
    """A new column with a reader needs its line in `activities/operations/retention.py`."""
    known = {(told.table, told.reader) for told in TOLD} | {("activities_activity", "responsible_id")}
    named = {
        (model._meta.db_table, field.attname)
        for model in models()
        for field in model._meta.local_fields
        if field.related_model is Reader
    }
    assert named <= known
    assert {table for table, _reader in known} <= {model._meta.db_table for model in models()}


def test_factory_tells_of_every_table():
    reader = make_reader()
    tell_everything(reader, YOUNG)

    assert {told.table for told in TOLD} <= naming(reader)


def test_steps_count_each_table_once():
    assert len({(step.table, step.condition) for step in STEPS}) == len(STEPS)


def semester_after(run: rows.AwardRun) -> Any:
    return run.semester.school_year.semesters.exclude(pk=run.semester_id).get()


def test_figures_of_that_time_stay_what_they_were():
    tell_everything(make_reader(), OLD)
    period = Period(date(2021, 9, 1), date(2022, 7, 31), date(2022, 7, 31))
    before = reading_counts(period)

    forget()

    assert before.participants == before.notes == before.prizes == before.suggestions == 1
    assert reading_counts(period) == before
