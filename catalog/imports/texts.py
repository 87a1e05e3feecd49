"""What is wrong with a row of a holdings sheet, in words."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "name_missing": _("The title is missing."),
    "too_long": _("Longer than %(limit)s characters."),
    "price_unreadable": _("Not a price."),
    "year_unreadable": _("Not a year of publication."),
    "date_unreadable": _("Not a date."),
    "isbn_rounded": _("Excel has rounded this ISBN: format the column as text and enter it again."),
    "isbn_wrong": _("Not an ISBN: a digit is wrong or missing."),
    "isbn_of_old_kind": _("A book number from before 1987, not an ISBN: left out."),
    "copies_unreadable": _("Not a number of copies between 0 and %(limit)s."),
    "number_rounded": _("Excel has rounded this number: format the column as text and enter it again."),
    "zeros_lost": _("Leading zeros seem to be lost: there is a copy %(example)s."),
    "clc_unreadable": _("Not a CLC number: the title waits to be classified."),
    "audience_unknown": _("Unknown readers, taken as everyone."),
    "stage_unknown": _("Unknown reading stage, left open."),
    "language_unknown": _("Unknown language, taken as Chinese."),
    "has_pinyin_unknown": _("Neither yes nor no, left open."),
    "material_unknown": _("Unknown material, taken as a book."),
    "volumes_unreadable": _("Not a number of volumes between 1 and %(limit)s, left out."),
    "source_unknown": _("Unknown source, left open."),
    "copies_ignored": _("This row names one copy by its number, so the number of copies was not used."),
    "number_of_other_title": _("This number belongs to another title: %(name)s."),
    "number_twice": _("Row %(row)s has the same number, with another title."),
    "barcode_twice": _("Row %(row)s has the same barcode or accession number."),
    "barcode_of_other_title": _("This copy belongs to another title: %(name)s."),
    "barcode_and_accession_differ": _("Barcode and accession number belong to two different copies."),
    "accession_differs": _("The copy with this barcode has the accession number %(number)s."),
    "ambiguous": _("%(count)s titles here have this ISBN and title: give the school's own number."),
    "broken_characters": _("Characters that could not be read."),
}
