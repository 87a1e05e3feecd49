"""Merging while others work on the same titles: nothing falls on a title that is gone, nothing is lost."""

from functools import partial

import pytest

from catalog.models import Copy, FormerTitle, Title
from catalog.operations.copies import add_copies
from catalog.operations.merging import delete_title, merge_titles
from catalog.operations.titles import change_title
from tests.concurrency.test_desks import at_once
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 20


@pytest.fixture
def librarian():
    make_school()
    return make_user()


def merge(stays, goes, by):
    return partial(merge_titles, stays_id=stays.pk, goes_id=goes.pk, by=by)


def test_correction_and_merge_of_one_title_at_once_lose_nothing(librarian):
    outcomes = set()
    for _try in range(TRIES):
        stays, goes = make_title(), make_title()
        correct = partial(change_title, title_id=goes.pk, values={"publisher": "甲社"}, by=librarian)

        _merged, corrected = at_once(merge(stays, goes, librarian), correct)

        # Either it came first and the merge took it along, or it is told that the title became another.
        taken_along = Title.objects.get(pk=stays.pk).publisher == "甲社"
        assert taken_along if isinstance(corrected, Title) else corrected == ["title_merged"]
        outcomes.add(taken_along)
    assert outcomes


def test_merges_of_two_titles_both_ways_at_once_leave_one(librarian):
    for _try in range(TRIES):
        one, other = make_title(), make_title()
        make_copy(title=one)
        make_copy(title=other)

        outcomes = at_once(merge(one, other, librarian), merge(other, one, librarian))

        assert outcomes.count(["title_merged"]) == 1
        left = Title.objects.get(pk__in=[one.pk, other.pk])
        assert Copy.objects.filter(title=left).count() == 2


def test_chain_of_merges_at_once_leads_every_old_address_to_what_is_left(librarian):
    for _try in range(TRIES):
        a, b, c = make_title(), make_title(), make_title()

        at_once(merge(a, b, librarian), merge(b, c, librarian))

        left = set(Title.objects.filter(pk__in=[a.pk, b.pk, c.pk]).values_list("pk", flat=True))
        gone = {a.pk, b.pk, c.pk} - left
        assert {
            row.number: row.title_id in left for row in FormerTitle.objects.filter(number__in=gone)
        } == dict.fromkeys(gone, True)


def test_title_taken_away_while_it_is_merged_leaves_nothing_hanging(librarian):
    for _try in range(TRIES):
        stays, goes = make_title(), make_title()
        copy = make_copy(title=goes)

        merged, taken_away = at_once(
            merge(stays, goes, librarian), partial(delete_title, title_id=stays.pk, by=librarian)
        )

        copy.refresh_from_db()
        assert Title.objects.filter(pk=copy.title_id).exists()
        assert (merged == ["title_gone"]) == (taken_away is None)


def test_copies_added_while_a_title_is_merged_are_refused_or_moved(librarian):
    location = make_location()
    for _try in range(TRIES):
        stays, goes = make_title(), make_title()
        add = partial(add_copies, title_id=goes.pk, barcodes=None, count=1, location_id=location.pk, by=librarian)

        _merged, added = at_once(merge(stays, goes, librarian), add)

        assert added == ["title_merged"] or Copy.objects.get(pk=added[0].pk).title_id == stays.pk
