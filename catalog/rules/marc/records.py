"""Records as values: their shape as JSON, and why one cannot be read."""

from collections.abc import Mapping, Sequence
from typing import Any

from pymarc import Field, Indicators, Leader, Record, Subfield

CNMARC, MARC21 = "cnmarc", "marc21"
BLANK_LEADER = "00000nam  2200000   450 "

# [tag, data] or [tag, indicators, [[code, value], …]]
FieldRow = Sequence[Any]


class MarcProblem(Exception):
    """Why a record or a file cannot be read or written; `code` and `params` make the words."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, Any] = params


def is_control(tag: str) -> bool:
    """Whether a field of this tag has data only, no indicators and subfields."""
    return tag.startswith("00") and tag.isdigit()


def make_record(leader: str, rows: Sequence[FieldRow]) -> Record:
    """The record of these fields, in their order."""
    record = Record(fields=[_field(row) for row in rows])
    record.leader = Leader(leader)
    return record


def _field(row: FieldRow) -> Field:
    if len(row) == 2:
        return Field(tag=row[0], data=row[1])
    tag, indicators, subfields = row
    return data_field(tag, indicators, [(code, value) for code, value in subfields])


def data_field(tag: str, indicators: str, subfields: Sequence[tuple[str, str]]) -> Field:
    """A field with subfields."""
    both = Indicators(indicators[:1] or " ", indicators[1:2] or " ")
    return Field(tag=tag, indicators=both, subfields=[Subfield(code, value) for code, value in subfields])


def field_rows(record: Record) -> list[list[Any]]:
    """The fields of a record as JSON, in their order: what `make_record` takes."""
    return [_row(field) for field in record.fields]


def _row(field: Field) -> list[Any]:
    if field.control_field:
        return [field.tag, field.data or ""]
    subfields = [[subfield.code, subfield.value] for subfield in field.subfields]
    return [field.tag, "".join(field.indicators or ("", "")), subfields]


def texts(record: Record, tag: str, *codes: str) -> list[str]:
    """The values of these subfields of all fields with this tag, without blanks around them and without empty ones."""
    values = (value for field in record.get_fields(tag) for value in field.get_subfields(*codes))
    return [text for value in values if (text := " ".join(value.split()))]


def first(record: Record, tag: str, *codes: str) -> str:
    """The first such value; empty if there is none."""
    return next(iter(texts(record, tag, *codes)), "")


def control_key(record: Record) -> str:
    """What tells a record apart: its number (001) and who gave it (801 $b, MARC 21: 003 or 040 $a). Empty without."""
    number = " ".join((record["001"].data or "").split()) if "001" in record else ""
    giver = first(record, "801", "b") or _control(record, "003") or first(record, "040", "a")
    return f"{giver}:{number}"[:100] if number else ""


def _control(record: Record, tag: str) -> str:
    return (record[tag].data or "").strip() if tag in record else ""
