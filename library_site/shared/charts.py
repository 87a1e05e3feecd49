"""What a chart shows, as data: the page draws it (`static/site/js/charts.js`), and says the same in a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from django.utils.functional import Promise

Number: TypeAlias = int | float | Decimal | None
Text: TypeAlias = str | Promise
# bar: side by side · line: over time · stacked: upon each other · pair: two shares of each name, lying bars ·
# share: parts of one whole · goal: lying bars of per cent reached, with a line at 100
Kind: TypeAlias = Literal["bar", "line", "stacked", "pair", "share", "goal"]


@dataclass(frozen=True)
class Series:
    """One row of numbers, as many as the chart has names. None where nothing is known: a gap, never 0."""

    name: Text
    values: Sequence[Number]


@dataclass(frozen=True)
class Chart:
    """`ident` is the id of its data in the page. `table` is the id of the table that says the same; without one the
    component draws it below the chart. `goal` is a line across the bars; `heading` names what `names` are."""

    ident: str
    kind: Kind
    title: Text
    names: Sequence[Text]
    series: Sequence[Series]
    unit: Text = ""
    heading: Text = ""
    goal: Number = None
    goal_name: Text = ""
    table: str = ""

    @property
    def drawn(self) -> bool:
        """Whether there is anything to see."""
        return any(value is not None for row in self.series for value in row.values)

    @property
    def data(self) -> dict[str, Any]:
        """What the script reads."""
        return {
            "kind": self.kind,
            "title": str(self.title),
            "unit": str(self.unit),
            "names": [str(name) for name in self.names],
            "series": [
                {"name": str(row.name), "values": [_number(value) for value in row.values]} for row in self.series
            ],
            "goal": _number(self.goal),
            "goal_name": str(self.goal_name),
        }

    def rows(self) -> Iterator[tuple[Text, list[Number]]]:
        """(name, its number of each series), for the table."""
        for place, name in enumerate(self.names):
            yield name, [row.values[place] for row in self.series]


def _number(value: Number) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
