"""Two people at the accounts at once."""

from functools import partial

import pytest

from library_site.models import Role, User
from readers.operations.accounts import change_account, open_account_of_reader
from tests.concurrency.test_desks import at_once
from tests.factories.desk import NOON
from tests.factories.readers import make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 20


def test_two_administrators_closing_each_other_leave_one():
    for _try in range(TRIES):
        User.objects.update(is_active=False)
        first, second = make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)
        close = [
            partial(change_account, account_id=other.pk, name="x", roles=other.roles, is_active=False, by=by, at=NOON)
            for by, other in ((first, second), (second, first))
        ]
        outcomes = at_once(*close)
        assert ["last_administrator"] in outcomes
        assert User.objects.filter(is_active=True).count() == 1


def test_two_librarians_opening_one_pupils_account_open_one():
    librarian = make_user(Role.LIBRARIAN)
    for _try in range(TRIES):
        reader = make_reader()
        act = partial(open_account_of_reader, reader_id=reader.pk, by=librarian, at=NOON)
        assert ["has_account"] in at_once(act, act)
        assert User.objects.filter(username=reader.number.lower()).count() == 1
