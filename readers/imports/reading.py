"""Reads one row of a roster: cells in, values and problems out."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from library_site.imports.columns import plain
from library_site.imports.fields import RowProblem, Values
from library_site.shared.codes import normalise_code
from library_site.shared.spreadsheets.cells import half_width
from readers.imports.fields import CATEGORIES
from readers.rules.class_text import ClassReader
from readers.rules.details import tidy_name
from readers.rules.identity import REMOVED

_EXPONENT = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_LIMITS = {"name": 64, "number": 32, "card": 32}


class RosterReader:
    """Reads rows under the names the grades have this year; `category` is what a row is that does not say."""

    def __init__(self, classes: ClassReader, *, category: str, numbers: Iterable[str]) -> None:
        self._classes = classes
        self._category = category
        self._long_number = _usual_with_zero(numbers)

    def __call__(self, cells: Mapping[str, str], *, sheet: str) -> tuple[Values, list[RowProblem]]:
        """What the row says. A class that stands only in the name of its sheet counts for its rows."""
        problems = [
            RowProblem(field, "", "identity_dropped", note=True) for field, text in cells.items() if REMOVED in text
        ]
        kept = {field: text.replace(REMOVED, "").strip() for field, text in cells.items()}
        values: Values = {"name": tidy_name(kept.get("name", ""))}
        if not values["name"]:
            problems.append(RowProblem("name", "", "name_missing"))
        values["category"] = self._read_category(kept.get("category", ""), problems)
        if values["category"] == "student":
            self._read_class(kept, sheet, values, problems)
        for field in ("number", "card"):
            self._read_code(field, kept.get(field, ""), values, problems)
        problems += [
            RowProblem(field, str(values[field]), "too_long", {"limit": limit})
            for field, limit in _LIMITS.items()
            if len(values.get(field, "")) > limit
        ]
        return values, problems

    def _read_category(self, text: str, problems: list[RowProblem]) -> str:
        if not text:
            return self._category
        found = next((category for category, words in CATEGORIES.items() if plain(text) in words), None)
        if found is None:
            problems.append(RowProblem("category", text, "category_unknown"))
        return found or self._category

    def _read_class(self, cells: Mapping[str, str], sheet: str, values: Values, problems: list[RowProblem]) -> None:
        text = cells.get("class", "")
        key = self._classes.read(text or sheet, cells.get("grade", ""))
        if key is not None:
            values["class"] = list(key)
        else:
            problems.append(RowProblem("class", text, "class_unreadable" if text else "class_missing"))

    def _read_code(self, field: str, text: str, values: Values, problems: list[RowProblem]) -> None:
        code = normalise_code(half_width(text))
        if not code:
            return
        values[field] = code
        if _EXPONENT.fullmatch(code):
            problems.append(RowProblem(field, text, "number_rounded"))
        elif field == "number" and code.isdigit() and len(code) < len(self._long_number):
            problems.append(RowProblem(field, text, "zeros_lost", {"example": self._long_number}))


def _usual_with_zero(numbers: Iterable[str]) -> str:
    """A number of the usual length, if numbers of that length begin with zero; else nothing."""
    digits = [number for number in numbers if number.isdigit()]
    length, _count = Counter(map(len, digits)).most_common(1)[0] if digits else (0, 0)
    return next((number for number in digits if len(number) == length and number.startswith("0")), "")
