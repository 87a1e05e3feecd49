"""Where labels lie on their paper, in millimetres from the page's top left corner."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from library_site.shared.problems import Problem

# Browsers round a page to their own units; a drawing as large as the page would run over into a second one.
TRIM = 0.2
TOO_WIDE = _("Labels and margins need %(needed)s mm across; the page has %(page)s mm.")
TOO_HIGH = _("Labels and margins need %(needed)s mm down; the page has %(page)s mm.")
_ROUNDING = 0.05  # sizes printed on packets add up to a little more than the page


class Paper(Protocol):
    """What `LabelStock` says of a kind of paper."""

    page_width: Decimal
    page_height: Decimal
    columns: int
    rows: int
    label_width: Decimal
    label_height: Decimal
    left: Decimal
    top: Decimal
    gap_across: Decimal
    gap_down: Decimal
    nudge_right: Decimal
    nudge_down: Decimal


@dataclass(frozen=True)
class Box:
    """A label's place and size."""

    x: float
    y: float
    width: float
    height: float


def boxes(paper: Paper) -> list[Box]:
    """The labels of one page, row by row from the top left, moved by what the printer is off."""
    left, top = float(paper.left + paper.nudge_right), float(paper.top + paper.nudge_down)
    width, height = float(paper.label_width), float(paper.label_height)
    across, down = width + float(paper.gap_across), height + float(paper.gap_down)
    return [
        Box(round(left + column * across, 3), round(top + row * down, 3), width, height)
        for row in range(paper.rows)
        for column in range(paper.columns)
    ]


def drawing_size(paper: Paper) -> tuple[float, float]:
    """Width and height of the drawing of one page: a hair less than the page."""
    return round(float(paper.page_width) - TRIM, 3), round(float(paper.page_height) - TRIM, 3)


def page_rule(paper: Paper) -> str:
    """The style sheet that gives a printed page this paper's size; sizes cannot be inline under our policy."""
    return f"@page {{ size: {float(paper.page_width):g}mm {float(paper.page_height):g}mm; margin: 0; }}\n"


def problems_of(paper: Paper) -> list[Problem]:
    """What is wrong with a description: labels that run over the page's edge."""
    across = _extent(paper.left, paper.columns, paper.label_width, paper.gap_across)
    down = _extent(paper.top, paper.rows, paper.label_height, paper.gap_down)
    sides = (("columns", across, paper.page_width, TOO_WIDE), ("rows", down, paper.page_height, TOO_HIGH))
    return [
        Problem("paper_too_small", text % {"needed": f"{needed:g}", "page": f"{float(page):g}"}, field=field)
        for field, needed, page, text in sides
        if needed > float(page) + _ROUNDING
    ]


def _extent(margin: Decimal, count: int, size: Decimal, gap: Decimal) -> float:
    return round(float(margin + count * size + (count - 1) * gap), 3)
