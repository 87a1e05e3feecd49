"""Pages of labels: which label comes to which place, and what is drawn there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from catalog.rules.labels.drawing import Contents, Drawing, Style, draw
from catalog.rules.labels.paper import Box, Paper, boxes, drawing_size

MOST_AT_ONCE = 480  # labels on one web page: browsers print that many in a breath


class FedPaper(Paper, Protocol):
    """Paper of which it is known how the printer takes it in."""

    feed: str


@dataclass(frozen=True)
class Label:
    """One label at its place."""

    box: Box
    contents: Contents
    drawing: Drawing


@dataclass(frozen=True)
class Sheet:
    """One page, `width` × `height` mm."""

    width: float
    height: float
    labels: list[Label] = field(default_factory=list)


def per_part(paper: Paper) -> int:
    """How many labels come at once: whole sheets, so that only the last sheet of all stays part empty."""
    on_sheet = paper.columns * paper.rows
    return max(1, MOST_AT_ONCE // on_sheet) * on_sheet


class Places(Sequence[int | None]):
    """The places of all labels, `blank` free ones first: numbers of labels from 0, None where nothing is printed."""

    def __init__(self, count: int, *, blank: int) -> None:
        self._count, self._blank = count, blank if count else 0

    def __len__(self) -> int:
        return self._count + self._blank

    def __getitem__(self, part):  # type: ignore[no-untyped-def]
        if isinstance(part, slice):
            return [self._at(place) for place in range(*part.indices(len(self)))]
        return self._at(part)

    def _at(self, place: int) -> int | None:
        return place - self._blank if place >= self._blank else None


def sheets_of(places: Iterable[Contents | None], paper: FedPaper, style: Style) -> list[Sheet]:
    """The pages of these places in order."""
    on_page, (width, height) = boxes(paper), drawing_size(paper)
    rest, sheets = iter(places), []
    while page := list(islice(rest, len(on_page))):
        labels = [
            Label(box, contents, draw(contents, style, box.width, box.height))
            for box, contents in zip(on_page, page, strict=False)
            if contents is not None
        ]
        sheets.append(Sheet(width, height, labels))
    return sheets


def problems_by_text(sheets: Iterable[Sheet]) -> dict[str, list[str]]:
    """Why barcodes are missing: {reason: barcodes}."""
    found: dict[str, list[str]] = {}
    for sheet in sheets:
        for label in sheet.labels:
            if label.drawing.problem:
                found.setdefault(str(label.drawing.problem), []).append(label.contents.barcode)
    return found
