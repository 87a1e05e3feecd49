from dataclasses import replace
from datetime import timedelta

import pytest

from circulation.operations.undo import undo_last
from circulation.queries.helper_acts import acts_of
from tests.factories.catalog import make_copy
from tests.factories.desk import NOON, lend, make_scan, take_back
from tests.factories.readers import make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
DAY = NOON.date()


@pytest.fixture
def helper(library):
    return make_reader(account=make_user("helper"))


def test_lending_and_taking_back_count_for_who_did_it(library, helper):
    reader, copy = make_reader(school_class=library.school_class), make_copy()
    lend(copy, reader, helper.account)
    take_back(copy, helper.account)
    lend(copy, reader, library.librarian, NOON + timedelta(days=2))

    assert acts_of([helper, reader], DAY, DAY + timedelta(days=30)) == {helper.pk: 2}


def test_who_was_on_duty_counts_before_the_account_of_the_desk(library, helper):
    """Pupils share the desk's account; the one who had signed in by card did it."""
    on_duty = make_reader()
    scan = replace(make_scan(), on_duty=on_duty.pk)
    lend(make_copy(), make_reader(school_class=library.school_class), helper.account, scan=scan)
    assert acts_of([helper, on_duty], DAY, DAY) == {on_duty.pk: 1}


def test_days_outside_do_not_count(library, helper):
    lend(make_copy(), make_reader(school_class=library.school_class), helper.account)
    assert acts_of([helper], DAY, DAY) == {helper.pk: 1}
    assert acts_of([helper], DAY + timedelta(days=1), DAY + timedelta(days=9)) == {}


def test_what_was_undone_does_not_count(library, helper):
    lend(make_copy(), make_reader(school_class=library.school_class), helper.account)
    undo_last(desk="desk1", by=library.librarian, at=NOON + timedelta(minutes=1))
    assert acts_of([helper], DAY, DAY) == {}
