"""Titles as a file of MARC records, in batches, each record read back before it leaves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from catalog.models import Copy, MarcRecord, Title
from catalog.queries.search import GONE
from catalog.rules.marc import iso2709, marcxml
from catalog.rules.marc.facts import Facts
from catalog.rules.marc.records import CNMARC, MarcProblem
from catalog.rules.marc.writing import record_of
from library_site.models import School

BATCH = 500
NEARLY_FULL, FIELD_NEARLY_FULL = 90_000, 9_900  # of the 99,999 bytes of a record and the 9,999 of a field
# Bytes in UTF-8 of what a record holds, its copies with 20 each.
_TOO_LONG = """
    SELECT t.name FROM catalog_title AS t LEFT JOIN catalog_marcrecord AS m ON m.title_id = t.id
     WHERE t.id = ANY(%(titles)s)
       AND (octet_length(t.summary) + coalesce(octet_length(m.fields::text), 0)
                + 20 * (SELECT count(*) FROM catalog_copy AS c WHERE c.title_id = t.id) > %(record)s
            OR EXISTS (SELECT FROM jsonb_array_elements(m.fields) AS f WHERE octet_length(f::text) > %(field)s))
     ORDER BY t.id
"""
ISO, XML = "iso", "xml"
_COLUMNS = (
    "pk", "created_at", "name", "subtitle", "part", "author", "translator", "publisher", "place", "published",
    "edition", "series", "pages", "size", "binding", "price", "isbn", "summary", "subjects", "keywords", "language",
    "volumes", "material", "audience", "clc_number", "book_number",
)  # fmt: skip


class Shape(NamedTuple):
    """What the file is to be: `cnmarc` or `marc21`, `iso` or `xml`, `utf-8` or `gb18030` (ISO 2709 only)."""

    format: str = CNMARC
    container: str = ISO
    encoding: str = "utf-8"

    @property
    def media_type(self) -> str:
        return "application/marcxml+xml" if self.container == XML else "application/marc"


@dataclass
class MarcFile:
    """A file of the records of these titles. `chunks` may be asked for once; then `records` and `left_out` are known.

    Every record is read back from its bytes; one that would not come back as it is, or for which ISO 2709 has no room,
    is left out and named as (key of the title, code of the reason).
    """

    titles: Sequence[int]
    shape: Shape
    records: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)

    def chunks(self) -> Iterator[bytes]:
        if self.shape.container == XML:
            yield marcxml.BEGIN
        school = School.objects.first()
        for start in range(0, len(self.titles), BATCH):
            yield b"".join(self._written(_facts(self.titles[start : start + BATCH], school)))
        if self.shape.container == XML:
            yield marcxml.END

    def _written(self, batch: "Iterable[tuple[Facts, Stored | None]]") -> Iterator[bytes]:
        for facts, stored in batch:
            try:
                raw = self._encoded(facts, stored)
            except MarcProblem as problem:
                self.left_out.append((facts.number, problem.code))
            else:
                self.records += 1
                yield raw

    def _encoded(self, facts: Facts, stored: "Stored | None") -> bytes:
        marc_format, container, encoding = self.shape
        record = record_of(facts, marc_format, stored=stored, encoding=encoding if container == ISO else "utf-8")
        if container == XML:
            return marcxml.encode_checked(record, marc_format=marc_format)
        return iso2709.encode_checked(record, encoding=encoding, marc_format=marc_format)


Stored = tuple[str, str, list[Any]]


def _facts(keys: Sequence[int], school: School | None) -> Iterator[tuple[Facts, Stored | None]]:
    """What each title has to say, in the order of the keys. Three statements."""
    titles = {title["pk"]: title for title in Title.objects.filter(pk__in=keys).values(*_COLUMNS)}
    records = MarcRecord.objects.filter(title__in=keys).values_list("title", "format", "leader", "fields")
    stored = {title: (marc_format, leader, fields) for title, marc_format, leader, fields in records}
    copies: dict[int, list[dict[str, str]]] = {}
    held = Copy.objects.filter(title__in=keys).exclude(state__in=GONE).order_by("barcode")
    for title_id, barcode, volume, location in held.values_list("title", "barcode", "volume", "location__name"):
        said = {"barcode": barcode, "volume": volume, "location": location}
        copies.setdefault(title_id, []).append({name: value for name, value in said.items() if value})
    for key in keys:
        if title := titles.get(key):
            yield _facts_of(title, copies.get(key, []), school), stored.get(key)


def _facts_of(title: dict[str, Any], copies: Sequence[dict[str, str]], school: School | None) -> Facts:
    values = {name: title[name] for name in _COLUMNS[2:]}
    values["price"] = "" if title["price"] is None else f"{title['price']:.2f}"
    entered_on = timezone.localdate(title["created_at"])
    return Facts(
        title["pk"],
        values,
        copies,
        library=school.name if school else "",
        clc_edition=school.clc_edition if school else "",
        entered_on=entered_on,
    )


def too_long(titles: Sequence[int]) -> list[str]:
    """The names of those for whose record ISO 2709 hardly has room; MARCXML has. One statement."""
    with connection.cursor() as cursor:
        sizes = {"record": NEARLY_FULL, "field": FIELD_NEARLY_FULL}
        cursor.execute(_TOO_LONG, {"titles": list(titles), **sizes})
        return [name for (name,) in cursor.fetchall()]
