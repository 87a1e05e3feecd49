"""Which titles of the library the lines of somebody's booklist mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from activities.rules.book_lines import Line, is_same_name, is_surely, name_variants
from catalog.models import Title
from catalog.queries.class_counts import held_copies
from catalog.queries.search import holds
from catalog.rules.tokens import query_of

CANDIDATES = 6
AT_ONCE = 40  # searches in one statement
_SHOWN = ("pk", "name", "subtitle", "part", "author", "publisher", "published", "isbn", "clc_number", "book_number")


@dataclass(frozen=True)
class Match:
    """A line with the titles that it may mean, the likeliest first; `sure` is the one that it does mean."""

    line: Line
    candidates: Sequence[Any]
    sure: Any = None

    @property
    def held(self) -> int:
        return self.sure.held if self.sure else 0


def match_lines(lines: Sequence[Line]) -> list[Match]:
    """Each line with its titles, which bear `held`. Two statements, and one more for every 40 lines not found so."""
    found = _by_isbn_or_name(lines)
    others = [line for line in lines if not found[line.number]]
    for number, keys in _by_search(others).items():
        found[number] = keys
    titles = _titles({key for keys in found.values() for key in keys})
    return [_match(line, [titles[key] for key in found[line.number] if key in titles]) for line in lines]


def _match(line: Line, titles: Sequence[Any]) -> Match:
    """What is surely meant comes first, then what is called the same; of editions the one with most copies."""

    def rank(title: Any) -> tuple[bool, bool, bool, int, int]:
        bears = bool(line.isbn) and line.isbn == title.isbn
        return not bears, not is_surely(line, title), not is_same_name(line, title), -title.held, title.pk

    ordered = sorted(titles, key=rank)
    sure = ordered[0] if ordered and is_surely(line, ordered[0]) else None
    return Match(line, ordered[:CANDIDATES], sure)


def _by_isbn_or_name(lines: Sequence[Line]) -> dict[int, list[int]]:
    isbns = {line.isbn for line in lines if line.isbn}
    names = {name for line in lines for name in name_variants(line.name)}
    wanted = Title.objects.filter(isbn__in=isbns) | Title.objects.filter(name__in=names)
    by_isbn: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for key, isbn, name in wanted.values_list("pk", "isbn", "name"):
        by_isbn.setdefault(isbn, []).append(key)
        by_name.setdefault(name, []).append(key)
    return {line.number: _keys(line, by_isbn, by_name) for line in lines}


def _keys(line: Line, by_isbn: dict[str, list[int]], by_name: dict[str, list[int]]) -> list[int]:
    found = list(by_isbn.get(line.isbn, [])) if line.isbn else []
    for name in name_variants(line.name):
        found += by_name.get(name, [])
    return list(dict.fromkeys(found))


def _by_search(lines: Sequence[Line]) -> dict[int, list[int]]:
    """By the search index, since the catalogue may write the name in another way."""
    asked = [part for line in lines if (part := _search(line)) is not None]
    found: dict[int, list[int]] = {}
    for start in range(0, len(asked), AT_ONCE):
        parts = asked[start : start + AT_ONCE]
        rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
        for number, key in rows:
            found.setdefault(number, []).append(key)
    return found


def _search(line: Line) -> "QuerySet[Title, Any] | None":
    name = name_variants(line.name)[1:2] or name_variants(line.name)
    tsquery = query_of(name[0]).tsquery if name else ""
    if not tsquery:
        return None
    titles = Title.objects.filter(holds("search", tsquery)).order_by("-popularity", "pk")[:CANDIDATES]
    return titles.annotate(line=Value(line.number, output_field=IntegerField())).values_list("line", "pk")


def _titles(keys: set[int]) -> dict[int, Any]:
    if not keys:
        return {}
    held = held_copies().filter(title=OuterRef("pk")).order_by().values("title").annotate(number=Count("pk"))
    titles = Title.objects.filter(pk__in=keys).only(*_SHOWN)
    return {row.pk: row for row in titles.annotate(held=Coalesce(Subquery(held.values("number")), 0))}
