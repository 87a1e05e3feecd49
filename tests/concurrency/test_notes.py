"""Notes under real threads: what is sent twice is one, whoever is faster."""

from datetime import date
from functools import partial
from uuid import uuid4

import pytest

from activities.models import Consent, ReadingNote
from activities.operations.cards import Card, enter_card
from activities.operations.consents import record_consents
from activities.operations.notes import Written, save_draft, writer_on
from tests.concurrency.test_desks import at_once
from tests.factories.notes import AT
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 11, 16)


@pytest.fixture
def teacher():
    make_school()
    make_school_year()
    return make_user("teacher")


def test_card_sent_by_two_threads_at_once_is_one_card(teacher):
    pupil = make_reader(school_class=make_class())
    for _round in range(10):
        enter = partial(
            enter_card, key=uuid4(), class_id=make_class().pk, card=Card(pupil.pk, DAY, mark="优"), today=DAY,
            by=teacher, at=AT,
        )  # fmt: skip
        first, second = at_once(enter, enter)
        assert first.pk == second.pk
    assert ReadingNote.objects.count() == 10


def test_draft_saved_by_two_windows_at_once_is_one_draft(teacher):
    pupil = make_reader(school_class=make_class())
    writer = writer_on(pupil, DAY)
    for _round in range(10):
        key = uuid4()
        acts = [
            partial(save_draft, key=key, writer=writer, written=Written("note", DAY, text=text), by=teacher, at=AT)
            for text in ("一", "二")
        ]
        first, second = at_once(*acts)
        assert first.pk == second.pk
    assert ReadingNote.objects.count() == 10


def test_same_paper_entered_by_two_people_at_once_is_one_consent(teacher):
    for _round in range(10):
        pupil = make_reader(school_class=make_class())
        record = partial(
            record_consents, given=[(pupil.pk, "works")], withdrawn=[], given_on=DAY, today=DAY, by=teacher
        )
        at_once(record, record)
        assert Consent.objects.filter(reader=pupil).count() == 1
