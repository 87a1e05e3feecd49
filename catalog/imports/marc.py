"""The import of MARC records, as the engine knows it: each record is a row."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO, Any

from pymarc import Record

from catalog.imports.holdings import HoldingsKind
from catalog.imports.marc_fields import COLUMNS, FIELDS, TEXTS
from catalog.imports.marc_matching import MarcPlan
from catalog.models import Copy
from catalog.rules.marc import MarcProblem, format_of, iso2709, marcxml, read_title
from catalog.rules.marc.records import control_key, field_rows, first, make_record
from library_site.imports.fields import RowProblem, Values
from library_site.models import ImportRow, ImportRun
from library_site.shared.spreadsheets import Sheet, SheetProblem
from library_site.shared.spreadsheets.limits import MAX_ROWS, check_size

XML = "xml"
_BARCODE = Copy._meta.get_field("barcode").max_length or 32
_LOCATION = 60


class MarcKind(HoldingsKind):
    """See `library_site.imports.fields.Kind`."""

    name = "marc"
    fields = FIELDS
    texts = TEXTS
    columns: Mapping[str, int] = COLUMNS
    max_bytes = 200 * 1024 * 1024

    def open(self, path: Path) -> Iterator[Sheet]:
        """The records of a file, broken ones too. Raises SheetProblem if there are none, or far too many."""
        check_size(path, self.max_bytes)
        yield Sheet("", _rows(path))

    def reader(self, run: ImportRun) -> "RecordReader":
        return RecordReader(own_holdings=bool(run.options.get("own_holdings", True)))

    def plan(self, run: ImportRun, *, keep: bool) -> MarcPlan:
        return MarcPlan(run, keep=keep)


KIND = MarcKind()


def _rows(path: Path) -> Iterator[list[str]]:
    """One row of cells per record, in the order of the file."""
    with path.open("rb") as file:
        is_xml = marcxml.is_marcxml(file.read(400))
        file.seek(0)
        rows = _xml_rows(file) if is_xml else _iso_rows(file)
        head = next(rows, None)
        if head is None or (not is_xml and head[COLUMNS["problem"]] and _is_no_marc(path)):
            raise SheetProblem("no_records")
        for count, row in enumerate(chain([head], rows)):
            if count >= MAX_ROWS:
                raise SheetProblem("too_many_rows", limit=MAX_ROWS)
            yield row


def _is_no_marc(path: Path) -> bool:
    """Whether a file whose first record is broken has not even the ends of records: somebody took another file."""
    with path.open("rb") as file:
        return not any(iso2709.RECORD_END in chunk for chunk in iter(lambda: file.read(1 << 20), b""))


def _iso_rows(file: IO[bytes]) -> Iterator[list[str]]:
    usual = iso2709.usual_encoding(file)
    file.seek(0)
    for raw in iso2709.split_records(file):
        try:
            record, encoding = iso2709.decode(raw, doubtful_as=usual)
        except MarcProblem as problem:
            yield _broken(problem, raw)
        else:
            yield _cells(record, encoding)


def _xml_rows(file: IO[bytes]) -> Iterator[list[str]]:
    for found in marcxml.read_records(file.read()):
        yield _broken(found, b"") if isinstance(found, MarcProblem) else _cells(found, XML)


def _cells(record: Record, encoding: str) -> list[str]:
    shown = [(("200", "a"), ("245", "a")), (("200", "f"), ("245", "c")), (("010", "a"), ("020", "a"))]
    texts = [next((text for tag, code in places if (text := first(record, tag, code))), "") for places in shown]
    stored = json.dumps([str(record.leader), field_rows(record)], ensure_ascii=False)
    # PostgreSQL keeps no zero byte in text or JSON.
    return [text.replace("\x00", "") for text in (*texts, control_key(record), _without_nul(stored), encoding, "", "")]


def _without_nul(stored: str) -> str:
    return stored.replace("\\u0000", "")


def _broken(problem: MarcProblem, raw: bytes) -> list[str]:
    reason = json.dumps([problem.code, dict(problem.params)])
    return [_excerpt(raw), "", "", "", "", "", reason, base64.b64encode(raw).decode()]


def _excerpt(raw: bytes) -> str:
    """What can be recognised of a broken record: its Chinese words, else whatever is no figure."""
    text = raw.decode("utf-8" if _is_utf8(raw) else "gb18030", "ignore").replace("\x00", "").replace("\x1e", "\x1f")
    parts = [part[1:] for part in text[iso2709.LEADER :].split("\x1f") if not part.strip().isdigit()]
    return " ".join([part for part in parts if not part.isascii()] or parts)[:80]


def _is_utf8(raw: bytes) -> bool:
    """As far as can be told of bytes that may be cut off within a character."""
    return len(raw.decode("utf-8", "ignore").encode()) > len(raw) - 4


class RecordReader:
    """See `library_site.imports.fields.Reader`."""

    def __init__(self, *, own_holdings: bool) -> None:
        self._own = own_holdings

    def __call__(self, cells: Mapping[str, str], *, sheet: str) -> tuple[Values, list[RowProblem]]:
        if cells["problem"]:
            code, params = json.loads(cells["problem"])
            return {}, [RowProblem("record", cells["name"], code, params)]
        leader, rows = json.loads(cells["record"])
        record = make_record(leader, rows)
        try:
            marc_format = format_of(record)
            values = read_title(record, marc_format, local=self._own)
        except MarcProblem as problem:
            return {}, [RowProblem("record", cells["name"], problem.code, problem.params)]
        named = values.pop("copies", [])
        values |= {
            "named": named,
            "control": cells["control"],
            "record": {"format": marc_format, "leader": leader, "fields": rows},
        }
        if "copies_counted" in values:
            values["copies"] = values.pop("copies_counted")
        return values, list(_too_long(named))


def _too_long(named: Iterable[Mapping[str, Any]]) -> Iterator[RowProblem]:
    for copy in named:
        if len(copy["barcode"]) > _BARCODE:
            yield RowProblem("barcode", copy["barcode"], "too_long", {"limit": _BARCODE})
        if len(copy.get("location", "")) > _LOCATION:
            yield RowProblem("location", copy["location"], "too_long", {"limit": _LOCATION})


def bad_records(run: ImportRun) -> Iterator[bytes]:
    """The bad records of a run as a file to repair: bytes as they came, those of MARCXML as ISO 2709 in UTF-8."""
    rows = ImportRow.objects.filter(run=run, verdict="bad").order_by("number")
    for cells in rows.values_list("cells", flat=True):
        if raw := base64.b64decode(cells[COLUMNS["raw"]]):
            yield raw + iso2709.RECORD_END
        elif stored := cells[COLUMNS["record"]]:
            leader, fields = json.loads(stored)
            encoding = cells[COLUMNS["encoding"]]
            yield iso2709.encode(
                make_record(leader, fields), encoding="utf-8" if encoding == XML else encoding, marc_format="cnmarc"
            )
