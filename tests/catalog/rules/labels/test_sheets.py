"""Which label comes to which place."""

import pytest

from catalog.models import LabelStock
from catalog.rules.labels.drawing import Contents, Style
from catalog.rules.labels.sheets import Places, per_part, problems_by_text, sheets_of
from tests.catalog.rules.labels.test_paper import paper


def numbers(sheets):
    return [[label.contents.barcode for label in sheet.labels] for sheet in sheets]


def test_places_begin_with_the_free_ones():
    places = Places(3, blank=2)

    assert len(places) == 5
    assert places[0:4] == [None, None, 0, 1]
    assert (places[1], places[4]) == (None, 2)
    assert len(Places(0, blank=5)) == 0


def test_sheets_fill_row_by_row_from_the_first_whole_label():
    four = paper(columns=2, rows=2)
    places = [None, *(Contents(f"{number:04d}") for number in range(4))]
    sheets = sheets_of(places, four, Style(kind="barcode"))

    assert numbers(sheets) == [["0000", "0001", "0002"], ["0003"]]
    assert (sheets[0].labels[0].box.x, sheets[0].labels[0].box.y) == (70, 0)
    assert (sheets[1].labels[0].box.x, sheets[1].labels[0].box.y) == (0, 0)


@pytest.mark.parametrize(("columns", "rows", "count"), [(3, 8, 480), (1, 1, 480), (5, 13, 455), (10, 40, 400)])
def test_parts_are_whole_sheets(columns, rows, count):
    assert per_part(LabelStock(columns=columns, rows=rows)) == count


def test_missing_barcodes_are_told_by_reason():
    places = [Contents("图书1"), Contents("0001"), Contents("图书2")]
    found = problems_by_text(sheets_of(places, paper(), Style(kind="barcode")))

    assert list(found.values()) == [["图书1", "图书2"]]
