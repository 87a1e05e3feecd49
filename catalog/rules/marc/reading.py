"""What a record says about a title, as values of Title's fields."""

from typing import Any

from pymarc import Record

from catalog.rules.marc import cnmarc, marc21
from catalog.rules.marc.holdings import CopyValues, copies_counted, local_call_number, read_copies
from catalog.rules.marc.records import CNMARC, MARC21, MarcProblem
from catalog.rules.marc.words import clipped

TitleValues = dict[str, Any]

__all__ = ["CopyValues", "TitleValues", "format_of", "read_title"]


def format_of(record: Record) -> str:
    """CNMARC (UNIMARC) or MARC 21, by the field of the title. Raises MarcProblem if it has none."""
    if "200" in record and "a" in record["200"]:
        return CNMARC
    if "245" in record:
        return MARC21
    raise MarcProblem("title_missing")


def read_title(record: Record, marc_format: str = "", *, local: bool = False) -> TitleValues:
    """{Title field: value} without what the record does not say; price as text with two decimals, year as text.

    With `local` its fields of holdings are the school's own: `clc_number` and `book_number` are those on the book,
    `copies` a list of {barcode, volume, price, location}, `copies_counted` their number where none is named. Without,
    they are some other library's and say nothing. `marc_format` is found out if not given. Raises MarcProblem where
    there is no title, or a range of barcodes that cannot be meant.
    """
    marc_format = marc_format or format_of(record)
    read = marc21.read if marc_format == MARC21 else cnmarc.read
    said = {name: clipped(name, value) if isinstance(value, str) else value for name, value in read(record).items()}
    values = {name: value for name, value in said.items() if value not in ("", None)}
    if not values.get("name"):
        raise MarcProblem("title_missing")
    return values | (_local(record, marc_format) if local else {})


def _local(record: Record, marc_format: str) -> TitleValues:
    number, book = local_call_number(record, marc_format)
    copies = read_copies(record, marc_format)
    said: TitleValues = {"copies": copies}
    if number:
        said["clc_number"] = clipped("clc_number", number)
    if number and book:
        said["book_number"] = book
    if not copies and (counted := copies_counted(record)):
        said["copies_counted"] = counted
    return said
