import pytest
from django.utils import timezone

from catalog.models import FormerBarcode
from catalog.operations.barcodes import change_barcode
from library_site.shared.problems import Refused
from readers.operations.cards import draw_card_numbers, give_card
from tests.factories.catalog import make_copy
from tests.factories.readers import make_reader
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def librarian():
    make_school()
    return make_user()


def former(copy):
    return list(FormerBarcode.objects.filter(copy=copy).values_list("barcode", flat=True))


def test_old_barcode_stays_the_copys_own_and_its_label_is_due(librarian):
    copy = make_copy("A1", barcode_label_at=timezone.now())

    change_barcode(copy_id=copy.pk, barcode="a2", reason="torn", by=librarian)

    copy.refresh_from_db()
    assert (copy.barcode, copy.accession_number, copy.barcode_label_at) == ("A2", "A1", None)
    assert former(copy) == ["A1"]
    assert FormerBarcode.objects.get().reason == "torn"


def test_barcode_may_come_back_to_its_own_copy(librarian):
    copy = make_copy("A1")
    change_barcode(copy_id=copy.pk, barcode="A2", by=librarian)

    change_barcode(copy_id=copy.pk, barcode="A1", by=librarian)

    copy.refresh_from_db()
    assert copy.barcode == "A1"
    assert former(copy) == ["A2"]


def test_same_barcode_again_changes_nothing(librarian):
    copy = make_copy("A1")

    change_barcode(copy_id=copy.pk, barcode="A1", by=librarian)

    assert former(copy) == []


@pytest.mark.parametrize("number", ["A1", "A2", "C1", "9787544270878", ""])
def test_number_of_anything_else_is_refused(librarian, number):
    other = make_copy("A1")
    change_barcode(copy_id=other.pk, barcode="A2", by=librarian)
    make_reader(card="C1")
    copy = make_copy("A3")

    with pytest.raises(Refused):
        change_barcode(copy_id=copy.pk, barcode=number, by=librarian)

    copy.refresh_from_db()
    assert copy.barcode == "A3"


def test_old_barcode_becomes_no_card_number(librarian):
    from django.db import transaction

    copy = make_copy("80000001")
    change_barcode(copy_id=copy.pk, barcode="80000002", by=librarian)

    with transaction.atomic():
        assert draw_card_numbers(1) == ["80000003"]
    with pytest.raises(Refused) as refused:
        give_card(reader_id=make_reader().pk, barcode="80000001", by=librarian, on=timezone.localdate())
    assert [problem.code for problem in refused.value.problems] == ["number_of_book"]
