"""What a written report is made of, the same for the page, for paper and for Word: sentences, tables, charts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import get_language

from library_site.shared.charts import Chart
from reports.rules.numbers import UNKNOWN, written

SHORT = 12  # rows

Words: TypeAlias = str | Promise
Cell: TypeAlias = str | Promise | int | float | Decimal | date | None


@dataclass(frozen=True)
class Sentence:
    """A paragraph."""

    shape: ClassVar[str] = "sentence"
    text: Words


@dataclass(frozen=True)
class Note:
    """Small print: a formula, a source, a date."""

    shape: ClassVar[str] = "note"
    text: Words


@dataclass(frozen=True)
class Heading:
    """A heading within a part."""

    shape: ClassVar[str] = "heading"
    text: Words


@dataclass(frozen=True)
class Grid:
    """A table. Columns of numbers stand to the right, and those that `right` names; `widths` are shares of the page.

    `total`: the last row is one.
    """

    shape: ClassVar[str] = "grid"
    heading: Sequence[Words]
    rows: Sequence[Sequence[Cell]]
    caption: Words = ""
    widths: Sequence[float] = ()
    total: bool = False
    right: frozenset[int] = frozenset()
    ident: str = ""  # the table's id in the page, for a chart that it stands for

    @property
    def is_short(self) -> bool:
        """Whether it fits any page: then it is not broken over two."""
        return len(self.rows) <= SHORT

    @property
    def number_columns(self) -> set[int]:
        numbers = {n for row in self.rows for n, value in enumerate(row) if isinstance(value, int | float | Decimal)}
        return numbers | self.right

    @property
    def head(self) -> list[tuple[Words, bool]]:
        """(heading, whether the column holds numbers)."""
        return [(text, place in self.number_columns) for place, text in enumerate(self.heading)]

    @property
    def lines(self) -> list[list[tuple[str, bool]]]:
        """The rows as they are written: (text, whether the column holds numbers)."""
        numbers = self.number_columns
        return [[(cell_text(value), place in numbers) for place, value in enumerate(row)] for row in self.rows]


@dataclass(frozen=True)
class Picture:
    """A chart. The page has its numbers in a table below, Word in the workbook behind it."""

    shape: ClassVar[str] = "chart"
    chart: Chart


Block: TypeAlias = Sentence | Note | Heading | Grid | Picture


@dataclass(frozen=True)
class Part:
    """A part of a paper under its heading; `text` is what somebody wrote in it, below what is counted."""

    key: str
    title: Words
    blocks: Sequence[Block] = field(default_factory=tuple)
    text: str = ""

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs_of(self.text)

    @property
    def is_empty(self) -> bool:
        return not self.blocks and not self.paragraphs


def joined(*sentences: str) -> str:
    """Sentences one after the other, as the language of the page writes them; empty ones are left out."""
    between = "" if (get_language() or "").startswith("zh") else " "
    return between.join(sentence for sentence in sentences if sentence)


def paragraphs_of(text: str) -> list[str]:
    """What was typed: a paragraph for each line that is not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def cell_text(value: Cell) -> str:
    """A value as text: thousands apart, rates with two places, days as 2026-03-01, unknown as a dash."""
    match value:
        case None:
            return UNKNOWN
        case bool():
            return str(value)
        case int():
            return written(value, whole=True)
        case Decimal() | float():
            return written(Decimal(str(value)))
        case date():
            return f"{value:%Y-%m-%d}"
    return str(value)
