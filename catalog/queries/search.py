"""The one search: desk, public catalogue and back office ask here, so the same words give the same hits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQueryField
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Lower, Replace

from catalog.models import Copy, Title
from catalog.models.titles import long_columns
from catalog.queries.covers import with_covers
from catalog.rules.tokens import Query, query_of
from library_site.shared.codes import normalise_code

MOST_HITS = 2000  # counted and paged through; beyond, the page says "more than"
FEW = 10  # with fewer hits than this, summaries are searched too
GONE = (Copy.State.WITHDRAWN, Copy.State.LOST)
_CODE = re.compile(r"[0-9A-Z./-]*\d[0-9A-Z./-]*")

Titles: TypeAlias = "QuerySet[Title, Any]"


@dataclass(frozen=True)
class Availability:
    """How a title's copies stand, as expressions over `Title`; loans are known to `circulation`, which makes this."""

    held: Combinable  # copies that are neither withdrawn nor lost
    inside: Combinable  # of these, on the shelf and not on loan
    any_inside: Exists


@dataclass(frozen=True)
class Filters:
    """What hits are narrowed to; empty values narrow nothing."""

    main_class: str = ""
    location_id: int | None = None
    audience: str = ""
    only_inside: bool = False

    def __bool__(self) -> bool:
        return bool(self.main_class or self.location_id or self.audience or self.only_inside)


@dataclass(frozen=True)
class Hit:
    """A title as a row of the result; the counts are None where no availability was asked for."""

    title: Title
    places: list[str]
    held: int | None
    inside: int | None


@dataclass(frozen=True)
class SearchPage:
    """One page of hits. `total` is at most 2,000; `capped` says that there are more."""

    hits: list[Hit]
    total: int
    capped: bool
    page: int
    pages: int

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def search_titles(
    text: str,
    *,
    availability: Availability | None = None,
    filters: Filters = Filters(),
    newest: bool = False,
    limit: int = 20,
    page: int = 1,
) -> SearchPage:
    """Returns the titles in which all words of `text` are found, best first (or newest first).

    Words, pinyin, ISBN, call numbers, the school's own numbers and barcodes are found. No text with filters gives
    all that the filters leave, the most lent first; neither gives nothing. Two statements; one more for what may be
    a barcode, and one more where few hits let the summaries be searched too.
    """
    query = query_of(text)
    if not query and not filters:
        return SearchPage(hits=[], total=0, capped=False, page=1, pages=0)
    coded = _titles_of_code(text)
    page = max(1, min(page, -(-MOST_HITS // limit)))
    keys, total = _keys(query, coded, filters, availability, newest, slice((page - 1) * limit, page * limit))
    if not keys and page > 1:
        return search_titles(text, availability=availability, filters=filters, newest=newest, limit=limit)
    return SearchPage(
        hits=_hits(keys, availability),
        total=min(total, MOST_HITS),
        capped=total > MOST_HITS,
        page=page,
        pages=-(-min(total, MOST_HITS) // limit),
    )


def _keys(
    query: Query,
    coded: Sequence[int],
    filters: Filters,
    availability: Availability | None,
    newest: bool,
    part: slice,
) -> tuple[list[int], int]:
    """The primary keys of one page in order, and how many hits there are in all."""
    ranked = bool(query) and not newest
    order = ["-created_at", "-pk"] if newest else ["-popularity", "pk"]

    def run(columns: Sequence[str]) -> tuple[list[int], int]:
        titles = _narrowed(Title.objects.filter(_found(query, columns, coded)), filters, availability)
        if ranked:
            titles = _ranked(titles, query, coded)
        by = ["rank", *order] if ranked else order
        rows = list(titles.order_by(*by).values_list("pk", Window(Count("*")))[part])
        return [pk for pk, _total in rows], rows[0][1] if rows else 0

    keys, total = run(["search"])
    if query and total < FEW and not query.isbn:
        keys, total = run(["search", "search_summary"])
    return keys, total


def _titles_of_code(text: str) -> list[int]:
    """Titles of the copy with this barcode or accession number, if the text may be one."""
    code = normalise_code(text)
    if not _CODE.fullmatch(code) or len(code) > 32:
        return []
    return list(Copy.objects.filter(Q(barcode=code) | Q(accession_number=code)).values_list("title_id", flat=True))


def _found(query: Query, columns: Sequence[str], coded: Sequence[int]) -> Q:
    if not query:
        return Q()
    found = Q(pk__in=list(coded)) if coded else Q()
    for column in columns:
        found |= Q(_holds(column, query.tsquery))
    return found


def _holds(column: str, tsquery: str) -> Func:
    wanted = Cast(Value(tsquery), SearchQueryField())
    return Func(F(column), wanted, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())


def _narrowed(titles: Titles, filters: Filters, availability: Availability | None) -> Titles:
    if filters.main_class:
        titles = titles.filter(main_class=filters.main_class)
    if filters.audience:
        titles = titles.filter(audience__in=[filters.audience, Title.Audience.ALL])
    if filters.location_id:
        held = Copy.objects.filter(title=OuterRef("pk"), location=filters.location_id).exclude(state__in=GONE)
        titles = titles.filter(Exists(held))
    if filters.only_inside and availability is not None:
        titles = titles.filter(availability.any_inside)
    return titles


def _ranked(titles: Titles, query: Query, coded: Sequence[int]) -> Titles:
    """Adds `rank`: 0 is meant exactly, 1 begins so, 2 begins so in pinyin or call number, then name, author, series."""
    named = Replace(Lower("name"), Value("·"), Value(""))
    words = list(dict.fromkeys([query.text, *query.words[:4]]))
    first = query.words[0]
    exact = Q(named__in=words) | (Q(isbn=query.isbn) if query.isbn else Q(pk__in=list(coded)))
    begins = _any("named__startswith", words)
    letters = Q(pk__in=[])
    if query.letters:
        exact |= Q(initials=query.letters) | Q(pinyin=query.letters)
        letters = Q(initials__startswith=query.letters) | Q(pinyin__startswith=query.letters)
        letters |= Q(clc_number__startswith=query.text.upper())
    order = [exact, begins, letters, _any("named__contains", words), _any("author__icontains", [first])]
    order.append(Q(series__icontains=first))
    cases = [When(condition, then=Value(place)) for place, condition in enumerate(order)]
    return titles.alias(named=named).alias(rank=Case(*cases, default=Value(len(cases)), output_field=IntegerField()))


def _any(lookup: str, words: Sequence[str]) -> Q:
    found = Q()
    for word in words:
        found |= Q(**{lookup: word})
    return found


def _hits(keys: Sequence[int], availability: Availability | None) -> list[Hit]:
    if not keys:
        return []
    held_copies = Copy.objects.filter(title=OuterRef("pk")).exclude(state__in=GONE)
    places = ArraySubquery(held_copies.order_by("location__name").values("location__name").distinct())
    titles = with_covers(Title.objects.filter(pk__in=keys).defer(*long_columns())).annotate(places=places)
    if availability is not None:
        titles = titles.annotate(held=availability.held, inside=availability.inside)
    by_key = {title.pk: title for title in titles}
    return [_hit(by_key[key]) for key in keys if key in by_key]


def _hit(title: Any) -> Hit:
    return Hit(
        title=title,
        places=title.places,
        held=getattr(title, "held", None),
        inside=getattr(title, "inside", None),
    )
