"""Labels said to be printed and taken back, also where several people do so at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from catalog.models import Copy, LabelPrinting, Title
from catalog.operations.labels import CHANGED, NOTHING, UNDONE, mark_printed, undo_printed
from catalog.queries.labels import state_of
from library_site.shared.problems import Refused
from tests.factories.catalog import make_copy, make_title
from tests.factories.site import make_user

NOW = timezone.now().replace(microsecond=123456)
pytestmark = pytest.mark.django_db(transaction=True)


def dates(copy):
    row = Copy.objects.get(pk=copy.pk)
    return row.barcode_label_at, row.spine_label_at


def mark(*copies, kind="both", at=NOW, **given):
    return mark_printed(kind=kind, copy_ids=[copy.pk for copy in copies], by=make_user(), at=at, **given)


def undo(printing):
    return undo_printed(printing_id=printing.pk, by=make_user(), at=NOW + timedelta(hours=1))


@pytest.mark.parametrize(("kind", "expected"), [("barcode", (NOW, None)), ("spine", (None, NOW)), ("both", (NOW, NOW))])
def test_mark_notes_what_was_printed_and_undo_takes_it_back(kind, expected):
    copy, other = make_copy(), make_copy()
    printing = mark(copy, kind=kind)

    assert dates(copy) == expected
    assert dates(other) == (None, None)
    assert undo(printing).undone_at == NOW + timedelta(hours=1)
    assert dates(copy) == (None, None)


def test_undo_gives_back_when_a_label_was_printed_before():
    copy = make_copy()
    mark(copy, at=NOW - timedelta(days=2))
    undo(mark(copy))

    assert dates(copy) == (NOW - timedelta(days=2),) * 2


def test_undo_leaves_labels_that_were_printed_again_since():
    copy = make_copy()
    first = mark(copy, at=NOW - timedelta(days=2))
    mark(copy, kind="barcode")
    undo(first)

    assert dates(copy) == (NOW, None)


def test_undo_does_not_bring_back_a_printing_that_was_taken_back():
    copy = make_copy()
    printings = [mark(copy, at=NOW - timedelta(days=days)) for days in (3, 2, 1)]
    for printing in printings:
        undo(printing)

    assert dates(copy) == (None, None)


def test_undo_leaves_due_what_has_changed_since():
    copy = make_copy(barcode_label_at=NOW - timedelta(days=9))
    printing = mark(copy, kind="barcode")
    Copy.objects.filter(pk=copy.pk).update(barcode="NEW1")
    undo(printing)

    assert dates(copy) == (None, None)


def test_undo_twice_is_refused():
    printing = mark(make_copy())
    undo(printing)
    with pytest.raises(Refused) as refused:
        undo(printing)

    assert refused.value.problems == [UNDONE]


def test_mark_keeps_the_order_of_the_labels():
    copies = [make_copy(barcode) for barcode in ("0003", "0001", "0002")]

    assert [row[0] for row in mark(*copies).copies] == [copy.pk for copy in copies]


def test_mark_without_copies_is_refused():
    with pytest.raises(Refused) as refused:
        mark_printed(kind="barcode", copy_ids=[999_999], by=make_user(), at=NOW)

    assert refused.value.problems == [NOTHING]
    assert not LabelPrinting.objects.exists()


@pytest.mark.parametrize("change", ["barcode", "volume", "clc_number", "book_number"])
def test_mark_is_refused_where_a_label_says_something_else_by_now(change):
    copy = make_copy(title=make_title(clc_number="I287", book_number="1"))
    state = state_of([copy.pk])
    rows = Copy if change in {"barcode", "volume"} else Title
    rows.objects.update(**{change: "I9"})
    with pytest.raises(Refused) as refused:
        mark(copy, state=state)

    assert refused.value.problems == [CHANGED]
    assert dates(copy) == (None, None)


def test_marks_from_two_desks_in_opposite_order_both_end():
    copies = [make_copy() for _number in range(60)]
    users, done, barrier = [make_user(), make_user()], [], threading.Barrier(2)

    def work(user, rows):
        barrier.wait()
        try:
            mark_printed(kind="both", copy_ids=[copy.pk for copy in rows], by=user, at=NOW)
            done.append(user)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=work, args=pair) for pair in zip(users, (copies, list(reversed(copies))), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(user.pk for user in done) == sorted(user.pk for user in users)
    assert Copy.objects.filter(barcode_label_at=NOW).count() == 60


def test_title_reclassed_while_its_labels_are_marked_ends_up_due():
    """Whoever is second waits; the label on paper says the old number either way."""
    copy = make_copy(title=make_title(clc_number="I287", book_number="1"))
    user, state, barrier, told = make_user(), state_of([copy.pk]), threading.Barrier(2), []

    def work():
        barrier.wait()
        try:
            mark_printed(kind="spine", copy_ids=[copy.pk], state=state, by=user, at=NOW)
        except Refused as refusal:
            told.append(refusal.problems)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    barrier.wait()
    Title.objects.filter(pk=copy.title_id).update(clc_number="I288")
    thread.join()

    assert told in ([], [[CHANGED]])
    assert dates(copy) == (None, None)
