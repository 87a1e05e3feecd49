"""ISO 2709: records in bytes. Encodings are found by trying, since the leader does not tell the truth."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

from pymarc import Field, Record

from catalog.rules.marc.records import MARC21, MarcProblem, field_rows, is_control, make_record

RECORD_END, FIELD_END, SUBFIELD = b"\x1d", b"\x1e", b"\x1f"
LEADER, ENTRY = 24, 12
MAX_RECORD, MAX_FIELD = 99_999, 9_999  # what five and four digits can say
ENCODINGS = ("utf-8", "gb18030")
_CHUNK = 1 << 20
_THREE_BYTES = re.compile("[\u0800-\U0010ffff]")
_BETWEEN = b"\r\n\t \x00\x1a"  # what vendors put between records
_BOM = b"\xef\xbb\xbf"


def split_records(file: IO[bytes]) -> Iterator[bytes]:
    """The records of a file without their ends, whatever stands between them. A last one without an end comes too."""
    rest = b""
    while chunk := file.read(_CHUNK):
        *whole, rest = (rest + chunk).split(RECORD_END)
        yield from filter(None, map(_trimmed, whole))
    if last := _trimmed(rest):
        yield last


def _trimmed(raw: bytes) -> bytes:
    """What stands before a record goes; what stands behind its last field as well."""
    raw = raw.lstrip(_BETWEEN).removeprefix(_BOM).lstrip(_BETWEEN)
    end = raw.rfind(FIELD_END)
    return raw if end < 0 or raw[end + 1 :].strip(_BETWEEN) else raw[: end + 1]


def usual_encoding(file: IO[bytes]) -> str:
    """UTF-8 if the whole file is that, else GB18030: what a record is in that might be either."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def decode(raw: bytes, *, doubtful_as: str = "utf-8") -> tuple[Record, str]:
    """The record and its encoding: strict UTF-8, else GB18030. Raises MarcProblem with the reason.

    A few Chinese characters in GB18030 may be Cyrillic or Greek ones in UTF-8 (校 is У): `doubtful_as` decides.
    """
    parts = _fields(raw)
    for encoding in ("gb18030", "utf-8") if doubtful_as == "gb18030" and _is_doubtful(raw) else ENCODINGS:
        try:
            rows = [_row(tag, data.decode(encoding)) for tag, data in parts]
        except UnicodeDecodeError:
            continue
        return make_record(raw[:LEADER].decode("ascii"), rows), encoding
    raise MarcProblem("characters_unreadable")


def _is_doubtful(raw: bytes) -> bool:
    """Whether every sign of it that is not ASCII has two bytes: no Chinese character has in UTF-8."""
    try:
        return not _THREE_BYTES.search(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _fields(raw: bytes) -> list[tuple[str, bytes]]:
    """(tag, data) of each field, by the directory; where its lengths are wrong, by the ends of the fields."""
    if len(raw) < LEADER or not raw[:LEADER].isascii():
        raise MarcProblem("leader_unreadable")
    end = raw.find(FIELD_END)
    if end < LEADER:
        raise MarcProblem("directory_missing")
    directory = raw[LEADER:end]
    if len(directory) % ENTRY or not directory.isascii():
        raise MarcProblem("directory_damaged")
    entries = [directory[start : start + ENTRY].decode("ascii") for start in range(0, len(directory), ENTRY)]
    if not entries:
        raise MarcProblem("no_fields")
    return _by_directory(raw, end + 1, entries) or _by_ends(raw[end + 1 :], entries)


def _by_directory(raw: bytes, base: int, entries: list[str]) -> list[tuple[str, bytes]]:
    """Nothing if the directory does not fit the fields."""
    fields = []
    for entry in entries:
        if not entry[3:].isdigit():
            return []
        start = base + int(entry[7:])
        field = raw[start : start + int(entry[3:7])]
        if not field.endswith(FIELD_END) or FIELD_END in field[:-1]:
            return []
        fields.append((entry[:3], field[:-1]))
    return fields


def _by_ends(data: bytes, entries: list[str]) -> list[tuple[str, bytes]]:
    """Somebody changed the encoding and left the lengths: the order of the fields still holds."""
    *parts, rest = data.split(FIELD_END)
    if rest:
        raise MarcProblem("cut_off")
    if len(parts) != len(entries):
        raise MarcProblem("fields_missing", told=len(entries), found=len(parts))
    return [(entry[:3], part) for entry, part in zip(entries, parts, strict=True)]


def _row(tag: str, text: str) -> list[object]:
    if is_control(tag):
        return [tag, text]
    indicators, *subfields = text.split("\x1f")
    if not subfields:
        subfields, indicators = [f"a{indicators[2:]}"], indicators[:2]
    return [tag, f"{indicators[:2]:<2}", [[part[:1], part[1:]] for part in subfields if part]]


def encode(record: Record, *, encoding: str, marc_format: str) -> bytes:
    """The record as bytes, with its end. Raises MarcProblem where the format has no room for it."""
    fields = [(field.tag, _field_bytes(field, encoding)) for field in record.fields]
    directory, offset = b"", 0
    for tag, data in fields:
        if len(data) > MAX_FIELD:
            raise MarcProblem("field_too_long", tag=tag)
        directory += f"{tag:>03}{len(data):04d}{offset:05d}".encode("ascii")
        offset += len(data)
    base = LEADER + len(directory) + 1
    length = base + offset + 1
    if length > MAX_RECORD:
        raise MarcProblem("record_too_long")
    leader = _leader(str(record.leader), length, base, utf8_mark=marc_format == MARC21 and encoding == "utf-8")
    return leader.encode("ascii") + directory + FIELD_END + b"".join(data for _tag, data in fields) + RECORD_END


def _leader(leader: str, length: int, base: int, *, utf8_mark: bool) -> str:
    """Position 9 says UTF-8 in MARC 21 only; in CNMARC it is blank. The entry map begins with 45."""
    entry_map = leader[20:24] if leader[20:22] == "45" else "450 "
    return f"{length:05d}{leader[5:9]}{'a' if utf8_mark else ' '}22{base:05d}{leader[17:20]}{entry_map}"


def _field_bytes(field: Field, encoding: str) -> bytes:
    if field.control_field:
        return (field.data or "").encode(encoding) + FIELD_END
    indicators = "".join(field.indicators or ("", ""))
    parts = "".join(f"\x1f{subfield.code}{subfield.value}" for subfield in field.subfields)
    return f"{indicators:<2}{parts}".encode(encoding) + FIELD_END


def encode_checked(record: Record, *, encoding: str, marc_format: str) -> bytes:
    """As `encode`, and reads the bytes back: raises MarcProblem unless every field comes back as it was."""
    raw = encode(record, encoding=encoding, marc_format=marc_format)
    back, _encoding = decode(raw[:-1], doubtful_as=encoding)
    if field_rows(back) != field_rows(record):
        raise MarcProblem("not_readable_back")
    return raw
