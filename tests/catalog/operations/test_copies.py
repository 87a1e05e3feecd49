from decimal import Decimal

import pytest

from catalog.models import Batch, Copy
from catalog.operations.barcodes import change_barcode
from catalog.operations.copies import add_copies, change_copy, delete_copy, move_copies
from library_site.models import Role
from library_site.shared.problems import Refused
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import lend
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def librarian():
    make_school()
    return make_user()


def enter(title, by, barcodes=None, count=1, **fields):
    fields.setdefault("location_id", make_location().pk)
    return add_copies(title_id=title.pk, barcodes=barcodes, count=count, by=by, **fields)


def refusal(act, **fields):
    with pytest.raises(Refused) as refused:
        act(**fields)
    return [problem.code for problem in refused.value.problems]


def test_copies_get_the_numbers_given_as_barcode_and_accession_number(librarian):
    copies = enter(make_title(), librarian, ["a0099", "A0100"], count=2)

    assert [(copy.barcode, copy.accession_number) for copy in copies] == [("A0099", "A0099"), ("A0100", "A0100")]


def test_copies_without_numbers_get_the_next_ones_that_nothing_bears_or_bore(librarian):
    make_copy("00000001")
    old = make_copy("00000002")
    change_barcode(copy_id=old.pk, barcode="00000003", by=librarian)
    make_reader(card="00000004")

    copies = enter(make_title(), librarian, count=2)

    assert [copy.barcode for copy in copies] == ["00000005", "00000006"]


def test_range_with_taken_numbers_is_refused_whole_and_names_each(librarian):
    make_copy("A0002", title=make_title("夏洛的网"))
    replaced = make_copy("A0003", accession_number="L3")
    change_barcode(copy_id=replaced.pk, barcode="B0003", by=librarian)
    make_reader(card="A0004")
    make_copy("B0005", accession_number="A0005")
    before = Copy.objects.count()

    with pytest.raises(Refused) as refused:
        enter(make_title(), librarian, ["A0001", "A0002", "A0003", "A0004", "A0005"], count=5)

    assert [problem.code for problem in refused.value.problems] == ["number_taken"] * 4
    assert "夏洛的网" in refused.value.problems[0].message
    assert Copy.objects.count() == before


def test_number_in_small_letters_is_the_same_number(librarian):
    make_copy("a0001")

    assert refusal(enter, title=make_title(), by=librarian, barcodes=["A0001"]) == ["number_taken"]


def test_sets_get_their_volumes_and_each_volume_its_share_of_the_price(librarian):
    copies = enter(make_title(), librarian, count=2, volumes=["1", "2", "3"], price=Decimal("10.00"))

    assert [copy.volume for copy in copies] == ["1", "2", "3"] * 2
    assert [copy.price for copy in copies] == [Decimal("3.33"), Decimal("3.33"), Decimal("3.34")] * 2


@pytest.mark.parametrize("count", [0, 501])
def test_senseless_count_is_refused(librarian, count):
    assert refusal(enter, title=make_title(), by=librarian, count=count) == ["too_many"]


def test_count_and_numbers_must_fit(librarian):
    assert refusal(enter, title=make_title(), by=librarian, barcodes=["A1"], count=2) == ["count_differs"]


def test_changed_copy_says_what_changed_and_its_spine_label_is_due_where_the_volume_is_another(librarian):
    copy = make_copy(volume="1", price=Decimal(5), spine_label_at="2026-01-01T00:00Z")

    changes = change_copy(copy_id=copy.pk, values={"volume": "2", "price": Decimal(5)}, by=librarian)

    copy.refresh_from_db()
    assert changes == {"volume": ("1", "2")}
    assert copy.spine_label_at is None


def test_accession_number_of_another_copy_is_refused(librarian):
    make_copy("A1", accession_number="L1")
    copy = make_copy("A2", accession_number="L2")

    assert refusal(change_copy, copy_id=copy.pk, values={"accession_number": "L1"}, by=librarian) == ["number_taken"]


def test_move_counts_only_what_was_elsewhere(librarian):
    there, batch = make_location("三楼"), Batch.objects.create(name="2026-1")
    copies = [make_copy(), make_copy(location=there, batch=batch), make_copy(location=there)]

    moved = move_copies(copy_ids=[copy.pk for copy in copies], location_id=there.pk, batch_id=batch.pk, by=librarian)

    assert moved == 2
    assert Copy.objects.filter(location=there, batch=batch).count() == 3


def test_move_to_nowhere_is_refused(librarian):
    assert refusal(move_copies, copy_ids=[make_copy().pk], by=librarian) == ["nothing_chosen"]


def test_copy_without_history_is_deleted(librarian):
    copy = make_copy()

    delete_copy(copy_id=copy.pk, by=librarian)

    assert not Copy.objects.filter(pk=copy.pk).exists()


def test_copy_that_was_lent_is_not_deleted(librarian):
    make_school_year(2026)
    make_opening_hours()
    make_policy("student")
    copy = make_copy()
    lend(copy, make_reader(), make_user(Role.LIBRARIAN))

    assert refusal(delete_copy, copy_id=copy.pk, by=librarian) == ["has_history"]
    assert Copy.objects.filter(pk=copy.pk).exists()


def test_copy_with_an_old_barcode_is_not_deleted(librarian):
    copy = make_copy("A1")
    change_barcode(copy_id=copy.pk, barcode="A2", by=librarian)

    assert refusal(delete_copy, copy_id=copy.pk, by=librarian) == ["has_history"]
