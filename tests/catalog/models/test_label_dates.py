"""A label is due again once what stands on it has changed, whoever changed it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Copy, Title
from tests.factories.catalog import make_copy, make_title

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy():
    at = timezone.now()
    title = make_title(clc_number="I287.45", book_number="12")
    return make_copy("00000001", title=title, barcode_label_at=at, spine_label_at=at)


def printed(copy):
    """(barcode label, spine label) as booleans."""
    row = Copy.objects.get(pk=copy.pk)
    return row.barcode_label_at is not None, row.spine_label_at is not None


def test_barcode_changed_makes_its_label_due(copy):
    copy.barcode = "00000002"
    copy.save()

    assert printed(copy) == (False, True)


def test_barcode_changed_by_scanning_the_new_label_leaves_nothing_due(copy):
    copy.barcode, copy.barcode_label_at = "00000002", timezone.now() + timedelta(seconds=1)
    copy.save()

    assert printed(copy) == (True, True)


def test_volume_changed_makes_the_spine_label_due(copy):
    Copy.objects.filter(pk=copy.pk).update(volume="2")

    assert printed(copy) == (True, False)


@pytest.mark.parametrize(("column", "value"), [("clc_number", "I287.7"), ("book_number", "13")])
def test_call_number_changed_makes_spine_labels_due(copy, column, value):
    other = make_copy(spine_label_at=timezone.now(), title=make_title(clc_number="K2", book_number="1"))
    Title.objects.filter(pk=copy.title_id).update(**{column: value})

    assert printed(copy) == (True, False)
    assert printed(other)[1]


def test_other_words_of_a_title_leave_its_labels(copy):
    Title.objects.update(name="别的书名", popularity=3)
    copy.note = "缺页"
    copy.save()

    assert printed(copy) == (True, True)


@pytest.mark.parametrize(("book_number", "still_printed"), [("12", True), ("3", False)])
def test_copy_moved_to_another_title_is_due_where_the_call_number_differs(copy, book_number, still_printed):
    copy.title = make_title(clc_number="I287.45", book_number=book_number)
    copy.save()

    assert printed(copy) == (True, still_printed)
