"""SRU, by which libraries are asked for records (versions 1.1, 1.2 and 2.0; Library of Congress and OASIS).

The question is an address, the answer an envelope of XML around MARC records. Both are read here, nothing is sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser, tostring

from pymarc import Record

from catalog.rules.marc import MarcProblem
from catalog.rules.marc.marcxml import read_records
from catalog.rules.outside import OutsideProblem
from library_site.shared.codes import isbn10

# How long publishers' numbers are in group 7, by their beginnings (range message of the International ISBN Agency).
_PUBLISHERS = (("00", "09"), ("100", "499"), ("5000", "7999"), ("80000", "89999"), ("900000", "989999"))


@dataclass(frozen=True)
class Reply:
    """`total` is how many records the server has; `records` those it sent that could be read."""

    total: int
    records: list[Record]


def search_address(url: str, *, version: str, schema: str, query: str, most: int) -> str:
    """The address that asks for at most so many records; what the server's own address asks with stays in it."""
    parts = urlsplit(url.strip())
    asked = [*parse_qsl(parts.query, keep_blank_values=True), ("version", version)]
    if version != "2.0":  # where there is only one operation
        asked.append(("operation", "searchRetrieve"))
    asked += [("query", query), ("startRecord", "1"), ("maximumRecords", str(most))]
    if schema:
        asked.append(("recordSchema", schema))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(asked), ""))


def isbn_queries(index: str, isbn: str) -> list[str]:
    """One after the other: as 13 digits, as the 10 that older books bear, and Chinese ones as they are printed.

    Some servers know a number only as it stands in the record, with its hyphens.
    """
    plain = [f"{_asked(index)}{number}" for number in (isbn, isbn10(isbn)) if number]
    return plain + [f'{_asked(index)}"{number}"' for number in _hyphenated(isbn)]


def _hyphenated(isbn: str) -> list[str]:
    """An ISBN of the Chinese group with its hyphens, in both lengths."""
    body = isbn[4:12] if isbn.startswith("9787") else ""
    for low, high in _PUBLISHERS:
        if low <= body[: len(low)] <= high:
            parts = f"7-{body[: len(low)]}-{body[len(low) :]}"
            return [f"978-{parts}-{isbn[12:]}", f"{parts}-{isbn10(isbn)[9:]}"]
    return []


def title_query(index: str, title: str) -> str:
    """The words as a phrase; its quotes and wildcards mean themselves."""
    words = " ".join(title.split())
    quoted = "".join(f"\\{sign}" if sign in '\\"*?^' else sign for sign in words)
    return f'{_asked(index)}"{quoted}"'


def _asked(index: str) -> str:
    """An index may name its relation (`bib.isbn adj`); else it is `=`."""
    return f"{index} " if " " in index else f"{index}="


def read_reply(data: bytes) -> Reply:
    """Reads an answer. Raises OutsideProblem if it is none, or nothing but the server's refusal."""
    root = _parsed(data)
    if _local(root) != "searchRetrieveResponse":
        raise OutsideProblem("not_sru")
    found = [record for entry in _under(root, "records", "record") for record in _records(entry)]
    refusals = [_message(element) for element in root.iter() if _local(element) == "diagnostic"]
    if refusals and not found:
        raise OutsideProblem("diagnostic", message=refusals[0])
    total = _text(root, "numberOfRecords")
    return Reply(total=int(total) if total.isdigit() else len(found), records=found)


class _NoDocumentType(TreeBuilder):
    """A document type could carry entities that expand without end, or fetch files; no server needs one."""

    def doctype(self, *_declared: Any) -> None:
        raise OutsideProblem("not_sru")


def _parsed(data: bytes) -> Element:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    parser = XMLParser(target=_NoDocumentType())  # noqa: S314 - limited in size, no document type
    try:
        parser.feed(text)
        root: Element = parser.close()
    except ParseError as error:
        raise OutsideProblem("not_sru") from error
    return root


def _local(element: Element) -> str:
    """Its name without the namespace: versions and servers differ in those."""
    return element.tag.rpartition("}")[2]


def _under(element: Element, *path: str) -> Iterator[Element]:
    if not path:
        yield element
        return
    for child in element:
        if _local(child) == path[0]:
            yield from _under(child, *path[1:])


def _text(element: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in _under(element, name)), "")


def _records(entry: Element) -> Iterator[Record]:
    """The records of one entry, packed as XML or as text; what is no MARC is passed over."""
    for data in _under(entry, "recordData"):
        packed = [element for element in data.iter() if element is not data and _local(element) == "record"]
        sources = [tostring(element) for element in packed] or [(data.text or "").strip().encode()]
        for source in filter(None, sources):
            yield from (found for found in read_records(source) if not isinstance(found, MarcProblem))


def _message(diagnostic: Element) -> str:
    """What a refusal says, in the server's words."""
    said = [_text(diagnostic, name) for name in ("message", "details")]
    return " · ".join(dict.fromkeys(text for text in said if text))[:200] or _text(diagnostic, "uri")
