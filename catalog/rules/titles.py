"""What a title's record may hold: how values are tidied, and what is wrong with them."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Title
from catalog.rules.classification import is_clc_number, normalise_clc
from library_site.shared.codes import isbn13, normalise_code
from library_site.shared.problems import Problem

TITLE_COLUMNS = (
    "name", "subtitle", "part", "author", "translator", "publisher", "place", "published", "edition", "series",
    "pages", "size", "binding", "price", "isbn", "summary", "subjects", "keywords", "course", "language", "volumes",
    "material", "audience", "stage", "has_pinyin", "clc_number", "book_number", "school_number",
)  # fmt: skip
NUMBERS = ("price", "volumes")
_FIELDS = {name: Title._meta.get_field(name) for name in TITLE_COLUMNS}


def tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are stored: texts without needless blanks, ISBN of 13 digits, CLC number in its usual shape.

    What cannot be read stays as it came, for `title_problems` to say. Refuses names that are no column of a title.
    """
    strange = set(values) - set(TITLE_COLUMNS)
    if strange:
        raise ValueError(f"no columns of a title: {sorted(strange)}")
    return {name: _tidy(name, value) for name, value in values.items()}


def title_problems(values: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with tidied values, each at its field."""
    problems = []
    if not values.get("name", "?"):
        problems.append(Problem("name_missing", _("A title needs its name."), field="name"))
    if (isbn := values.get("isbn")) and isbn13(isbn) != isbn:
        problems.append(isbn_problem())
    if (number := values.get("clc_number")) and not is_clc_number(number):
        problems.append(clc_problem())
    problems += [_too_long(name) for name, value in values.items() if _is_too_long(name, value)]
    problems += [_below(name) for name in NUMBERS if values.get(name) is not None and values[name] < _LEAST[name]]
    return problems


def isbn_problem() -> Problem:
    """For what is typed as an ISBN and is none."""
    return Problem(
        "isbn_wrong",
        _("This is no ISBN: its check digit does not fit."),
        _("Compare it with the back of the book; leave it empty if the book bears none."),
        field="isbn",
    )


def clc_problem() -> Problem:
    """For what is typed as a CLC number and is none."""
    return Problem(
        "clc_wrong",
        _("This has not the shape of a CLC number, such as I287.45."),
        _("Leave it empty, and the title waits among those to be classified."),
        field="clc_number",
    )


def version_of(title: Title) -> str:
    """A mark of all that a title's record says; another one once somebody changed it."""
    said = "\x1f".join(str(getattr(title, name)) for name in TITLE_COLUMNS)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


_LEAST = {"price": Decimal(0), "volumes": 1}


def _tidy(name: str, value: Any) -> Any:
    if name in NUMBERS:
        return None if value in ("", None) else Decimal(str(value)) if name == "price" else int(value)
    if not isinstance(value, str):
        return value
    if name == "isbn":
        return isbn13(value) or normalise_code(value)
    if name == "clc_number":
        return normalise_clc(value)
    if name in ("book_number", "school_number"):
        return normalise_code(value)
    return value.strip() if name == "summary" else " ".join(value.split())


def _is_too_long(name: str, value: Any) -> bool:
    limit = _FIELDS[name].max_length if name != "summary" else None  # type: ignore[union-attr]
    return isinstance(value, str) and limit is not None and len(value) > limit


def _too_long(name: str) -> Problem:
    limit = _FIELDS[name].max_length  # type: ignore[union-attr]
    return Problem("too_long", _("Longer than %(limit)s characters.") % {"limit": limit}, field=name)


def _below(name: str) -> Problem:
    return Problem("too_small", _("Less than %(least)s makes no sense here.") % {"least": _LEAST[name]}, field=name)
