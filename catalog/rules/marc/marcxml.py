"""MARCXML (ISO 25577). Document types and entities are refused: a record needs none."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import tostring
from xml.parsers import expat

from pymarc import Record, record_to_xml_node

from catalog.rules.marc.records import BLANK_LEADER, MARC21, MarcProblem, field_rows, is_control, make_record

NAMESPACE = "http://www.loc.gov/MARC21/slim"
BEGIN = f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{NAMESPACE}">\n'.encode()
END = b"</collection>\n"
_BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|(?:\w+:)?(?:collection|record)\b|!--)")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def is_marcxml(head: bytes) -> bool:
    """Whether a file that begins so is MARCXML rather than ISO 2709."""
    return _BEGINS.match(head) is not None


def read_records(data: bytes) -> Iterator[Record | MarcProblem]:
    """The records in their order; what is no longer well-formed ends them with the problem and its line."""
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(_as_utf8(data), True)
    except expat.ExpatError as problem:
        reader.found.append(MarcProblem("xml_damaged", line=problem.lineno))
    except MarcProblem as problem:
        reader.found.append(problem)
    return iter(reader.found)


def _refuse(*_doctype: Any) -> None:
    raise MarcProblem("xml_with_entities")


def _as_utf8(data: bytes) -> bytes:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).encode()
        except UnicodeDecodeError:
            continue
    return data


class _Reader:
    """Gathers records while the parser goes through the file; prefixes of namespaces do not matter."""

    def __init__(self) -> None:
        self.found: list[Record | MarcProblem] = []
        self._leader = ""
        self._rows: list[list[Any]] = []
        self._code = ""
        self._text: list[str] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        local, tag = name.rpartition(":")[2], given.get("tag", "").strip()
        self._text = []
        if local == "record":
            self._leader, self._rows = BLANK_LEADER, []
        elif local == "controlfield":
            self._rows.append([tag, ""])
        elif local == "datafield":
            self._rows.append([tag, f"{given.get('ind1', '')[:1]:<1}{given.get('ind2', '')[:1]:<1}", []])
        elif local == "subfield":
            self._code = given.get("code", "")[:1]

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        local, text = name.rpartition(":")[2], "".join(self._text)
        if local == "leader" and len(text) == len(BLANK_LEADER) and text.isascii():
            self._leader = text
        elif local == "controlfield" and self._rows:
            self._rows[-1][1] = text
        elif local == "subfield" and self._rows and len(self._rows[-1]) == 3:
            self._rows[-1][2].append([self._code, text])
        elif local == "record":
            self.found.append(self._record())

    def _record(self) -> Record | MarcProblem:
        if not self._rows:
            return MarcProblem("no_fields")
        if any(len(row[0]) != 3 or is_control(row[0]) != (len(row) == 2) for row in self._rows):
            return MarcProblem("xml_field_damaged")
        return make_record(self._leader, self._rows)


def encode(record: Record, *, marc_format: str) -> bytes:
    """One `record` element and a line end, in UTF-8, without the signs that XML has no room for."""
    leader = str(record.leader)
    leader = leader[:9] + ("a" if marc_format == MARC21 else " ") + leader[10:]
    node = record_to_xml_node(make_record(leader, _cleaned(field_rows(record))))
    if marc_format != MARC21:
        node.set("format", "CNMARC")
    return tostring(node, encoding="unicode").encode() + b"\n"


def _cleaned(value: Any) -> Any:
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    return _NOT_IN_XML.sub("", value)


def encode_checked(record: Record, *, marc_format: str) -> bytes:
    """As `encode`, and reads it back: raises MarcProblem unless every field comes back as it was."""
    raw = encode(record, marc_format=marc_format)
    back = next(read_records(raw))
    if isinstance(back, MarcProblem):
        raise back
    if field_rows(back) != _cleaned(field_rows(record)):
        raise MarcProblem("not_readable_back")
    return raw
