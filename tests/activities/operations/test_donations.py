"""Gifts of books."""

from datetime import date

import pytest

from activities.models import DonatedBook, Donation
from activities.operations.donations import (
    add_book,
    decide,
    drop_book,
    drop_donation,
    hand_over,
    save_donation,
    take_all,
    thank,
)  # fmt: skip
from activities.queries.donations import Asked, donations, gift_lines, totals
from catalog.models import Batch
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.catalog import make_title
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 12)
ISBN = "9787020024759"


def make_donation(**values):
    empty = {"activity_id": None, "donor": "", "reader_id": None, "school_class_id": None, "on": TODAY, "note": ""}
    return save_donation(values=empty | (values or {"donor": "家长委员会"}))


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def handed_over(*gifts):
    return hand_over(donation_ids=[gift.pk for gift in gifts], supplier="家长委员会", on=TODAY, by=make_user())


def test_gift_of_nobody_is_refused():
    with pytest.raises(Refused) as refusal:
        make_donation(note="x")
    assert codes(refusal) == ["donation_of_nobody"]


def test_book_is_known_by_its_isbn_or_its_title():
    held, gift = make_title("呐喊", isbn=ISBN), make_donation()

    scanned = add_book(donation_id=gift.pk, words="978-7-02-002475-9")
    typed = add_book(donation_id=gift.pk, words="朝花夕拾")

    assert (scanned.title, scanned.name, scanned.isbn) == (held, "呐喊", ISBN)
    assert (typed.title, typed.name, typed.isbn) == (None, "朝花夕拾", "")


def test_same_book_again_counts_one_more():
    gift = make_donation()
    add_book(donation_id=gift.pk, words="朝花夕拾")
    assert add_book(donation_id=gift.pk, words="朝花夕拾", copies=3).copies == 4
    assert gift.books.count() == 1


def test_isbn_that_nobody_knows_needs_the_title():
    gift = make_donation()
    with pytest.raises(Refused) as refusal:
        add_book(donation_id=gift.pk, words=ISBN)
    assert codes(refusal) == ["donated_book_unknown"]
    assert add_book(donation_id=gift.pk, words=ISBN, name="呐喊").name == "呐喊"


def test_book_that_is_not_taken_needs_a_reason():
    book = add_book(donation_id=make_donation().pk, words="旧教辅")
    with pytest.raises(Refused) as refusal:
        decide(book_id=book.pk, fate="refused")
    assert codes(refusal) == ["refused_why"]
    assert decide(book_id=book.pk, fate="refused", reason="内容过时").fate == "refused"


def test_gifts_are_handed_over_as_one_batch_and_then_stay():
    first, second = make_donation(), make_donation(donor="新华书店")
    add_book(donation_id=first.pk, words="呐喊", copies=2)
    refused = add_book(donation_id=second.pk, words="旧教辅", copies=7)
    decide(book_id=refused.pk, fate="refused", reason="内容过时")

    batch = handed_over(first, second)

    assert (batch.received_on, batch.supplier) == (TODAY, "家长委员会")
    assert set(Donation.objects.values_list("batch", flat=True)) == {batch.pk}
    assert DonatedBook.objects.get(name="呐喊").fate == "taken"
    with pytest.raises(Refused) as refusal:
        handed_over(first)
    assert codes(refusal) == ["donation_handed_over"]
    with pytest.raises(Refused):
        add_book(donation_id=first.pk, words="彷徨")
    with pytest.raises(Refused):
        drop_book(book_id=refused.pk)


def test_two_batches_of_one_day_have_two_names():
    names = []
    for _number in range(2):
        gift = make_donation()
        add_book(donation_id=gift.pk, words="呐喊")
        names.append(handed_over(gift).name)
    assert len(set(names)) == 2


def test_nothing_taken_makes_no_batch():
    gift = make_donation()
    with pytest.raises(Refused) as refusal:
        handed_over(gift)
    assert codes(refusal) == ["donation_nothing_taken"]
    assert not Batch.objects.exists()


def test_gift_entered_by_mistake_goes_once_its_books_are_out():
    gift = make_donation()
    book = add_book(donation_id=gift.pk, words="呐喊")
    with pytest.raises(Refused):
        drop_donation(donation_id=gift.pk)
    drop_book(book_id=book.pk)
    with pytest.raises(Refused) as refusal:
        drop_book(book_id=book.pk)
    assert codes(refusal) == ["donated_book_gone"]
    drop_donation(donation_id=gift.pk)
    assert not Donation.objects.exists()


def test_all_that_wait_are_taken_in_and_what_was_decided_stays():
    gift = make_donation()
    add_book(donation_id=gift.pk, words="呐喊")
    corner = add_book(donation_id=gift.pk, words="彷徨")
    decide(book_id=corner.pk, fate="corner")
    assert take_all(donation_id=gift.pk) == 1
    assert sorted(gift.books.values_list("fate", flat=True)) == ["corner", "taken"]


def test_first_day_of_thanks_stays():
    gift = make_donation()
    assert thank(donation_ids=[gift.pk], on=TODAY) == 1
    assert thank(donation_ids=[gift.pk], on=date(2026, 11, 1)) == 0
    gift.refresh_from_db()
    assert gift.thanked_on == TODAY


def test_gifts_are_counted_by_the_class_of_the_day_without_what_was_refused():
    make_school_year(2026)
    school_class = make_class(2024, 1)
    pupil = make_reader("张三丰", school_class=school_class)
    gifts = [
        make_donation(reader_id=pupil.pk, school_class_id=school_class.pk),
        make_donation(school_class_id=school_class.pk),
        make_donation(),
    ]
    for number, gift in enumerate(gifts, start=1):
        add_book(donation_id=gift.pk, words="呐喊", copies=number)
    refused = add_book(donation_id=gifts[2].pk, words="旧教辅", copies=9)
    decide(book_id=refused.pk, fate="refused", reason="内容过时")

    rows = totals(Asked(), current_reference(), TODAY)

    assert [(row.name, row.gifts, row.copies) for row in rows] == [("三(1)班", 2, 3), ("", 1, 3)]
    lines = gift_lines(list(donations(Asked(last=TODAY))), current_reference())
    assert [line.giver for line in lines] == ["家长委员会", "三(1)班", "三(1)班 张三丰"]
    assert not donations(Asked(first=date(2026, 10, 13))).exists()
