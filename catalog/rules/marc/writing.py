"""The record of a title: the one it came with, brought in line, or one of our own."""

from pymarc import Leader, Record

from catalog.rules.marc import to_cnmarc, to_marc21
from catalog.rules.marc.facts import Facts
from catalog.rules.marc.reading import read_title
from catalog.rules.marc.records import CNMARC, FieldRow, MarcProblem, make_record

_LEADERS = {CNMARC: "00000{status}{kind}m0 2200000   450 ", "marc21": "00000{status}{kind}m a2200000 a 4500"}
_KINDS = {"av": "g", "ebook": "l"}


def record_of(
    facts: Facts, marc_format: str, *, stored: tuple[str, str, list[FieldRow]] | None = None, encoding: str = "utf-8"
) -> Record:
    """The record of a title in this format. `stored` is (format, leader, fields) of the one it came with.

    Of a stored record of the same format only those fields are rewritten in which the title differs by now; a record
    of the other format cannot be carried over, so the title gets one of our own.
    """
    if stored is None or stored[0] != marc_format:
        return _made(facts, marc_format, encoding)
    record = make_record(stored[1], stored[2])
    facts = Facts(**{**vars(facts), "said": _said(record, marc_format)})
    (to_cnmarc if marc_format == CNMARC else to_marc21).update(record, facts)
    return record


def _said(record: Record, marc_format: str) -> dict[str, object]:
    try:
        return read_title(record, marc_format, local=True)
    except MarcProblem:
        return {}


def _made(facts: Facts, marc_format: str, encoding: str) -> Record:
    record = to_cnmarc.make(facts, encoding=encoding) if marc_format == CNMARC else to_marc21.make(facts)
    kind = _KINDS.get(facts["material"], "a")
    kind = "m" if kind == "l" and marc_format != CNMARC else kind
    record.leader = Leader(_LEADERS[marc_format].format(status="n", kind=kind))
    return record
