"""Where labels lie on their paper."""

import csv
from decimal import Decimal

import pytest

from catalog.models import LabelStock
from catalog.operations.label_stock import USUAL
from catalog.rules.labels.paper import Box, boxes, drawing_size, page_rule, problems_of


def paper(**values):
    usual = {"page_width": 210, "page_height": 297, "columns": 3, "rows": 8, "label_width": 70, "label_height": 37}
    given = {name: Decimal(str(value)) for name, value in {**usual, **values}.items()}
    return LabelStock(**{**given, "columns": int(given["columns"]), "rows": int(given["rows"])})


def test_labels_lie_row_by_row_with_margins_and_gaps():
    places = boxes(paper(columns=2, rows=2, label_width=99.1, label_height=38.1, left=4.65, top=15.15, gap_across=2.5))

    assert places == [
        Box(4.65, 15.15, 99.1, 38.1),
        Box(106.25, 15.15, 99.1, 38.1),
        Box(4.65, 53.25, 99.1, 38.1),
        Box(106.25, 53.25, 99.1, 38.1),
    ]


def test_all_labels_move_by_what_the_printer_is_off():
    moved = boxes(paper(left=1, top=1, nudge_right=0.5, nudge_down=-1.2))

    assert (moved[0].x, moved[0].y, moved[-1].x, moved[-1].y) == (1.5, -0.2, 141.5, 258.8)


def test_page_has_the_size_of_the_paper_and_its_drawing_a_hair_less():
    roll = paper(page_width=50, page_height=30.5)

    assert page_rule(roll) == "@page { size: 50mm 30.5mm; margin: 0; }\n"
    assert drawing_size(roll) == (49.8, 30.3)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"columns": 4}, "columns"),
        ({"gap_across": 0.1}, "columns"),
        ({"rows": 9}, "rows"),
        ({"top": 1.1}, "rows"),
    ],
)
def test_labels_that_run_over_the_page_are_a_problem(values, field):
    found = problems_of(paper(**values))

    assert [problem.field for problem in found] == [field]


def test_packets_that_add_up_to_a_hair_more_are_none():
    assert problems_of(paper(label_width=70.01, top=1)) == []


def test_usual_papers_fit_their_pages():
    with USUAL.open(encoding="utf-8", newline="") as file:
        rows = [
            {name: value for name, value in row.items() if name not in {"name", "feed"}} for row in csv.DictReader(file)
        ]

    assert len(rows) >= 10
    assert [problems_of(paper(**row)) for row in rows] == [[]] * len(rows)
