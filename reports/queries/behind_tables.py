"""The tables that stand behind a figure, and where their counts come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from library_site.shared.reference import Reference
from readers.queries.classes import class_names_on, classes_on
from reports.queries.facts import ClassFacts, Facts
from reports.queries.holdings import Holdings, holdings_on
from reports.queries.loans import ClassKey
from reports.queries.trends import TrendRow, by_month, by_week
from reports.rules.numbers import written

Cell = int | Decimal | None


@dataclass(frozen=True)
class BehindTable:
    """A table of counts: `heads` name the first column and those of `rows`; `total` is None where nothing adds up."""

    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    total: Sequence[Cell] | None = None
    note: str = ""
    percent: frozenset[int] = frozenset()  # the columns that are per cent

    def text_rows(self) -> list[tuple[str, list[str]]]:
        return [(name, self._texts(cells)) for name, cells in self.rows]

    def text_total(self) -> list[str]:
        return self._texts(self.total or ())

    def _texts(self, cells: Sequence[Cell]) -> list[str]:
        return [
            written(cell, whole=isinstance(cell, int), unit="%" if place in self.percent and cell is not None else "")
            for place, cell in enumerate(cells)
        ]


@dataclass
class Sources:
    """Where lists take their counts from; each is read once, and only if a list asks."""

    facts: Facts
    reference: Reference
    today: date
    _kept: dict[str, Any] = field(default_factory=dict)

    def months(self) -> list[TrendRow]:
        return self._once("months", lambda: by_month(self.facts.period))

    def weeks(self) -> list[TrendRow]:
        return self._once("weeks", lambda: by_week(self.facts.period))

    def held(self) -> Holdings:
        return self._once("held", lambda: holdings_on(self.facts.period.until, today=self.today))

    def classes(self) -> list[tuple[str, ClassFacts]]:
        """In the order of the school; students in no class of that year come last."""
        return [(name, row) for _key, name, row in self.keyed_classes() if row.students or row.loans or row.visits]

    def keyed_classes(self) -> list[tuple[ClassKey, str, ClassFacts]]:
        """The same with their keys, those without students or loans included."""
        facts, first = self.facts, self.facts.period.starts_on
        own = classes_on(self.reference, first)
        names = class_names_on(self.reference, first)
        rows: list[tuple[ClassKey, str, ClassFacts]] = [
            (row.pk, row.name, facts.classes[row.pk]) for row in own if row.pk in facts.classes
        ]
        others = [key for key in facts.classes if key not in {row.pk for row in own}]
        return rows + [(key, names.get(key or 0, _("No class of that year")), facts.classes[key]) for key in others]

    def _once(self, name: str, read: Callable[[], Any]) -> Any:
        if name not in self._kept:
            self._kept[name] = read()
        return self._kept[name]
