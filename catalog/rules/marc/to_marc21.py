"""Brings a MARC 21 record in line with its title, field by field; what the title does not know stays untouched."""

from collections.abc import Iterable

from pymarc import Field, Record

from catalog.rules.marc import marc21
from catalog.rules.marc.editing import drop, put, replace, set_control, set_first, set_subfields
from catalog.rules.marc.facts import Facts
from catalog.rules.marc.holdings import holding_fields, holding_tags
from catalog.rules.marc.records import MARC21, data_field
from catalog.rules.marc.to_cnmarc import PART

_PEOPLE = ("100", "110", "111", "700", "710")


def update(record: Record, facts: Facts) -> None:
    """Rewrites the fields in which the title differs from what its record says."""
    _standard_number(record, facts)
    _names(record, facts)
    imprint = "260" if "260" in record or "264" not in record else "264"
    for name, tag, codes, indicators in (
        ("name", "245", "a", "10"),
        ("subtitle", "245", "b", "10"),
        ("edition", "250", "a", "  "),
        ("place", imprint, "a", "  "),
        ("publisher", imprint, "b", "  "),
        ("published", imprint, "c", "  "),
        ("pages", "300", "a", "  "),
        ("size", "300", "c", "  "),
        ("series", "490" if "490" in record or "440" not in record else "440", "anp", "0 "),
    ):
        if facts.differs(name):
            _set_in_script(record, tag, codes, facts[name], indicators)
    if facts.differs("part"):
        number, _blank, name = facts["part"].rpartition(" ")
        _set_in_script(record, "245", "n", number, "10")
        _set_in_script(record, "245", "p", name, "10")
    _subjects(record, facts)
    if facts.differs("clc_number"):
        drop(record, ["084", "690", "093"], only=lambda field: (field.get("2") or "clc").lower() == "clc")
        if facts["clc_number"]:
            put(record, data_field("084", "  ", [("a", facts["clc_number"]), ("2", "clc")]))
    if facts.holdings_differ:
        own = [field for tag in holding_tags(MARC21) for field in record.get_fields(tag)]
        replace(record, holding_tags(MARC21), holding_fields(facts, MARC21, own))
    _coded(record, facts)


def _set_in_script(record: Record, tag: str, codes: str, value: str, indicators: str) -> None:
    """In the field's own script (880) where it has one: that is what a title is read from."""
    linked = next(iter(marc21.Fields(record).all(tag)), None)
    if linked is not None and linked.tag == "880":
        set_subfields(linked, codes, [value])
    else:
        set_first(record, tag, codes, [value], indicators=indicators)


def _standard_number(record: Record, facts: Facts) -> None:
    if facts.differs("isbn", "binding"):
        set_first(record, "020", "a", [facts["isbn"]])
        set_first(record, "020", "q", [facts["binding"]])
    if facts.differs("price", "volumes"):
        set_first(record, "020", "c", [facts.price])
    if facts.differs("language"):
        set_first(record, "041", "a", [facts["language"]], indicators="0 ")


def _names(record: Record, facts: Facts) -> None:
    if not facts.differs("author", "translator"):
        return
    drop(record, _PEOPLE, only=lambda field: not field.get("t"))
    drop(record, ["880"], only=lambda field: (field.get("6") or "")[:3] in _PEOPLE and not field.get("t"))
    first, *others = [*facts.parts("author"), ""]
    people = [data_field("100", "1 ", [("a", first)])] if first else []
    people += [data_field("700", "1 ", [("a", name)]) for name in others if name]
    people += [data_field("700", "1 ", [("a", name), ("e", "translator")]) for name in facts.parts("translator")]
    for field in people:
        put(record, field)
    _set_in_script(
        record,
        "245",
        "c",
        "; ".join([facts["author"], *(f"{n}译" for n in facts.parts("translator"))]).strip("; "),
        "10",
    )


def _subjects(record: Record, facts: Facts) -> None:
    if facts.differs("summary"):
        text = facts["summary"]
        parts = [text[start : start + PART] for start in range(0, len(text), PART)]
        replace(record, ["520"], (data_field("520", "  ", [("a", part)]) for part in parts))
    if facts.differs("subjects"):
        drop(record, ["880"], only=lambda field: (field.get("6") or "")[:3] in marc21.SUBJECTS)
        replace(record, marc21.SUBJECTS, (_subject(text) for text in facts.parts("subjects")))
    if facts.differs("keywords"):
        drop(record, ["880"], only=lambda field: (field.get("6") or "")[:3] == "653")
        replace(record, ["653"], _keywords(facts))


def _subject(text: str) -> Field:
    first, *more = text.split("-")
    return data_field("650", " 4", [("a", first), *(("x", part) for part in more)])


def _keywords(facts: Facts) -> Iterable[Field]:
    words = [("a", word) for word in facts.parts("keywords")]
    return [data_field("653", "  ", words)] if words else []


def _coded(record: Record, facts: Facts) -> None:
    """008 tells year and language too."""
    coded = (record["008"].data or "") if "008" in record else ""
    if len(coded) != 40 or not facts.differs("published", "language"):
        return
    year, language = facts.year or coded[7:11], facts["language"] or coded[35:38]
    set_control(record, "008", coded[:7] + year + coded[11:35] + language + coded[38:])


def make(facts: Facts) -> Record:
    """A record of our own for a title that came without one."""
    record = Record()
    put(record, Field(tag="001", data=facts.own_number))
    put(record, Field(tag="003", data=facts.library))
    put(record, Field(tag="008", data=_coded_anew(facts)))
    put(record, data_field("040", "  ", [("a", facts.library), ("b", "chi"), ("c", facts.library)]))
    put(record, data_field("245", "10", [("a", facts["name"])]))
    update(record, facts)
    return record


def _coded_anew(facts: Facts) -> str:
    """Entered on, year and place of publication, readers, language: 40 characters."""
    readers = "j" if facts["audience"] in ("student", "lower") else " "
    date = f"{facts.entered_on:%y%m%d}s{facts.year or '    '}    cc     "
    return f"{date}{readers}{'':6}000 0 {facts['language'] or 'chi'} d"
