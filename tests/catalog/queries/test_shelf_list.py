from decimal import Decimal

import pytest
from django.db import connection

from catalog.models import Title
from catalog.models.shelf_order import key_of_clc
from catalog.queries.shelf_list import Stretch, accessioned, in_shelf_order, shelf_at, totals
from tests.factories.catalog import make_copy, make_location, make_title

pytestmark = pytest.mark.django_db


def stand(*numbers, location=None):
    for number in numbers:
        make_copy(title=make_title(number or "未分", clc_number=number, book_number="1"), location=location)


def along(**stretch):
    return [copy.title.clc_number for copy in in_shelf_order(Stretch(**stretch))]


@pytest.mark.parametrize("number", ["I287.45", "TP391-49", "K837.125.76", "D920.5(2)", "I287.45=2", "J2/3", "", "[G4]"])
def test_key_made_here_is_that_of_the_database(number):
    title = make_title(clc_number=number)

    with connection.cursor() as cursor:
        cursor.execute("SELECT shelf_key FROM catalog_title WHERE id = %s", [title.pk])
        (key,) = cursor.fetchone()

    assert key.startswith(key_of_clc(number) + " ")
    assert Title.objects.filter(pk=title.pk, shelf_key__gte=key_of_clc(number)).exists()


def test_copies_come_as_they_stand():
    stand("I25", "", "I247.5", "I24", "I24-49", "G634")

    assert along() == ["G634", "I24", "I24-49", "I247.5", "I25", ""]


def test_volumes_and_barcodes_come_in_order_within_a_title():
    title = make_title(clc_number="I24", book_number="1")
    for barcode, volume in (("3", "下"), ("2", "上"), ("4", "下"), ("1", "中")):
        make_copy(barcode, title=title, volume=volume)

    assert [copy.barcode for copy in in_shelf_order(Stretch())] == ["2", "1", "3", "4"]


def test_stretch_takes_both_ends_with_all_below_them():
    stand("H1", "I2", "I247.5", "I3", "I313.4", "J2", "")

    assert along(first="I2", last="I3") == ["I2", "I247.5", "I3", "I313.4"]
    assert along(first="I3") == ["I3", "I313.4", "J2", ""]
    assert along(last="H") == ["H1"]


def test_stretch_keeps_to_its_place_and_to_what_is_held():
    room = make_location("绘本室")
    stand("I2", location=room)
    stand("I3")
    make_copy(title=make_title(clc_number="I2"), location=room, state="lost")

    assert along(location_id=room.pk) == ["I2"]


def test_accession_list_holds_written_off_copies_and_counts_what_they_cost():
    title = make_title(price=Decimal("20.00"))
    make_copy("0001", title=title, price=Decimal("18.50"))
    make_copy("0002", title=title, state="withdrawn")
    make_copy("0003", title=make_title(price=Decimal(100), volumes=4))
    make_copy("0010")

    copies = accessioned("0001", "0003")

    assert [copy.accession_number for copy in copies] == ["0001", "0002", "0003"]
    assert totals(copies) == {"copies": 3, "titles": 2, "price": Decimal("38.50")}


def test_accession_numbers_of_another_length_are_no_part_of_a_range():
    for number in ("0001", "00015", "0002"):
        make_copy(number)

    assert [copy.accession_number for copy in accessioned("0001", "0002")] == ["0001", "0002"]
    assert [copy.accession_number for copy in accessioned("", "")] == ["0001", "0002", "00015"]


@pytest.mark.parametrize(("key", "place"), [("A 1", -1), ("B", 0), ("C 5", 0), ("I 1", 1), ("Z 1", 1)])
def test_shelf_of_a_title_is_the_last_that_begins_before_it(key, place):
    assert shelf_at(["B", "I"], key) == place
