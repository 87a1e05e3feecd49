"""The fields of a staged MARC record, and what is wrong with one in words.

A record is staged as one row of cells: what shows it in the preview, the record as JSON, or, where it cannot be read,
its bytes and the reason.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library_site.imports.fields import Field

FIELDS = (
    Field("name", _("title"), "name"),
    Field("author", _("author"), "author"),
    Field("isbn", _("ISBN"), "isbn"),
    Field("control", _("record number"), "control"),
    Field("record", _("record"), "record", shown=False),
    Field("encoding", _("encoding"), "encoding", shown=False),
    Field("problem", _("problem"), "problem", shown=False),
    Field("raw", _("bytes"), "raw", shown=False),
    # Not cells of their own, but what a record says is named by them.
    Field("barcode", _("barcode"), "barcode", shown=False),
    Field("location", _("location"), "location", shown=False),
    Field("subtitle", _("other title"), "subtitle", shown=False),
    Field("part", _("part"), "part", shown=False),
    Field("translator", _("translator"), "translator", shown=False),
    Field("publisher", _("publisher"), "publisher", shown=False),
    Field("place", _("place of publication"), "place", shown=False),
    Field("published", _("year of publication"), "published", shown=False),
    Field("edition", _("edition"), "edition", shown=False),
    Field("series", _("series"), "series", shown=False),
    Field("pages", _("pages"), "pages", shown=False),
    Field("size", _("size"), "size", shown=False),
    Field("binding", _("binding"), "binding", shown=False),
    Field("price", _("price"), "price", shown=False),
    Field("summary", _("summary"), "summary", shown=False),
    Field("subjects", pgettext_lazy("of a book", "subject"), "subjects", shown=False),
    Field("keywords", _("keywords"), "keywords", shown=False),
    Field("language", _("language"), "language", shown=False),
    Field("volumes", _("volumes of the set"), "volumes", shown=False),
    Field("material", _("material"), "material", shown=False),
    Field("audience", _("readers it is for"), "audience", shown=False),
    Field("stage", _("reading stage"), "stage", shown=False),
    Field("clc_number", _("CLC number"), "clc_number", shown=False),
    Field("book_number", _("book number"), "book_number", shown=False),
)
COLUMNS = {name: place for place, name in enumerate(("name", "author", "isbn", "control", "record", "encoding"))}
COLUMNS |= {"problem": 6, "raw": 7}

# Why bytes are no record: the codes of `catalog.rules.marc.records.MarcProblem`.
RECORD_TEXTS = {
    "leader_unreadable": _("Does not begin like a MARC record (leader)."),
    "directory_missing": _("Cut off: the directory of its fields does not end."),
    "cut_off": _("Cut off: its last field does not end."),
    "directory_damaged": _("The directory of its fields is damaged."),
    "no_fields": _("The record has no fields."),
    "fields_missing": _("The directory names %(told)s fields, the record has %(found)s."),
    "characters_unreadable": _("Neither UTF-8 nor GB18030: the characters cannot be read."),
    "title_missing": _("The record has no title (field 200 or 245)."),
    "range_too_long": _("The range of barcodes %(range)s means more than %(limit)s copies."),
    "xml_damaged": _("The XML is damaged at line %(line)s; nothing behind it can be read."),
    "xml_with_entities": _("XML with a document type or entities is not read."),
    "xml_field_damaged": _("A field of the record has no tag, or is of the wrong kind."),
    "field_too_long": _("Field %(tag)s is too long for ISO 2709."),
    "record_too_long": _("The record is too long for ISO 2709."),
    "not_readable_back": _("The record cannot be read back as it was written."),
}
TEXTS = RECORD_TEXTS | {
    "too_long": _("Longer than %(limit)s characters."),
    "zeros_lost": _("Leading zeros seem to be lost: there is a copy %(example)s."),
    "barcode_twice": _("Record %(row)s has the same barcode."),
    "barcode_of_other_title": _("This copy belongs to another title: %(name)s."),
    "copies_of_several_titles": _("Its copies belong to several titles: %(names)s."),
    "ambiguous": _("%(count)s titles here have this ISBN and title: nothing tells which is meant."),
    "same_as_record": _("The same title as record %(row)s: only its copies were taken."),
    "broken_characters": _("Characters that could not be read."),
}
