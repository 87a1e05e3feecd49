"""Changes to a record that touch nothing else in it."""

import re
from collections.abc import Callable, Iterable, Sequence

from pymarc import Field, Record, Subfield

from catalog.rules.marc.records import data_field, is_control

_ISBD = re.compile(r"[ /:;,=]*$")


def put(record: Record, field: Field) -> None:
    """Adds a field behind the last one whose tag is not greater; the others stay where they are."""
    places = [place for place, other in enumerate(record.fields) if other.tag.isdigit() and other.tag <= field.tag]
    record.fields.insert(places[-1] + 1 if places else 0, field)


def drop(record: Record, tags: Iterable[str], only: Callable[[Field], bool] = lambda _field: True) -> None:
    """Removes fields of these tags."""
    gone = {id(field) for field in record.get_fields(*tags) if only(field)}
    record.fields = [field for field in record.fields if id(field) not in gone]


def replace(record: Record, tags: Sequence[str], fields: Iterable[Field]) -> None:
    """These fields in place of all that have these tags."""
    drop(record, tags)
    for field in fields:
        put(record, field)


def set_subfields(field: Field, codes: str, values: Sequence[str]) -> None:
    """The values under the first of the codes, where the first of them stood; none of them stay without a value.

    The sign before the next subfield (ISBD) stays as it is.
    """
    places = [place for place, part in enumerate(field.subfields) if part.code in codes]
    before = field.subfields[places[0]].value if places else ""
    sign = found[0] if (found := _ISBD.search(before)) and before else ""
    new = [Subfield(codes[0], f"{value}{sign}" if value else "") for value in values if value]
    kept = [part for part in field.subfields if part.code not in codes]
    at = places[0] if places else _place_of(kept, codes[0])
    field.subfields = [*kept[:at], *new, *kept[at:]]


def _place_of(parts: Sequence[Subfield], code: str) -> int:
    """Behind the last subfield that comes before it in the alphabet."""
    before = [place for place, part in enumerate(parts) if part.code <= code]
    return before[-1] + 1 if before else 0


def set_first(record: Record, tag: str, codes: str, values: Sequence[str], *, indicators: str = "  ") -> None:
    """As `set_subfields` in the first field of a tag, which is made or removed where need be."""
    field = next(iter(record.get_fields(tag)), None)
    if field is None:
        if any(values):
            put(record, data_field(tag, indicators, [(codes[0], value) for value in values if value]))
        return
    set_subfields(field, codes, values)
    if not field.subfields:
        drop(record, [tag], only=lambda other: other is field)


def set_control(record: Record, tag: str, data: str) -> None:
    """The data of a control field."""
    assert is_control(tag)
    if tag in record:
        record[tag].data = data
    else:
        put(record, Field(tag=tag, data=data))
