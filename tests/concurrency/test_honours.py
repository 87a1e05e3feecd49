"""Honours granted at once: real threads on real rows."""

from functools import partial

import pytest

from activities.models import Honour
from activities.operations.honours import revoke_honour
from tests.concurrency.test_desks import at_once
from tests.factories.honours import NOW, make_honour

pytestmark = pytest.mark.django_db(transaction=True)


def test_certificates_numbered_at_once_are_without_gap_or_double():
    at_once(*[make_honour] * 20)
    assert sorted(Honour.objects.values_list("number", flat=True)) == [f"2026-{number:04d}" for number in range(1, 21)]


def test_of_two_who_take_an_honour_back_the_second_is_told():
    for _try in range(10):
        honour = make_honour()
        revoke = partial(revoke_honour, honour_id=honour.pk, by=None, at=NOW)
        results = at_once(partial(revoke, reason="一"), partial(revoke, reason="二"))
        assert [result for result in results if not isinstance(result, Honour)] == [["revoked"]]
