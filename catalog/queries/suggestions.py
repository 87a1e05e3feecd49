"""Classes suggested for titles that have none, each with its reasons; a handful of statements for a page of titles."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import connection
from django.db.models import Count

from catalog.models import ClcClass, Title
from catalog.queries.classification import clc_codes
from catalog.rules.classification import cut_to_depth, longest_prefix
from catalog.rules.suggestions import (
    LEAST,
    MOST,
    Evidence,
    FormWord,
    Reason,
    Suggestion,
    country_of,
    from_form,
    from_names,
    from_share,
    from_word_counts,
    pairs,
    parts,
    people,
    ranked,
)

DATA = Path(__file__).resolve().parent.parent / "data"
SAMPLE = 2000  # titles of a common word that are looked at
Counts = dict[str, dict[str, int]]  # {what they share: {number: titles}}

# For each word the numbers of the titles that have it. `own` are the titles asked about: they say nothing.
_SEEN_WITH = """
    SELECT asked.word, seen.clc_number, seen.titles
      FROM unnest(%(words)s::text[], %(queries)s::text[]::tsquery[]) AS asked(word, query)
      JOIN LATERAL (
            SELECT clc_number, count(*)::int AS titles
              FROM (SELECT clc_number FROM catalog_title
                     WHERE search @@ asked.query AND main_class <> '' AND id <> ALL(%(own)s)
                       AND strpos(translate(lower({column}), '·•・ ', ''), asked.word) > 0
                     LIMIT %(sample)s) AS found
             GROUP BY clc_number
           ) AS seen ON true
"""


@dataclass(frozen=True)
class Suggested:
    """A suggestion as the page shows it; the number is already cut to the school's depth."""

    number: str
    name: str
    evidence: tuple[Evidence, ...]
    confident: bool


def suggest_classes(titles: Sequence[Title], *, depth: int = 0) -> dict[int, list[Suggested]]:
    """Up to four classes for each title, the likeliest first. Eight statements, however many titles."""
    own = [title.pk for title in titles]
    evidence = _evidence(titles, own)
    cut = {pk: ranked(_cut(each, depth)) for pk, each in evidence.items()}
    names = _names({suggestion.number for found in cut.values() for suggestion in found})
    return {pk: [_suggested(each, names) for each in found if each.number in names] for pk, found in cut.items()}


def _cut(evidence: Sequence[Evidence], depth: int) -> list[Evidence]:
    return [
        Evidence(cut_to_depth(each.number, depth), each.weight, each.reason, each.detail, each.titles)
        for each in evidence
    ]


def _evidence(titles: Sequence[Title], own: Sequence[int]) -> dict[int, list[Evidence]]:
    isbns = _shared("isbn", titles, own)
    series = _shared("series", titles, own)
    named = _same_names(titles, own)
    usual = _usual(own)
    authors = _seen_with("author", {name for title in titles for name in people(title.author)}, own)
    words = _seen_with("name", {pair for title in titles for pair in pairs(title.name)}, own)
    called = _classes_called(titles)
    return {
        title.pk: [
            *from_share(isbns.get(title.isbn, {}), weight=100, doubt=0, reason=Reason.ISBN, detail=title.isbn),
            *_of_same_name(title, named.get(title.name, {})),
            *from_share(series.get(title.series, {}), weight=75, doubt=0.5, reason=Reason.SERIES, detail=title.series),
            *_of_authors(title, authors),
            *from_word_counts({pair: words[pair] for pair in pairs(title.name) if pair in words}),
            *from_form(_texts(title), words=form_words(), country=_country(title)),
            *(each for each in called if each.detail in parts(title.name)),
            *usual,
        ]
        for title in titles
    }


def _shared(field: str, titles: Sequence[Title], own: Sequence[int]) -> Counts:
    """The numbers of other titles with the same value in this column."""
    values = {getattr(title, field) for title in titles} - {""}
    rows = Title.objects.filter(**{f"{field}__in": values}).exclude(main_class="").exclude(pk__in=own)
    counts: Counts = defaultdict(dict)
    for value, number, count in rows.values_list(field, "clc_number").annotate(number=Count("*")).order_by():
        counts[value][number] = count
    return counts


def _usual(own: Sequence[int]) -> list[Evidence]:
    """The numbers that most titles have, for where nothing else is known: weaker than any other reason."""
    rows = Title.objects.exclude(main_class="").exclude(pk__in=own).values_list("clc_number")
    most = rows.annotate(number=Count("*")).order_by("-number", "clc_number").values_list("clc_number", "number")[:MOST]
    return [
        Evidence(number, LEAST + 0.4 - place / 10, Reason.USUAL, titles=titles)
        for place, (number, titles) in enumerate(most)
    ]


def _same_names(titles: Sequence[Title], own: Sequence[int]) -> dict[str, dict[tuple[str, str], int]]:
    rows = Title.objects.filter(name__in={title.name for title in titles}).exclude(main_class="").exclude(pk__in=own)
    counts: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for name, author, number, count in (
        rows.values_list("name", "author", "clc_number").annotate(number=Count("*")).order_by()
    ):
        counts[name][author, number] = count
    return counts


def _of_same_name(title: Title, counts: Mapping[tuple[str, str], int]) -> list[Evidence]:
    """The same title by the same people is the same work; by others, or by nobody named, it may be another.

    Its words say the same once more, so the weights of what is uncertain are low.
    """
    mine = set(people(title.author))
    found = []
    for (author, number), count in counts.items():
        theirs = set(people(author))
        weight = 90 if mine & theirs else 15 if mine and theirs else 30
        found.append(Evidence(number, weight, Reason.SAME_TITLE, title.name, count))
    return found


def _of_authors(title: Title, counts: Counts) -> list[Evidence]:
    return [
        each
        for name in people(title.author)
        for each in from_share(counts.get(name, {}), weight=45, doubt=1, reason=Reason.AUTHOR, detail=name)
    ]


def _seen_with(column: str, words: set[str], own: Sequence[int]) -> Counts:
    """The numbers of titles that have each of these words (pairs of a name, or people) in the column."""
    asked = {word: query for word in words if (query := _tsquery(word))}
    counts: Counts = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            _SEEN_WITH.format(column=column),
            {"words": list(asked), "queries": list(asked.values()), "own": list(own), "sample": SAMPLE},
        )
        for word, number, titles in cursor.fetchall():
            counts[word][number] = titles
    return counts


def _tsquery(word: str) -> str:
    """All pairs of the word; empty for what has none."""
    return " & ".join(f"'{pair}'" for pair in pairs(word))


def _texts(title: Title) -> list[tuple[str, float]]:
    return [(title.name, 1), (title.subtitle, 0.7), (title.subjects, 0.9), (title.keywords, 0.7), (title.series, 0.6)]


@cache
def form_words() -> dict[str, FormWord]:
    """Words that name a kind of book, with the number that school libraries give it."""
    return {row["word"]: FormWord(row["number"], row["foreign"], bool(row["weak"])) for row in _rows("class_words.csv")}


@cache
def _countries() -> dict[str, str]:
    return {row["country"]: row["number"] for row in _rows("class_countries.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _country(title: Title) -> str:
    return _countries().get(country_of(title.author), "")


def _classes_called(titles: Sequence[Title]) -> list[Evidence]:
    looked_for = {part for title in titles for part in parts(title.name)}
    named: dict[str, list[str]] = defaultdict(list)
    rows = ClcClass.objects.filter(name__in=looked_for, level__lte=6).order_by("level", "code")
    for code, name in rows.values_list("code", "name"):
        named[name].append(code)
    return from_names(named)


def _names(numbers: set[str]) -> dict[str, str]:
    """What the class of each number is called."""
    codes = clc_codes()
    classes = {number: code for number in numbers if (code := longest_prefix(number, codes))}
    names = dict(ClcClass.objects.filter(pk__in=set(classes.values())).values_list("code", "name"))
    return {number: names[code] for number, code in classes.items()}


def _suggested(suggestion: Suggestion, names: Mapping[str, str]) -> Suggested:
    return Suggested(suggestion.number, names[suggestion.number], suggestion.evidence, suggestion.confident)
