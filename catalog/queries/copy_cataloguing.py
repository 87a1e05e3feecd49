"""Copy cataloguing: records of other libraries for the book in hand, asked for by SRU. Nothing is written here."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Any

from django.core import signing
from django.core.cache import cache
from pymarc import Record

from catalog.models import SruServer, Title
from catalog.queries.web import anywhere, fetch
from catalog.rules import sru
from catalog.rules.marc import MarcProblem, TitleValues, format_of, read_title
from catalog.rules.marc.records import field_rows, make_record
from catalog.rules.outside import OutsideProblem

MOST_HITS = 10
MOST_BYTES = 4 * 1024 * 1024
LONGEST = 15.0  # seconds for all servers together
REST = 60  # seconds in which a server that did not answer is left alone
SALT = "catalog.copied_record"
_NOT_THERE = {"unreachable", "too_late"}


@dataclass(frozen=True)
class Hit:
    """A record found: what it says about the title (fields of `Title`), and itself whole."""

    server: str
    values: TitleValues
    record: Record
    format: str

    @cached_property
    def token(self) -> str:
        """The record in a form's hidden field; signed, so that only what was fetched comes back as a record."""
        whole = {"format": self.format, "leader": str(self.record.leader), "fields": field_rows(self.record)}
        return signing.dumps(whole, salt=SALT, compress=True)

    @property
    def values_json(self) -> str:
        return json.dumps(self.values, ensure_ascii=False, default=str)

    @property
    def line(self) -> str:
        """What tells hits apart beside their title."""
        said = (self.values.get(name) for name in ("author", "publisher", "published", "edition", "price"))
        return " · ".join(str(value) for value in said if value)


@dataclass(frozen=True)
class Failure:
    server: str
    text: str


@dataclass(frozen=True)
class Lookup:
    """What was found at the first server that had something; `total` of these, and who failed before."""

    hits: list[Hit]
    total: int
    failures: list[Failure]
    asked: int


def servers_in_use() -> list[SruServer]:
    """The servers that are asked, in their order."""
    return list(SruServer.objects.filter(enabled=True).order_by("position", "pk"))


def title_to_try() -> Title | None:
    """The title entered last that has an ISBN: what a server is tried with."""
    return Title.objects.exclude(isbn="").only("name", "isbn").order_by("-pk").first()


def copied_record(token: str) -> dict[str, Any] | None:
    """{format, leader, fields} of a hit's token; None if it is none of ours."""
    try:
        record: dict[str, Any] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return record


def copied_values(token: str) -> TitleValues:
    """What the record of a token says about the title; nothing if it is none of ours."""
    record = copied_record(token)
    return read_title(make_record(record["leader"], record["fields"]), record["format"]) if record else {}


def look_up(*, isbn: str = "", title: str = "") -> Lookup:
    """Asks the servers in their order for the ISBN (13 digits), then for the title; the first with records wins.

    Never raises for what is outside: a server that cannot be reached is named and left alone for a minute. Takes at
    most 15 seconds.
    """
    until = monotonic() + LONGEST
    failures: dict[str, Failure] = {}
    servers = servers_in_use()
    for given in ({"isbn": isbn}, {"title": title}):
        for server in servers if any(given.values()) else []:
            if server.name in failures:
                continue
            try:
                hits, total = ask(server, until=until, **given)
            except OutsideProblem as problem:
                failures[server.name] = Failure(server.name, problem.text)
                continue
            if hits:
                return Lookup(hits, total, list(failures.values()), asked=len(servers))
    return Lookup([], 0, list(failures.values()), asked=len(servers))


def ask(server: SruServer, *, isbn: str = "", title: str = "", until: float | None = None) -> tuple[list[Hit], int]:
    """The records of one server and how many it has in all. Raises OutsideProblem."""
    if until is not None and cache.get(_resting(server)):
        raise OutsideProblem("resting")
    end = min(monotonic() + server.seconds, until or float("inf"))
    try:
        for query in _queries(server, isbn, title):
            reply = _reply(server, query, end)
            if reply.records:
                return list(_hits(server, reply.records)), reply.total
    except OutsideProblem as problem:
        if problem.code in _NOT_THERE:
            cache.set(_resting(server), True, REST)
        raise
    return [], 0


def _resting(server: SruServer) -> str:
    return f"sru-resting-{server.pk}"


def _queries(server: SruServer, isbn: str, title: str) -> Sequence[str]:
    if isbn:
        return sru.isbn_queries(server.isbn_index, isbn)
    return [sru.title_query(server.title_index, title)] if title.strip() else []


def _reply(server: SruServer, query: str, end: float) -> sru.Reply:
    left = end - monotonic()
    if left <= 0:
        raise OutsideProblem("too_late")
    address = sru.search_address(
        server.url, version=server.version, schema=server.record_schema, query=query, most=MOST_HITS
    )
    return sru.read_reply(fetch(address, seconds=left, most_bytes=MOST_BYTES, allowed=anywhere).content)


def _hits(server: SruServer, records: Sequence[Record]) -> Iterator[Hit]:
    """Records that name a title; the same title twice in the same words is one."""
    seen: list[Any] = []
    for record in records[:MOST_HITS]:
        try:
            marc_format = format_of(record)
            values = read_title(record, marc_format)
        except MarcProblem:
            continue
        if values not in seen:
            seen.append(values)
            yield Hit(server.name, values, record, marc_format)
