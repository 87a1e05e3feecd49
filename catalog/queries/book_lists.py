"""Indexes (书目索引): the titles that are held, under headings of a kind, each heading's in shelf order.

An outline of keys is made of the whole list, so that a page or a file reads only the titles it shows.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import ClcClass, Title
from catalog.models.titles import long_columns
from catalog.queries.class_counts import held_copies

AT_ONCE = 2000
_SEPARATORS = re.compile(r"[;；,，、|/\n]+")
_LAST = (1, "")  # sorts behind every heading
_SECOND_LEVEL = """
    WITH RECURSIVE way AS (
        SELECT code AS leaf, code, name, parent_id, level FROM catalog_clcclass WHERE code = ANY(%s)
        UNION ALL
        SELECT way.leaf, class.code, class.name, class.parent_id, class.level
          FROM way JOIN catalog_clcclass AS class ON class.code = way.parent_id WHERE way.level > 2
    ) SELECT leaf, code, name FROM way WHERE level <= 2
"""


class Grouping(models.TextChoices):
    """What the headings of a list are."""

    MAIN_CLASS = "main", gettext_lazy("Main class")
    CLASS = "class", gettext_lazy("Class of the second level")
    SUBJECT = "subject", gettext_lazy("Subject")
    COURSE = "course", gettext_lazy("School subject")
    STAGE = "stage", gettext_lazy("Reading stage")
    LOCATION = "place", gettext_lazy("Place")
    KEYWORD = "keyword", gettext_lazy("Keyword")
    MONTH = "month", gettext_lazy("Month of arrival")
    NONE = "none", gettext_lazy("No headings")


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; empty values narrow nothing. `words` is looked for in subjects and keywords."""

    by: str = Grouping.MAIN_CLASS
    clc: str = ""
    words: str = ""
    course: str = ""
    stage: str = ""
    audience: str = ""
    location_id: int | None = None
    since: date | None = None


class Heading(NamedTuple):
    """Sorts by `key`; titles without a heading come last."""

    key: tuple[Any, ...]
    text: str


@dataclass(frozen=True)
class Group:
    """A heading with the primary keys of its titles. `begins` is False where an earlier part began it."""

    heading: str
    keys: Sequence[int]
    total: int
    begins: bool = True


@dataclass(frozen=True)
class Outline:
    """The whole list as headings and keys. A title with two subjects stands under both: `lines` may exceed `titles`."""

    groups: Sequence[Group]

    @property
    def lines(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def titles(self) -> int:
        return len({key for group in self.groups for key in group.keys})

    def part(self, first: int, last: int) -> list[Group]:
        """The lines from the first (0) to before the last, under their headings."""
        found, start = [], 0
        for group in self.groups:
            keys = group.keys[max(0, first - start) : max(0, last - start)]
            if keys:
                found.append(Group(group.heading, keys, group.total, begins=first <= start))
            start += group.total
        return found


def outline(asked: Asked) -> Outline:
    """The headings of a list in their order, and their titles in shelf order. One to two statements."""
    lines: dict[Heading, list[int]] = {}
    for key, headings in _headed(asked):
        for heading in headings:
            lines.setdefault(heading, []).append(key)
    return Outline([Group(heading.text, keys, len(keys)) for heading, keys in sorted(lines.items())])


def titles_of(keys: Sequence[int]) -> dict[int, Title]:
    """The titles of a part with `held` copies each. One statement."""
    held = held_copies().filter(title=OuterRef("pk")).order_by().values("title").annotate(number=Count("pk"))
    titles = Title.objects.filter(pk__in=keys).defer(*long_columns())
    return {title.pk: title for title in titles.annotate(held=Coalesce(Subquery(held.values("number")), 0))}


def lines_of(groups: Iterable[Group]) -> Iterator[tuple[str, Title]]:
    """(heading, title) of every line, read some at a time."""
    for group in groups:
        for start in range(0, len(group.keys), AT_ONCE):
            keys = group.keys[start : start + AT_ONCE]
            titles = titles_of(keys)
            yield from ((group.heading, titles[key]) for key in keys if key in titles)


def courses() -> list[str]:
    """The school subjects that titles have. One statement."""
    return list(Title.objects.exclude(course="").order_by("course").values_list("course", flat=True).distinct())


def asked_titles(asked: Asked) -> "QuerySet[Title, Any]":
    """The titles held that the question leaves, in shelf order."""
    copies = held_copies().filter(title=OuterRef("pk"))
    if asked.location_id:
        copies = copies.filter(location=asked.location_id)
    if asked.since:
        copies = copies.filter(Q(acquired_on__gte=asked.since) | Q(acquired_on=None, created_at__date__gte=asked.since))
    wanted = {"course": asked.course, "stage": asked.stage, "clc_number__startswith": asked.clc}
    titles = Title.objects.filter(Exists(copies), **{name: value for name, value in wanted.items() if value})
    if asked.audience:
        titles = titles.filter(audience__in=[asked.audience, Title.Audience.ALL])
    for word in asked.words.split():
        titles = titles.filter(Q(subjects__icontains=word) | Q(keywords__icontains=word))
    return titles.order_by("shelf_key", "pk")


def _headed(asked: Asked) -> Iterator[tuple[int, Sequence[Heading]]]:
    """Each title's key with its headings, in shelf order."""
    titles = asked_titles(asked)
    match asked.by:
        case Grouping.LOCATION:
            return _by_place(titles, asked)
        case Grouping.CLASS:
            return _by_class(titles)
        case Grouping.MONTH:
            return _by_month(titles)
    column, headings = _COLUMNS[Grouping(asked.by)]
    names = _main_classes() if asked.by == Grouping.MAIN_CLASS else {}
    rows = titles.values_list("pk", column).iterator(chunk_size=AT_ONCE)
    return ((key, headings(value, names)) for key, value in rows)


def _main_classes() -> dict[str, str]:
    return dict(ClcClass.objects.filter(level=1).values_list("code", "name"))


def _by_class(titles: "QuerySet[Title, Any]") -> Iterator[tuple[int, Sequence[Heading]]]:
    rows = list(titles.values_list("pk", "clc_class_id", "main_class"))
    with connection.cursor() as cursor:
        cursor.execute(_SECOND_LEVEL, [sorted({code for _pk, code, _main in rows if code})])
        above = {leaf: (code, name) for leaf, code, name in cursor.fetchall()}
    return ((pk, [_class(*above.get(code, (main, "")))]) for pk, code, main in rows)


def _by_place(titles: "QuerySet[Title, Any]", asked: Asked) -> Iterator[tuple[int, Sequence[Heading]]]:
    """A title stands under each place that holds a copy of it."""
    copies = held_copies().filter(title__in=titles.order_by())
    if asked.location_id:
        copies = copies.filter(location=asked.location_id)
    rows = copies.order_by("title__shelf_key", "title").values_list("title", "title__shelf_key", "location__name")
    return ((pk, [_plain(place)]) for pk, _key, place in rows.distinct().iterator(chunk_size=AT_ONCE))


def _by_month(titles: "QuerySet[Title, Any]") -> Iterator[tuple[int, Sequence[Heading]]]:
    """The month in which the newest copy came, the latest first."""
    came = Coalesce(F("acquired_on"), F("created_at__date"))
    newest = held_copies().filter(title=OuterRef("pk")).order_by(came.desc()).values(month=TruncMonth(came))
    rows = titles.annotate(month=Subquery(newest[:1])).values_list("pk", "month")
    return ((pk, [_month(month)]) for pk, month in rows.iterator(chunk_size=AT_ONCE))


def _class(code: str, name: str) -> Heading:
    return Heading((0, code), f"{code} {name}".strip()) if code else _nothing(_("To be classified"))


def _plain(text: str) -> Heading:
    return Heading((0, text), text) if text else _nothing(_("Not given"))


def _month(month: date | None) -> Heading:
    if month is None:
        return _nothing(_("Not given"))
    return Heading((0, -month.toordinal()), formats.date_format(month, "YEAR_MONTH_FORMAT"))


def _stage(stage: str, _names: Any) -> list[Heading]:
    if not stage:
        return [_nothing(_("Not given"))]
    return [Heading((0, Title.ReadingStage.values.index(stage)), str(Title.ReadingStage(stage).label))]


def _several(text: str, _names: Any) -> list[Heading]:
    """One heading for each of the subjects or keywords that a cell lists."""
    parts = dict.fromkeys(part.strip() for part in _SEPARATORS.split(text))
    return [_plain(part) for part in parts if part] or [_plain("")]


def _nothing(text: str | Promise) -> Heading:
    return Heading(_LAST, str(text))


_COLUMNS: dict[Grouping, tuple[str, Callable[[Any, Any], list[Heading]]]] = {
    Grouping.MAIN_CLASS: ("main_class", lambda letter, names: [_class(letter, names.get(letter, ""))]),
    Grouping.SUBJECT: ("subjects", _several),
    Grouping.KEYWORD: ("keywords", _several),
    Grouping.COURSE: ("course", lambda course, _names: [_plain(course)]),
    Grouping.STAGE: ("stage", _stage),
    Grouping.NONE: ("main_class", lambda _letter, _names: [Heading((0, ""), "")]),
}
