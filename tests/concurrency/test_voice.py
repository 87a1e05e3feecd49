"""What readers say, under real threads: one open suggestion per ISBN, whoever comes first."""

from functools import partial

import pytest

from activities.models import Backer, Suggestion
from tests.concurrency.test_desks import at_once
from tests.factories.readers import make_reader
from tests.factories.voice import ISBN, wish

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25


def test_four_suggesting_one_isbn_at_once_make_one_suggestion_that_three_back():
    for _round in range(ROUNDS):
        readers = [make_reader() for _number in range(4)]
        rows = at_once(*(partial(wish, reader, isbn=ISBN) for reader in readers))
        (only,) = Suggestion.objects.all()
        assert {row.pk for row in rows} == {only.pk}
        wanted = {only.reader_id, *Backer.objects.values_list("reader", flat=True)}
        assert wanted == {reader.pk for reader in readers}
        Backer.objects.all().delete()
        Suggestion.objects.all().delete()


def test_one_reader_suggesting_the_same_book_twice_at_once_counts_once():
    reader = make_reader()
    for _round in range(ROUNDS):
        at_once(*[partial(wish, reader, isbn=ISBN)] * 3)
        assert (Suggestion.objects.count(), Backer.objects.count()) == (1, 0)
        Suggestion.objects.all().delete()
