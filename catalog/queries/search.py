"""The one search: desk, public catalogue and back office ask here, so the same words give the same hits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQueryField
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast, Lower, Replace

from catalog.models import Copy, FormerBarcode, Title
from catalog.models.titles import long_columns
from catalog.queries.covers import with_covers
from catalog.queries.facets import Counted, Facets, counted
from catalog.rules.tokens import Query, query_of
from library_site.shared.codes import normalise_code

MOST_HITS = 2000  # counted and paged through; beyond, the page says "more than"
FEW = 10  # with fewer hits than this, summaries are searched too
GONE = (Copy.State.WITHDRAWN, Copy.State.LOST)
# A class and all below it; a class's parent need not be a prefix of it.
_BELOW = """
    WITH RECURSIVE below AS (
        SELECT code FROM catalog_clcclass WHERE code = %s
        UNION ALL SELECT child.code FROM catalog_clcclass AS child JOIN below ON child.parent_id = below.code
    ) SELECT code FROM below
"""
_CODE = re.compile(r"[0-9A-Z./-]*\d[0-9A-Z./-]*")

Titles: TypeAlias = "QuerySet[Title, Any]"


class Order(StrEnum):
    """What comes first."""

    BEST = "best"
    NEWEST = "newest"
    LENT = "lent"  # the most lent of the last year
    SHELF = "shelf"  # as the books stand


_ORDERS = {
    Order.BEST: ("-popularity", "pk"),
    Order.NEWEST: ("-created_at", "-pk"),
    Order.LENT: ("-popularity", "pk"),
    Order.SHELF: ("shelf_key", "pk"),
}


@dataclass(frozen=True)
class Availability:
    """How copies stand, as expressions over `Title`; loans are known to `circulation`, which makes this."""

    held: Combinable  # copies that are neither withdrawn nor lost
    inside: Combinable  # of these, on the shelf and not on loan
    any_inside: Exists
    copy_inside: Combinable  # over `Copy`: whether this one is on the shelf and not on loan


@dataclass(frozen=True)
class Filters:
    """What hits are narrowed to; empty values narrow nothing. `clc` is a class with all that is below it."""

    main_class: str = ""
    clc: str = ""
    location_id: int | None = None
    audience: str = ""
    stage: str = ""
    language: str = ""
    only_inside: bool = False

    def __bool__(self) -> bool:
        words = (self.main_class, self.clc, self.audience, self.stage, self.language)
        return any(words) or self.location_id is not None or self.only_inside


@dataclass(frozen=True)
class Asked:
    """A question as typed, and what is known to narrow and order its hits."""

    query: Query
    coded: Sequence[int]  # titles of the copy whose number was typed
    filters: Filters
    availability: Availability | None
    order: Order


@dataclass(frozen=True)
class Hit:
    """A title as a row of the result; the counts are None where no availability was asked for."""

    title: Title
    places: list[str]
    held: int | None
    inside: int | None


@dataclass(frozen=True)
class SearchPage:
    """One page of hits. `total` is at most 2,000; `capped` says that there are more, which `facets` leave out."""

    hits: list[Hit]
    total: int
    capped: bool
    page: int
    pages: int
    facets: Facets | None = None

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


NOTHING = SearchPage(hits=[], total=0, capped=False, page=1, pages=0)


def search_titles(
    text: str,
    *,
    availability: Availability | None = None,
    filters: Filters = Filters(),
    order: Order = Order.BEST,
    limit: int = 20,
    page: int = 1,
    with_facets: bool = False,
    gone_too: bool = True,
) -> SearchPage:
    """Returns the titles in which all words of `text` are found, best first unless `order` says otherwise.

    Words, pinyin, ISBN, call numbers, the school's own numbers and barcodes are found. No text with filters gives
    all that the filters leave, the most lent first; an order alone gives all titles, nothing at all gives none.
    `gone_too=False` leaves out titles whose copies are all withdrawn or lost; `with_facets` counts what the hits
    could be narrowed to. Two statements; one more for what may be a barcode, and one more where few hits let the
    summaries be searched too.
    """
    asked = _asked(text, filters, availability, order)
    if not asked.query and not filters and order == Order.BEST:
        return NOTHING
    page = max(1, min(page, -(-MOST_HITS // limit)))
    found = _counted(asked, slice((page - 1) * limit, page * limit), with_facets, gone_too)
    if not found.keys and page > 1:
        return search_titles(
            text, availability=availability, filters=filters, order=order, limit=limit, with_facets=with_facets,
            gone_too=gone_too,
        )  # fmt: skip
    return SearchPage(
        hits=_hits(found.keys, availability),
        total=found.total,
        capped=found.capped,
        page=page,
        pages=-(-found.total // limit),
        facets=found.facets,
    )


def titles_found(
    text: str,
    *,
    availability: Availability | None = None,
    filters: Filters = Filters(),
    order: Order = Order.BEST,
) -> "QuerySet[Title]":
    """All titles that `search_titles` would list with the same words, without a cap, in the same order.

    For labels, lists and exports of a search result. Neither words nor filters give no titles at all.
    """
    asked = _asked(text, filters, availability, order)
    if not asked.query and not filters and order == Order.BEST:
        return Title.objects.none()
    titles = _ordered(asked, ["search"])
    if asked.query and not asked.query.isbn and titles[:FEW].count() < FEW:
        titles = _ordered(asked, ["search", "search_summary"])
    return titles


def _asked(text: str, filters: Filters, availability: Availability | None, order: Order) -> Asked:
    query = query_of(text)
    return Asked(query, _titles_of_code(text) if query or filters else [], filters, availability, order)


def _counted(asked: Asked, part: slice, with_facets: bool, gone_too: bool) -> Counted:
    def run(columns: Sequence[str]) -> Counted:
        copies = _copies(asked.availability) if with_facets or not gone_too else None
        titles = _ordered(asked, columns)
        return counted(titles, part=part, most=MOST_HITS, copies=copies, with_facets=with_facets, gone_too=gone_too)

    found = run(["search"])
    if asked.query and found.total < FEW and not asked.query.isbn:
        found = run(["search", "search_summary"])
    return found


def _copies(availability: Availability | None) -> "QuerySet[Copy, Any]":
    inside = Value(False) if availability is None else availability.copy_inside
    held = ExpressionWrapper(~Q(state__in=GONE), output_field=BooleanField())
    return Copy.objects.annotate(held=held, inside=inside).values_list("title_id", "location_id", "held", "inside")


def _ordered(asked: Asked, columns: Sequence[str]) -> Titles:
    titles = _narrowed(Title.objects.filter(_found(asked.query, columns, asked.coded)), asked)
    order = _ORDERS[asked.order]
    if asked.order == Order.BEST and asked.query:
        return _ranked(titles, asked.query, asked.coded).order_by("rank", *order)
    return titles.order_by(*order)


def _titles_of_code(text: str) -> list[int]:
    """Titles of the copy that has, or had, this barcode or accession number, if the text may be one."""
    code = normalise_code(text)
    if not _CODE.fullmatch(code) or len(code) > 32:
        return []
    copies = Copy.objects.filter(Q(barcode=code) | Q(accession_number=code)).values_list("title_id", flat=True)
    return list(copies.union(FormerBarcode.objects.filter(barcode=code).values_list("copy__title_id", flat=True)))


def _found(query: Query, columns: Sequence[str], coded: Sequence[int]) -> Q:
    if not query:
        return Q()
    found = Q(pk__in=list(coded)) if coded else Q()
    for column in columns:
        found |= Q(holds(column, query.tsquery))
    return found


def holds(column: str, tsquery: str) -> Func:
    """Whether a vector of tokens holds what a query asks for, as a condition over `Title`."""
    wanted = Cast(Value(tsquery), SearchQueryField())
    return Func(F(column), wanted, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())


def _narrowed(titles: Titles, asked: Asked) -> Titles:
    filters = asked.filters
    plain = {"main_class": filters.main_class, "audience": filters.audience, "stage": filters.stage}
    plain["language"] = filters.language
    titles = titles.filter(**{column: value for column, value in plain.items() if value})
    if filters.main_class:  # said again in a way that has an index
        titles = titles.filter(shelf_key__gte=filters.main_class, shelf_key__lt=chr(ord(filters.main_class) + 1))
    if filters.clc:
        titles = titles.filter(clc_class__in=RawSQL(_BELOW, [filters.clc]))  # noqa: S611  # constant text
    if filters.location_id:
        held = Copy.objects.filter(title=OuterRef("pk"), location=filters.location_id).exclude(state__in=GONE)
        titles = titles.filter(Exists(held))
    if filters.only_inside and asked.availability is not None:
        titles = titles.filter(asked.availability.any_inside)
    return titles


def _ranked(titles: Titles, query: Query, coded: Sequence[int]) -> Titles:
    """Adds `rank`: 0 is meant exactly, 1 begins so, 2 begins so in pinyin or call number; then whether the words are
    in the name, the author, the series, the subject.
    """
    # Thousands of names are read for a common word: what the words cannot need is not done to each of them.
    named = Replace(Lower("name") if query.text.islower() else F("name"), Value("·"), Value(""))
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
    order += [Q(series__icontains=first), Q(subjects__icontains=first) | Q(keywords__icontains=first)]
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
