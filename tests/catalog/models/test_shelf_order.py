"""Books sort as they stand on the shelf: by the database, whatever its locale."""

import random

import pytest

from catalog.models import Copy, Location, Shelf, Title
from tests.factories.catalog import make_copy, make_title

pytestmark = pytest.mark.django_db

# In the order of the shelf; the source of each step stands in the domain's notes on call numbers.
SHELF = [
    ("B84", "1"),
    ("I247", "1"),
    ("I247-43", "1"),  # signs before digits
    ("I247.5", "2"),
    ("I247.5", "10"),  # the book number is a number
    ("I247.5", "10:2"),
    ("I247.5", "L9"),  # author numbers behind serial ones
    ("I247.5", "L12"),
    ("I25", "1"),  # the CLC number is a decimal string
    ("I287.45", "3"),
    ("K837.125", "1"),
    ("K837.125.76", "1"),
    ("T-61", "1"),
    ("TP391", "7"),
    ("", "1"),  # to be classified
]


def test_titles_sort_as_on_the_shelf():
    shuffled = random.Random(4).sample(SHELF, k=len(SHELF))
    for clc_number, book_number in shuffled:
        make_title(clc_number=clc_number, book_number=book_number)

    titles = Title.objects.order_by("shelf_key").values_list("clc_number", "book_number")

    assert list(titles) == SHELF


def test_dots_do_not_part_what_is_one_class():
    one, other = make_title(clc_number="I247.59"), make_title(clc_number="I24759")
    for title in (one, other):
        title.refresh_from_db()

    assert one.shelf_key == other.shelf_key


@pytest.mark.parametrize(
    "volumes",
    [["", "上", "中", "下"], ["", "1", "2", "10"], ["第一册", "第二册", "第九册"], ["v.2", "v.10"]],
)
def test_volumes_sort_as_they_are_read(volumes):
    title = make_title()
    for number, volume in enumerate(reversed(volumes)):
        make_copy(f"V{number}", title=title, volume=volume)

    assert list(Copy.objects.order_by("volume_key").values_list("volume", flat=True)) == volumes


def test_shelf_begins_in_the_same_order_as_its_titles():
    place = Location.objects.create(name="书库")
    for begins_with in ("I25", "B84", "I247.5"):
        Shelf.objects.create(location=place, name=begins_with, begins_with=begins_with)
    title = make_title(clc_number="I247.59", book_number="3")
    title.refresh_from_db()

    before = Shelf.objects.filter(begin_key__lte=title.shelf_key).order_by("-begin_key").first()

    assert before is not None and before.begins_with == "I247.5"
