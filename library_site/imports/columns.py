"""Which row holds the headings, and which column is which: a guess that the librarian corrects."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from library_site.imports.fields import Field
from library_site.models import ImportMapping

LOOKED_AT = 30  # rows from the top in which headings are looked for
_ASIDE = re.compile(r"[（(\[【].*?[)）\]】]")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Header:
    """The headings of a sheet: first row counted from 1, how many rows, and their texts joined per column."""

    row: int
    rows: int
    texts: list[str]


def plain(heading: str) -> str:
    """A heading as a plain word: no asides in brackets, signs, blanks or capitals."""
    text = unicodedata.normalize("NFKC", heading).lower()
    return _SIGNS.sub("", _ASIDE.sub("", text)) or _SIGNS.sub("", text)


def guess_header(rows: Sequence[Sequence[str]], fields: Sequence[Field]) -> Header:
    """The row (or two rows, the upper spanning several columns) that names most fields; else the first with text."""
    scores = [len(guess_columns(row, fields)) for row in rows[:LOOKED_AT]]
    best = max(scores, default=0)
    if best == 0:
        first = next((index for index, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)
        return Header(first + 1, 1, list(rows[first]) if rows else [])
    index = scores.index(best)
    both = _joined(rows, index)
    if both and len(guess_columns(both, fields)) > best:
        return Header(index + 1, 2, both)
    above = _joined(rows, index - 1) if index else None
    if above and len(guess_columns(above, fields)) > best:
        return Header(index, 2, above)
    return Header(index + 1, 1, list(rows[index]))


def header_texts(rows: Sequence[Sequence[str]], row: int, count: int) -> list[str]:
    """The headings, if they stand in `count` rows from row `row`."""
    if not 1 <= row <= len(rows):
        return []
    return list(rows[row - 1]) if count < 2 else _joined(rows, row - 1) or list(rows[row - 1])


def _joined(rows: Sequence[Sequence[str]], index: int) -> list[str] | None:
    """Two rows of headings as one: the lower word, or the upper where nothing stands below."""
    if index < 0 or index + 1 >= len(rows):
        return None
    upper, lower = list(rows[index]), list(rows[index + 1])
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    return [below or above for above, below in zip(upper, lower, strict=True)]


def guess_columns(header: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """{field: column counted from 0}: whole headings first, then headings that contain a known word."""
    words = {column: plain(text) for column, text in enumerate(header) if text and len(text) < 40}
    found: dict[str, int] = {}
    for rank in range(max((len(field.synonyms) for field in fields), default=0)):
        for field in fields:
            if field.name not in found and rank < len(field.synonyms):
                _take(found, field.name, [column for column, word in words.items() if word == field.synonyms[rank]])
    contained = sorted(
        ((word, field.name) for field in fields for word in field.synonyms), key=lambda pair: -len(pair[0])
    )
    for word, name in contained:
        if name not in found and len(word) > 1:
            _take(found, name, [column for column, text in words.items() if word in text])
    return found


def _take(found: dict[str, int], name: str, columns: list[int]) -> None:
    free = [column for column in columns if column not in found.values()]
    if free:
        found[name] = free[0]


def signature(header: Sequence[str]) -> str:
    """What a sheet with these headings is remembered by."""
    words = [plain(text) for text in header]
    while words and not words[-1]:
        words.pop()
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()


def remembered_columns(kind: str, header: Sequence[str]) -> dict[str, int] | None:
    """How the librarian matched a sheet with the same headings last time."""
    mapping = ImportMapping.objects.filter(kind=kind, signature=signature(header)).first()
    return dict(mapping.columns) if mapping else None


def remember_columns(kind: str, header: Sequence[str], columns: Mapping[str, int]) -> None:
    """Keeps the match for the next sheet with the same headings."""
    ImportMapping.objects.update_or_create(kind=kind, signature=signature(header), defaults={"columns": dict(columns)})
