"""Brings a CNMARC record in line with its title, field by field; what the title does not know stays untouched."""

from collections.abc import Iterator

from pymarc import Field, Record

from catalog.rules.marc import cnmarc
from catalog.rules.marc.editing import drop, put, replace, set_first, set_subfields
from catalog.rules.marc.facts import Facts
from catalog.rules.marc.holdings import holding_fields
from catalog.rules.marc.records import CNMARC, data_field
from catalog.rules.marc.words import is_translator

CODED_LENGTH = 36
PART = 2500  # characters of a summary in one field: ISO 2709 has room for 9,999 bytes
_AUTHORS = ("700", "701", "710", "711")
_OTHERS = ("702", "712")


def update(record: Record, facts: Facts) -> None:
    """Rewrites the fields in which the title differs from what its record says."""
    _standard_number(record, facts)
    _title(record, facts)
    _names(record, facts)
    for name, tag, code, indicators in (
        ("edition", "205", "a", "  "),
        ("place", "210", "a", "  "),
        ("publisher", "210", "c", "  "),
        ("published", "210", "d", "  "),
        ("pages", "215", "a", "  "),
        ("size", "215", "d", "  "),
        ("series", "225", "ahi", "2 "),
        ("language", "101", "a", "0 "),
    ):
        if facts.differs(name):
            set_first(record, tag, code, [facts[name]], indicators=indicators)
    _subjects(record, facts)
    if facts.differs("clc_number"):
        _class(record, facts)
    if facts.holdings_differ:
        replace(record, ["905"], holding_fields(facts, CNMARC, record.get_fields("905")))
    _coded(record, facts)


def _standard_number(record: Record, facts: Facts) -> None:
    if not facts.differs("isbn", "price", "volumes", "binding"):
        return
    if facts.differs("isbn"):
        set_first(record, "010", "a", [facts["isbn"]])
    if facts.differs("binding"):
        set_first(record, "010", "b", [facts["binding"]])
    if facts.differs("price", "volumes"):
        set_first(record, "010", "d", [facts.price])


def _title(record: Record, facts: Facts) -> None:
    if facts.differs("name"):
        # The pinyin of the old title goes with it.
        set_first(record, "200", "a", [facts["name"]], indicators="1 ")
        set_subfields(record["200"], "9A", [])
    if facts.differs("subtitle"):
        set_first(record, "200", "e", facts["subtitle"].split("："), indicators="1 ")
    if facts.differs("part"):
        set_first(record, "200", "ih", [facts["part"]], indicators="1 ")
    if facts.differs("material") and facts["material"] == "ebook":
        set_first(record, "200", "b", ["电子资源"], indicators="1 ")


def _names(record: Record, facts: Facts) -> None:
    if not facts.differs("author", "translator"):
        return
    translators = [f"{name}译" for name in facts.parts("translator")]
    set_first(record, "200", "f", [facts["author"]], indicators="1 ")
    set_first(record, "200", "g", translators, indicators="1 ")
    if facts.differs("author"):
        replace(record, _AUTHORS, (data_field("701", " 0", [("a", name)]) for name in facts.parts("author")))
    if facts.differs("translator"):
        drop(record, _OTHERS, only=lambda field: is_translator(field.get("4") or ""))
        for name in facts.parts("translator"):
            put(record, data_field("702", " 0", [("a", name), ("4", "译")]))


def _subjects(record: Record, facts: Facts) -> None:
    if facts.differs("summary"):
        replace(record, ["330"], (data_field("330", "  ", [("a", text)]) for text in _paragraphs(facts["summary"])))
    if facts.differs("subjects"):
        replace(record, cnmarc.SUBJECTS, (_subject(text) for text in facts.parts("subjects")))
    if facts.differs("keywords"):
        words = [("a", word) for word in facts.parts("keywords")]
        replace(record, ["610"], [data_field("610", "0 ", words)] if words else [])


def _paragraphs(summary: str) -> Iterator[str]:
    for line in summary.splitlines():
        yield from (line[start : start + PART] for start in range(0, len(line), PART))


def _subject(text: str) -> Field:
    first, *more = text.split("-")
    return data_field("606", "0 ", [("a", first), *(("x", part) for part in more)])


def _class(record: Record, facts: Facts) -> None:
    """Our class in front, of the school's edition where the record names none; other numbers of the record stay."""
    if not facts["clc_number"]:
        drop(record, ["690"])
    elif "690" in record or not facts.clc_edition.isdigit():
        set_first(record, "690", "a", [facts["clc_number"]])
    else:
        put(record, data_field("690", "  ", [("a", facts["clc_number"]), ("v", facts.clc_edition)]))


def _coded(record: Record, facts: Facts) -> None:
    """100 $a always has 36 characters; the year in it is that of 210 $d."""
    for field in record.get_fields("100"):
        for place, part in enumerate(field.subfields):
            if part.code == "a":
                coded = f"{part.value:<{CODED_LENGTH}}"[:CODED_LENGTH]
                if facts.differs("published") and facts.year:
                    coded = coded[:9] + facts.year + coded[13:]
                field.subfields[place] = part._replace(value=coded)


def make(facts: Facts, *, encoding: str) -> Record:
    """A record of our own for a title that came without one."""
    record = Record()
    put(record, Field(tag="001", data=facts.own_number))
    put(record, data_field("100", "  ", [("a", _coded_anew(facts, encoding))]))
    put(record, data_field("102", "  ", [("a", "CN")]))
    put(record, data_field("801", " 0", [("a", "CN"), ("b", facts.library), ("c", f"{facts.entered_on:%Y%m%d}")]))
    set_first(record, "101", "a", [facts["language"] or "chi"], indicators="0 ")
    update(record, facts)
    return record


def _coded_anew(facts: Facts, encoding: str) -> str:
    """Entered on, type and year of publication, readers, government, script of the title."""
    readers = "a" if facts["audience"] in ("student", "lower") else "k" if facts["audience"] == "teacher" else "u"
    charset = "50  " if encoding == "utf-8" else "0120"
    return f"{facts.entered_on:%Y%m%d}d{facts.year or '    '}    {readers}  y0chiy{charset}    ea"
