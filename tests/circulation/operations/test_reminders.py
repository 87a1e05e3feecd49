"""Noting reminders: once a day and kind, never for a book that is back."""

from datetime import timedelta

import pytest

from circulation.models import Reminder
from circulation.operations.reminders import remind
from tests.factories.circulation import make_loan
from tests.factories.desk import NOON
from tests.factories.readers import make_reader

LATE = {"lent_at": NOON - timedelta(days=30), "due_on": NOON.date() - timedelta(days=2)}


def test_remind_notes_who_when_and_how(library):
    loan = make_loan(**LATE)
    assert remind(loan_ids=[loan.pk], kind="slip", by=library.librarian, at=NOON) == [loan.pk]

    noted = Reminder.objects.get()
    assert (noted.loan, noted.kind, noted.at, noted.by) == (loan, "slip", NOON, library.librarian)


@pytest.mark.cases("OV-4")
def test_remind_counts_once_a_day_and_kind(library):
    loan = make_loan(**LATE)
    for at in (NOON, NOON + timedelta(hours=3), NOON + timedelta(days=1)):
        remind(loan_ids=[loan.pk], kind="slip", by=library.librarian, at=at)
    remind(loan_ids=[loan.pk], kind="chat", by=library.librarian, at=NOON)
    assert Reminder.objects.count() == 3


@pytest.mark.cases("OV-2")
def test_remind_leaves_out_what_is_back_undone_or_not_yet_due(library):
    reader = make_reader()
    loans = [
        make_loan(reader=reader, **LATE, returned_at=NOON),
        make_loan(reader=reader, **LATE, voided_at=NOON),
        make_loan(reader=reader, lent_at=NOON, due_on=NOON.date()),
    ]
    assert remind(loan_ids=[loan.pk for loan in loans], kind="slip", by=library.librarian, at=NOON) == []


def test_remind_for_the_recall_takes_what_is_not_due_yet(library):
    loan = make_loan(lent_at=NOON, due_on=NOON.date() + timedelta(days=9))
    told = remind(loan_ids=[loan.pk], kind="slip", by=library.librarian, at=NOON, overdue_only=False)
    assert told == [loan.pk]
